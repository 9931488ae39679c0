using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A recording or stream in a frame. Whoever comes here has asked for it: no other page lets a third party's frame in, and this one only that of its film.</summary>
[InArchive(Archived.Stays)]
public sealed class WatchPage(ConferencePages pages, ScheduleViewers viewers, JoinPasses passes, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public SessionLink Link { get; private set; } = null!;
    public VideoEmbed Video { get; private set; } = null!;

    /// <summary>To the film where it is.</summary>
    public string Way { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, int link, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view || SessionPage.Find(view.Schedule, session) is not { } found) return NotFound();
        // The same rule again: an address can be passed on.
        var who = await viewers.Of(HttpContext, view.Event.Id, found, ct);
        var open = view.IsArchived ? OpenLinks.Archived(found) : OpenLinks.Decide(found, who, HttpContext.Now(clock));
        if (open.Are != LinksAre.Open) return Redirect(view.Address.Session(found));
        if (link < 0 || link >= found.Links.Length || VideoEmbed.Of(found.Links[link].Url) is not { } video || (view.IsArchived && !OpenLinks.Lasts(found.Links[link]))) return NotFound();
        (View, Session, Link, Video) = (view, found, found.Links[link], video);
        Way = new ShownLinks(view, found, open, "") { Pass = passes.For(who, found, clock.GetUtcNow()) }.Way(link);
        HttpContext.Allow().IsPrivate = view.IsBehindDoor(found);
        HttpContext.Allow().Frame = " " + video.Origin;
        return Page();
    }
}
