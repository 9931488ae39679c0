using App.Features.Content.Package;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>A film of a page, in a frame. Whoever comes here has asked for it: no other page of content lets a third party in, and this one only where its film comes from.</summary>
[InArchive(Archived.Stays)]
public sealed class FilmPage(ShownEvents events, TimeProvider clock) : PageModel
{
    public const string HomeRoute = "/e/{organization}/{slug}/home/watch/{number:int}";

    public CopyView Copy { get; private set; } = null!;
    public Film Film { get; private set; } = null!;

    public IHtmlContent There(string words) => new HtmlContentBuilder().AppendHtml("<a rel=\"noopener\" href=\"").Append(Film.Url).AppendHtml("\">").Append(words).AppendHtml("</a>");

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string? copy, int number, CancellationToken ct)
    {
        if (await events.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } shown) return NotFound();
        var (view, now) = (new ContentView(shown), HttpContext.Now(clock));
        var found = copy is not null ? CopyPage.Find(view, copy, now) : view.Site.Copy(ContentPages.Home, Language.Current) is { } home ? new(view, view.Site, home, $"{view.Address.Page}/home", now) : null;
        if (found is null || number < 0 || number >= found.Films.Count) return NotFound();
        (Copy, Film) = (found, found.Films[number]);
        HttpContext.Allow().Frame = " " + Film.Embed.Origin;
        return Page();
    }
}
