using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

/// <summary>What an event's page shows: for buyers, and as a promoter sees it before them.</summary>
public sealed record EventView(CatalogueEvent Event, OrganizationCard Organization, Picker Picker)
{
    /// <summary>A conference's; null: there is nothing to see yet.</summary>
    public Programme? Programme { get; init; }

    /// <summary>A conference's content and programme, for its navigation; null: it is no conference.</summary>
    public (ContentSite Site, ConferenceSchedule? Schedule)? Conference { get; init; }

    /// <summary>What everybody is told.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    ScheduleAddress Address => new(Organization.Slug, Event.Slug);

    public bool IsArchived => Event.IsArchived(Picker.Now);

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public EventTime Ends => EventTime.Of(Event.Ends, Event.TimeZone);

    public Frame Frame(Texts texts) => new($"{Event.Title}, {Starts.LongDate}, {Event.City}")
    {
        Brand = Organization.Brand,
        Description = Picker.From is { } from ? texts.Of("event.description", Event.Lead, Picker.Say(from)) : Event.Lead,
        OnHouse = true,
        Notices = Notices,
        Over = IsArchived ? ShownEvent.Over(Event, texts) : "",
        Skip = ("tickets", texts.Of("event.skip")),
        Links = Conference is { } c ? [.. c.Site.Links(Address, c.Schedule, texts).Where(l => !IsArchived || l.Href != Address.Profile)] : [(texts.Of("whats-on.title"), Organization.Brand.Home)],
    };
}
