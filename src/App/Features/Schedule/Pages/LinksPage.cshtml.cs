using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A session's links for whoever is signed in: the session's own page is the same for everybody and says only what everybody may know. Asked for again while it is open, so that the ways in it has are fresh.</summary>
[InArchive(Archived.Ends)]
public sealed class LinksPage(ConferencePages pages, ScheduleViewers viewers, JoinPasses passes, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public ShownLinks Shown { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct) => Show(organization, slug, session, Page, ct);
    public Task<IActionResult> OnGetPartAsync(string organization, string slug, string session, CancellationToken ct) => Show(organization, slug, session, () => Partial("_OpenLinks", Shown), ct);

    async Task<IActionResult> Show(string organization, string slug, string session, Func<IActionResult> show, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view || SessionPage.Find(view.Schedule, session) is not { } found) return NotFound();
        var who = await viewers.Of(HttpContext, view.Event.Id, found, ct);
        var links = OpenLinks.Decide(found, who, HttpContext.Now(clock));
        if (links.Are == LinksAre.ForAttendees) return Redirect(view.Address.SignIn(view.Address.Links(found)));
        (View, Session, Shown) = (view, found, new(view, found, links, view.Why(links, texts)) { Pass = passes.For(who, found, clock.GetUtcNow()) });
        return show();
    }
}
