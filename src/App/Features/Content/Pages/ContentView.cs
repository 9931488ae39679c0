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
public sealed record ContentView(ShownEvent Shown)
{
    public CatalogueEvent Event => Shown.Event;
    public OrganizationCard Organization => Shown.Organization;
    public ConferenceSchedule? Schedule => Shown.Schedule;
    public ContentSite Site => Shown.Site;
    public ScheduleAddress Address => Shown.Address;

    /// <summary>Of which sessions may be named here; null: none.</summary>
    public ConferenceSchedule? PublicSchedule => Site.ShowsSchedule(Schedule) ? Schedule : null;

    public bool HasTimes => PublicSchedule is { Visibility: ScheduleVisibility.Times, Days.IsEmpty: false };
    public EventTime At(DateTimeOffset at) => EventTime.Of(at, Schedule?.TimeZone ?? Event.TimeZone);
    public DateTime Local(DateTimeOffset now) => At(now).Local.DateTime;

    public Frame Frame(string title, Texts texts) => Shown.Frame(title, texts);

    /// <inheritdoc cref="ShownEvent.Hue"/>
    public string Hue(ScheduleLabel? track) => Shown.Hue(track);

    /// <summary>Those of these codes that everybody may see, in this order.</summary>
    public IReadOnlyList<ScheduleSession> Sessions(IEnumerable<string> codes) => [.. codes.Select(c => SessionCheck.Find(PublicSchedule, c)).OfType<ScheduleSession>().Where(s => s.IsPublic).Distinct()];

    /// <summary>Puts this event's names where copy asks for them.</summary>
    public string Fill(string words) => words.Contains('{', StringComparison.Ordinal)
        ? words.Replace("{event}", Event.Title, StringComparison.Ordinal).Replace("{organizer}", Organization.Name, StringComparison.Ordinal).Replace("{contact}", Organization.Contact, StringComparison.Ordinal).Replace("{venue}", Event.Venue, StringComparison.Ordinal)
        : words;
}
