using System.Globalization;
using App.Features.Content.Contracts;
using App.Features.Content.Package;
using App.Features.Content.Publish;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Content.Pages;

/// <summary>An event with its content, as pages show it. Equal ones show the same.</summary>
/// <param name="Schedule">Null: it has none.</param>
public sealed record ContentView(CatalogueEvent Event, OrganizationCard Organization, ConferenceSchedule? Schedule, ContentSite Site)
{
    // Event, schedule and content are never changed in place: the same one is the same object.
    public bool Equals(ContentView? other) => other is not null && ReferenceEquals(Event, other.Event) && ReferenceEquals(Schedule, other.Schedule) && ReferenceEquals(Site, other.Site) && Organization == other.Organization;
    public override int GetHashCode() => HashCode.Combine(Event.Id, Schedule?.Version);

    public ScheduleAddress Address => new(Organization.Slug, Event.Slug);

    /// <summary>Of which sessions may be named here; null: none.</summary>
    public ConferenceSchedule? Shown => Site.ShowsSchedule(Schedule) ? Schedule : null;

    public bool HasTimes => Shown is { Visibility: ScheduleVisibility.Times, Days.IsEmpty: false };
    public EventTime At(DateTimeOffset at) => EventTime.Of(at, Schedule?.TimeZone ?? Event.TimeZone);
    public DateTime Local(DateTimeOffset now) => At(now).Local.DateTime;

    public Frame Frame(string title, Texts texts) => new($"{title}, {Event.Title}") { Brand = Organization.Brand, Links = Site.Links(Address, Schedule, texts) };

    /// <summary>A track's colour: the same as on the schedule's own pages.</summary>
    public string Hue(ScheduleLabel? track) => track is null || Schedule is null ? "" : string.Create(CultureInfo.InvariantCulture, $"t{Schedule.Tracks.IndexOf(track) % 8 + 1}");

    /// <summary>Those of these codes that everybody may see, in this order.</summary>
    public IReadOnlyList<ScheduleSession> Sessions(IEnumerable<string> codes) => [.. codes.Select(c => SessionCheck.Find(Shown, c)).OfType<ScheduleSession>().Where(s => s.IsPublic).Distinct()];

    /// <summary>Puts this event's names where copy asks for them.</summary>
    public string Fill(string words) => words.Contains('{', StringComparison.Ordinal)
        ? words.Replace("{event}", Event.Title, StringComparison.Ordinal).Replace("{organizer}", Organization.Name, StringComparison.Ordinal).Replace("{contact}", Organization.Contact, StringComparison.Ordinal).Replace("{venue}", Event.Venue, StringComparison.Ordinal)
        : words;
}

/// <summary>Events that everybody may see, with their content, from memory.</summary>
public sealed class ContentViews(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, LiveContent content)
{
    public async ValueTask<ContentView?> Find(string organization, string slug, CancellationToken ct) =>
        await events.Find(organization, slug, ct) is { Published: true } e ? await Of(e, ct) : null;

    /// <summary>Also one that isn't published, for those who run it.</summary>
    public async ValueTask<ContentView?> Of(CatalogueEvent e, CancellationToken ct) =>
        await organizations.Find(e.OrganizationId, ct) is { } card ? new(e, card, e.IsConference ? await schedules.Find(e.Id) : null, content.Of(card.Slug, e.Slug)) : null;
}
