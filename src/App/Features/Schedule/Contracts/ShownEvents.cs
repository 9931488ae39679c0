using System.Globalization;
using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Contracts;

/// <summary>An event with all that its public pages are made of. Equal ones show the same.</summary>
/// <param name="Schedule">Null: it has none.</param>
/// <param name="IsArchived">It is over and kept to be read.</param>
public sealed record ShownEvent(CatalogueEvent Event, OrganizationCard Organization, ConferenceSchedule? Schedule, ContentSite Site, bool IsArchived = false)
{
    // Event, schedule and content are never changed in place: the same one is the same object.
    public bool Equals(ShownEvent? other) => other is not null && ReferenceEquals(Event, other.Event) && ReferenceEquals(Schedule, other.Schedule) && ReferenceEquals(Site, other.Site) && Organization == other.Organization && IsArchived == other.IsArchived;
    public override int GetHashCode() => HashCode.Combine(Event.Id, Schedule?.Version);

    public ScheduleAddress Address => new(Organization.Slug, Event.Slug);

    /// <summary>The schedule of a conference that is public, wholly or in part.</summary>
    public ConferenceSchedule? Programme => Event.Kind == EventKind.Conference && Schedule is { Visibility: not ScheduleVisibility.Hidden } ? Schedule : null;

    /// <summary>A track's colour, one of eight: the same on every page.</summary>
    public string Hue(ScheduleLabel? track) => track is null || Schedule is null ? "" : string.Create(CultureInfo.InvariantCulture, $"t{Schedule.Tracks.IndexOf(track) % 8 + 1}");

    /// <summary>The frame of its pages: its organizer's name and colours, its own ways.</summary>
    public Frame Frame(string title, Texts texts) => new(title.Length > 0 ? $"{title}, {Event.Title}" : Event.Title)
    {
        Brand = Organization.Brand,
        Links = IsArchived ? [.. Site.Links(Address, Schedule, texts).Where(l => l.Href != Address.Profile)] : Site.Links(Address, Schedule, texts),
        Over = IsArchived ? Over(Event, texts) : "",
    };

    /// <summary>What each page of an archive says at its top.</summary>
    public static string Over(CatalogueEvent e, Texts texts) => texts.Of("frame.over", e.Title, EventTime.Of(e.Starts, e.TimeZone).Local.Year.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Events that everybody may see, from memory.</summary>
public sealed class ShownEvents(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, LiveContent content, TimeProvider clock)
{
    /// <param name="at">As at this moment; null: now.</param>
    public async ValueTask<ShownEvent?> Find(string organization, string slug, CancellationToken ct, DateTimeOffset? at = null) =>
        await events.Find(organization, slug, ct) is { Published: true } e ? await Of(e, ct, at) : null;

    /// <summary>Also one that isn't published, for those who run it.</summary>
    public async ValueTask<ShownEvent?> Of(CatalogueEvent e, CancellationToken ct, DateTimeOffset? at = null) =>
        await organizations.Find(e.OrganizationId, ct) is { } card ? new(e, card, e.IsConference ? (await schedules.Find(e.Id))?.ReadIn(Language.Current.Code, e.Language.Code) : null, content.Of(card.Slug, e, at), e.IsArchived(at ?? clock.GetUtcNow())) : null;
}
