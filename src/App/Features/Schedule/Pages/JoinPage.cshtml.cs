using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>
/// The door to where a session's link leads, when not everybody may know its address at any time: no page has that address in it. Who goes through is asked again who they are and what time it is, and sent on; else the page says why not.
/// </summary>
[InArchive(Archived.Ends)]
public sealed class JoinPage(ConferencePages pages, ScheduleViewers viewers, JoinPasses passes, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public string Title { get; private set; } = "";
    public string Why { get; private set; } = "";

    /// <summary>The session's links have a way in for who reads this.</summary>
    public bool LeadsToLinks { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, int link, string? pass, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { } view || SessionPage.Find(view.Schedule, session) is not { } found || link < 0 || link >= found.Links.Length || !ConferenceView.IsWeb(found.Links[link])) return NotFound();
        (View, Session) = (view, found);
        // Of now, whatever moment the conference's people look at.
        var (who, now) = (await viewers.Of(HttpContext, view.Event.Id, found, ct), clock.GetUtcNow());
        var open = OpenLinks.Decide(found, who, now);
        if (open.Are == LinksAre.ForAttendees) return Redirect(view.Address.SignIn(view.Address.Links(found)));
        if (open.Are == LinksAre.Missing) return Redirect(view.Address.Session(found));
        if (open.Are != LinksAre.Open) return Refused(StatusCodes.Status403Forbidden, "programme.join-closed", view.Why(open, texts));
        if (!OpenLinks.ArePersonal(found)) return GoTo(found.Links[link]);
        if (pass is null) return Redirect(view.Address.Links(found));
        LeadsToLinks = true;
        return passes.Read(pass, who.Attendee!.Value, found.Id, link, now) switch
        {
            PassIs.Good => GoTo(found.Links[link]),
            PassIs.Old => Refused(StatusCodes.Status410Gone, "programme.join-old", texts.Of("programme.join-old-says")),
            _ => Refused(StatusCodes.Status403Forbidden, "programme.join-others", texts.Of("programme.join-others-says")),
        };
    }

    // Written as a header may have it, whatever letters it was typed with.
    StatusCodeResult GoTo(SessionLink link) => this.SeeOther(new Uri(link.Url).AbsoluteUri);

    PageResult Refused(int status, string title, string why)
    {
        (Title, Why, Response.StatusCode) = (texts.Of(title), why, status);
        return Page();
    }
}
