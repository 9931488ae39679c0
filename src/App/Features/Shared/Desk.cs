using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace App.Features.Shared;

/// <summary>What a page of the back office tells its layout: which way in it is, and the event it is about.</summary>
/// <param name="Current">events, sales, orders, attendees, announcements, metrics, edit, schedule, content, door, members, operations or account.</param>
public sealed record Desk(string Current, Guid? EventId = null, bool IsConference = false)
{
    const string Key = "Desk";

    public static Desk Of(ViewDataDictionary view) => view[Key] as Desk ?? new("");

    public void Put(ViewDataDictionary view) => view[Key] = this;

    /// <param name="Wide">Not among the few at the bottom of a phone: there it stands under "More".</param>
    public sealed record Way(string Name, string Words, string Icon, string Href, bool Wide);

    public IEnumerable<Way> Ways(Staff staff)
    {
        if (staff.Sells)
        {
            yield return new("events", "Events", "calendar", "/office", false);
            if (EventId is { } id)
            {
                yield return new("sales", "Sales", "chart", $"/office/events/{id}", false);
                yield return new("orders", "Orders", "orders", $"/office/events/{id}/orders", false);
                if (IsConference) yield return new("attendees", "Attendees", "users", $"/office/events/{id}/attendees", true);
                if (IsConference) yield return new("announcements", "Announcements", "bell", $"/office/events/{id}/announcements", true);
                if (IsConference) yield return new("metrics", "Metrics", "eye", $"/office/events/{id}/metrics", true);
                yield return new("edit", "Page and tickets", "list", $"/office/events/{id}/edit", true);
                yield return new("schedule", "Schedule", "clock", $"/office/events/{id}/schedule", true);
            }
        }
        if (staff.Sells) yield return new("content", "Content", "globe", "/office/content", true);
        yield return new("door", "Door", "scan", EventId is { } at ? $"/door/{at}" : "/door", false);
        if (staff.IsOwner)
        {
            yield return new("members", "People", "users", "/office/members", EventId is not null);
            yield return new("operations", "Works", "gear", "/office/operations", true);
        }
        yield return new("account", "You", "user", "/account", staff.Sells);
    }
}
