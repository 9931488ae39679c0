using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A session's address, or one of its links, as a symbol: for a door, a slide, and the way from a laptop to a phone.</summary>
[InArchive(Archived.Stays)]
public sealed class QrPage(ConferencePages pages, ScheduleViewers viewers, SiteOptions site, Texts texts, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSession Session { get; private set; } = null!;
    public string Name { get; private set; } = "";
    public string Target { get; private set; } = "";
    public string Svg => QrSymbol.Svg(Target, texts.Of("programme.qr-of", Name));
    /// <summary>Behind our door, where there is one.</summary>
    public string LeadsTo { get; private set; } = "";
    public string? Stranger => View.Stranger(LeadsTo, site);

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, int? link, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { } view || SessionPage.Find(view.Schedule, session) is not { } found) return NotFound();
        (View, Session, Name, Target) = (view, found, found.Title, site.Link(view.Address.Session(found)));
        if (link is not { } number) return Page();
        if (!view.Site.IsOpen("links", view.Schedule) || number < 0 || number >= found.Links.Length || !ConferenceView.IsWeb(found.Links[number])) return NotFound();
        HttpContext.Allow().IsPrivate = true;
        if (view.IsArchived && !OpenLinks.Lasts(found.Links[number])) return NotFound();
        // A symbol is the link: the same rule holds for it.
        if (OpenLinks.Decide(found, await viewers.Of(HttpContext, view.Event.Id, found, ct), clock.GetUtcNow()).Are != LinksAre.Open) return Redirect(view.Address.Session(found));
        var chosen = found.Links[number];
        // The symbol of what isn't everybody's is our door: who holds a phone to it is asked as everybody is.
        var shown = new ShownLinks(view, found, new(LinksAre.Open), "");
        (Name, Target, LeadsTo) = (chosen.Title.Length > 0 ? chosen.Title : ConferenceView.Host(chosen.Url), shown.Passable(number, site.Link), chosen.Url);
        return Page();
    }
}
