using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A session, as everybody may read it. A cancelled one says so for as long as somebody has its address.</summary>
[PublicPage<SessionPageKey>, IgnoreAntiforgeryToken]
public sealed class SessionPage(ConferencePages pages, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public OpenLinks Links { get; private set; } = null!;
    public bool IsOn { get; private set; }
    public bool IsCancelled => Session.State == SessionState.Cancelled;
    public IReadOnlyList<ScheduleSlot> Slots => View.HasTimes ? Session.Slots : [];

    public string WhyClosed => View.Why(Links, texts);

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { } view || Find(view.Schedule, session) is not { } found) return NotFound();
        var now = clock.GetUtcNow();
        (View, Session, Links, IsOn) = (view, found, view.LinksOf(found, now), view.HasTimes && found.IsOn(now));
        return Page();
    }

    /// <summary>What is not confirmed is nobody's to see.</summary>
    internal static ScheduleSession? Find(ConferenceSchedule schedule, string session) => schedule.Session(session) is { State: SessionState.Confirmed or SessionState.Cancelled } found ? found : null;
}

/// <summary>A session's page changes when its links open and while it is on.</summary>
public sealed class SessionPageKey(ConferencePages pages, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    sealed record SessionMoment(OpenLinks Links, bool IsOn);

    protected override object? Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now) =>
        SessionPage.Find(view.Schedule, route["session"] as string ?? "") is { } s ? new SessionMoment(view.LinksOf(s, now), s.IsOn(now)) : null;
}
