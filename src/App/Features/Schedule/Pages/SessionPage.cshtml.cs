using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A session, as everybody may read it. A cancelled one says so for as long as somebody has its address.</summary>
[PublicPage<SessionPageKey>, IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class SessionPage(ConferencePages pages, TakingPart taking, SessionOccupancy occupancy, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public OpenLinks Links { get; private set; } = null!;
    public TakePart TakePart { get; private set; } = null!;
    public bool IsOn { get; private set; }

    /// <summary>It has a capacity and no place left.</summary>
    public bool IsFull { get; private set; }
    /// <summary>Nobody speaks the page's language in it, nor is it interpreted into that.</summary>
    public bool IsForeign => !Session.Languages.IsEmpty && !Session.Languages.Concat(TakePart.Languages).Any(l => Translations.Is(l, Language.Current.Code));

    public bool IsCancelled => Session.State == SessionState.Cancelled;
    public IReadOnlyList<ScheduleSlot> Slots => View.HasTimes ? Session.Slots : [];

    public string WhyClosed => View.Why(Links, texts);

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view || Find(view.Schedule, session) is not { } found) return NotFound();
        var now = HttpContext.Now(clock);
        (View, Session, Links, IsOn) = (view, found, view.LinksOf(found, now), view.HasTimes && found.IsOn(now));
        TakePart = view.IsArchived ? Live.Contracts.TakePart.Nothing : await taking.Of(view.Schedule, found, now);
        IsFull = await occupancy.IsFull(found);
        return Page();
    }

    /// <summary>What was never confirmed is nobody's to see.</summary>
    internal static ScheduleSession? Find(ConferenceSchedule schedule, string session) => schedule.Session(session) is { IsKnown: true } found ? found : null;
}

/// <summary>A session's page changes when its links open, while it is on, when its last place is taken, and with what people may do in it.</summary>
public sealed class SessionPageKey(ConferencePages pages, TakingPart taking, SessionOccupancy occupancy, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    sealed record SessionMoment(OpenLinks Links, bool IsOn, bool IsFull, TakePart TakePart);

    protected override async ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now) =>
        SessionPage.Find(view.Schedule, route["session"] as string ?? "") is { } s ? new SessionMoment(view.LinksOf(s, now), s.IsOn(now), await occupancy.IsFull(s), await taking.Of(view.Schedule, s, now)) : null;
}
