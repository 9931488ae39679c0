using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>A session as the pages beside it know it.</summary>
public sealed record TalkView(CatalogueEvent Event, OrganizationCard Organization, ConferenceSchedule Schedule, ContentSite Site, ScheduleSession Session, TalkRules Rules)
{
    public ScheduleAddress Address => new(Organization.Slug, Event.Slug);
    public string Path => Address.Session(Session);
    public string Questions => $"{Path}/questions";
    public string Feedback => $"{Path}/feedback";
    public string Listen => $"{Path}/listen";
    public string Booth(string language) => $"{Path}/booth/{language}";
    public Interpretation.Channel? Channel(string language) => Rules.Channels.GetValueOrDefault(Interpretation.Channel.IdOf(Session.Id, language));

    public EventTime At(DateTimeOffset at) => new(at, Schedule.Zone);
    public string SignIn(string back) => $"{Address.Page}/sign-in?returnUrl={Uri.EscapeDataString(back)}";
    public Frame Frame(string title, Texts texts) => ConferenceFrame.Of(title, Event, Organization, Site, Schedule, texts);
}

/// <summary>Public sessions of published conferences, from memory.</summary>
public sealed class TalkSessions(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, LiveContent content, HotStreams<TalkRules> rules)
{
    public async ValueTask<TalkView?> Find(string organization, string slug, string session, CancellationToken ct)
    {
        if (await events.Find(organization, slug, ct) is not { Published: true, Kind: EventKind.Conference } e) return null;
        if (await schedules.Find(e.Id) is not { Visibility: not ScheduleVisibility.Hidden } schedule || schedule.Session(session) is not { IsPublic: true } found) return null;
        return await organizations.Find(e.OrganizationId, ct) is { } card ? new(e, card, schedule, content.Of(organization, slug), found, (await rules.Get(TalkRules.StreamOf(e.Id))).State) : null;
    }
}
