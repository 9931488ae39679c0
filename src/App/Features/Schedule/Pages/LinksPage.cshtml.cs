using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A session's links for whoever is signed in: the session's own page is the same for everybody and says only what everybody may know.</summary>
[InArchive(Archived.Ends)]
public sealed class LinksPage(ConferencePages pages, ScheduleViewers viewers, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public OpenLinks Links { get; private set; } = null!;
    public string WhyClosed => View.Why(Links, texts);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view || SessionPage.Find(view.Schedule, session) is not { } found) return NotFound();
        var who = await viewers.Of(HttpContext, view.Event.Id, found, ct);
        (View, Session, Links) = (view, found, OpenLinks.Decide(found, who, HttpContext.Now(clock)));
        return Links.Are == LinksAre.ForAttendees ? Redirect(view.Address.SignIn(view.Address.Session(found) + "/links")) : Page();
    }
}
