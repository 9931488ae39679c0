using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>A session as the pages beside it know it.</summary>
public sealed record TalkView(ShownEvent Shown, ScheduleSession Session, TalkRules Rules)
{
    public CatalogueEvent Event => Shown.Event;
    public OrganizationCard Organization => Shown.Organization;
    public ConferenceSchedule Schedule => Shown.Schedule!;
    public ContentSite Site => Shown.Site;
    public ScheduleAddress Address => Shown.Address;
    public string Path => Address.Session(Session);
    public string Questions => $"{Path}/questions";
    public string Feedback => $"{Path}/feedback";
    public string Listen => $"{Path}/listen";
    public string Booth(string language) => $"{Path}/booth/{language}";
    public Interpretation.Channel? Channel(string language) => Rules.Channels.GetValueOrDefault(Interpretation.Channel.IdOf(Session.Id, language));

    public EventTime At(DateTimeOffset at) => new(at, Schedule.Zone);
    public string SignIn(string back) => Address.SignIn(back);
    public Frame Frame(string title, Texts texts) => Shown.Frame(title, texts);
}

/// <summary>Public sessions of published conferences, from memory.</summary>
public sealed class TalkSessions(ShownEvents events, HotStreams<TalkRules> rules)
{
    public async ValueTask<TalkView?> Find(string organization, string slug, string session, CancellationToken ct) =>
        await events.Find(organization, slug, ct) is { Programme: { } programme } shown && programme.Session(session) is { IsPublic: true } found ? new(shown, found, (await rules.Get(TalkRules.StreamOf(shown.Event.Id))).State) : null;
}
