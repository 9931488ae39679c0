using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>A session's links as a page shows them to its reader.</summary>
/// <param name="Why">They are closed, in words.</param>
public sealed record ShownLinks(ConferenceView View, ScheduleSession Session, OpenLinks Links, string Why)
{
    /// <summary>The reader's own pass to a link, by its number. Empty: theirs are like everybody's.</summary>
    public Func<int, string> Pass { get; init; } = _ => "";

    public IReadOnlyList<(int Number, SessionLink Link, bool Main)> InOrder => OpenLinks.InOrder(Session.Links, l => ConferenceView.IsWeb(l) && (!View.IsArchived || OpenLinks.Lasts(l)), Language.Current.Code);

    /// <summary>Where the page leads.</summary>
    public string Way(int link) => View.IsBehindDoor(Session) ? View.Address.Join(Session, link, Pass(link)) : Session.Links[link].Url;

    /// <summary>What can be passed on: whoever comes with it is asked who they are.</summary>
    /// <param name="absolute">Makes a path a whole address.</param>
    public string Passable(int link, Func<string, string> absolute) => View.IsBehindDoor(Session) ? absolute(View.Address.Join(Session, link)) : Session.Links[link].Url;
}
