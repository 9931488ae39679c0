using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Schedule.Pages;

/// <summary>A session as search engines read it (schema.org, JSON-LD), and as calendars on the web take it.</summary>
static class SessionData
{
    const string Utc = "yyyyMMdd'T'HHmmss'Z'";

    public static IHtmlContent Of(ScheduleSession s, ConferenceView view, SiteOptions site)
    {
        var slots = view.HasTimes ? s.Slots.ToArray() : [];
        JsonNode data = slots.Length < 2 ? Event(s, slots.FirstOrDefault(), view, site) : new JsonArray([.. slots.Select(slot => Event(s, slot, view, site))]);
        // The default encoder writes < > & as escapes, so that nothing an author typed can end the block.
        return new HtmlString($"<script type=\"application/ld+json\">{data.ToJsonString(JsonSerializerOptions.Default)}</script>");
    }

    static JsonObject Event(ScheduleSession s, ScheduleSlot? slot, ConferenceView view, SiteOptions site)
    {
        var e = view.Event;
        return new()
        {
            ["@context"] = "https://schema.org", ["@type"] = "Event", ["name"] = s.Title, ["description"] = Summary(s, 300), ["url"] = site.Link(view.Address.Session(s)),
            ["startDate"] = slot is null ? null : view.At(slot.Start).Iso, ["endDate"] = slot is null ? null : view.At(slot.End).Iso,
            ["previousStartDate"] = slot?.Moved is { } moved ? view.At(moved.Start).Iso : null,
            ["eventStatus"] = "https://schema.org/" + (s.State == SessionState.Cancelled ? "EventCancelled" : slot?.Moved is not null ? "EventRescheduled" : "EventScheduled"),
            ["image"] = s.Picture is { } picture ? site.Link(picture.Address) : null,
            ["inLanguage"] = s.Languages.IsEmpty ? null : new JsonArray([.. s.Languages.Select(l => JsonValue.Create(l))]),
            ["location"] = new JsonObject { ["@type"] = "Place", ["name"] = slot?.Room is { } room ? $"{room.Name}, {e.Venue}" : e.Venue, ["address"] = new JsonObject { ["@type"] = "PostalAddress", ["streetAddress"] = e.Address, ["addressLocality"] = e.City } },
            ["performer"] = s.Speakers.IsEmpty ? null : new JsonArray([.. s.Speakers.Select(p => new JsonObject { ["@type"] = "Person", ["name"] = p.Name, ["url"] = site.Link(view.Address.Speaker(p)) })]),
            ["superEvent"] = new JsonObject { ["@type"] = "Event", ["name"] = e.Title, ["url"] = site.Link(view.Address.Page), ["startDate"] = view.At(e.Starts).Iso, ["endDate"] = view.At(e.Ends).Iso, ["location"] = new JsonObject { ["@type"] = "Place", ["name"] = e.Venue, ["address"] = e.City } },
            ["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = view.Organization.Name, ["url"] = site.Link(view.Organization.Brand.Home) },
        };
    }

    /// <summary>The beginning of what it says of itself, as one line of text.</summary>
    public static string Summary(ScheduleSession s, int most)
    {
        var text = Prose.Text(s.Abstract.Length > 0 ? s.Abstract : s.Description.Length > 0 ? s.Description : s.Subtitle);
        if (text.Length <= most) return text;
        var cut = text.LastIndexOf(' ', most) is > 0 and var word ? word : most;
        return text[..cut].TrimEnd(',', '.', ';', ':') + "…";
    }

    public static string Google(ScheduleSession s, ScheduleSlot slot, ConferenceView view, SiteOptions site) => "https://calendar.google.com/calendar/render" + QueryString.Create(new KeyValuePair<string, string?>[]
    {
        new("action", "TEMPLATE"), new("text", s.Title), new("dates", $"{slot.Start.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture)}/{slot.End.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture)}"),
        new("ctz", view.Schedule.TimeZone), new("location", Place(slot, view)), new("details", site.Link(view.Address.Session(s))),
    });

    public static string Outlook(ScheduleSession s, ScheduleSlot slot, ConferenceView view, SiteOptions site) => "https://outlook.live.com/calendar/0/action/compose" + QueryString.Create(new KeyValuePair<string, string?>[]
    {
        new("rru", "addevent"), new("subject", s.Title), new("startdt", Iso(slot.Start)), new("enddt", Iso(slot.End)), new("location", Place(slot, view)), new("body", site.Link(view.Address.Session(s))),
    });

    static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    static string Place(ScheduleSlot slot, ConferenceView view) => string.Join(", ", new[] { slot.Room?.Name ?? "", view.Where }.Where(p => p.Length > 0));
}
