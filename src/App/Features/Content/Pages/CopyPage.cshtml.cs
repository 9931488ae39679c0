using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>A page that content brings.</summary>
[PublicPage<CopyPageKey>]
public sealed class CopyPage(ContentViews views, TimeProvider clock) : PageModel
{
    public CopyView Copy { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string copy, CancellationToken ct)
    {
        if (await views.Find(organization, slug, ct) is not { } view || Find(view, copy, clock.GetUtcNow()) is not { } found) return NotFound();
        Copy = found;
        return Page();
    }

    internal static CopyView? Find(ContentView view, string page, DateTimeOffset now) =>
        page is not (Package.ContentPages.Home or Package.ContentPages.SignedInHome) && view.Site.Copy(page, Language.Current) is { } copy ? new(view, view.Site, copy, $"{view.Address.Page}/p/{page}", now) : null;
}

/// <summary>Goes on with the day: a countdown counts days.</summary>
public sealed class CopyPageKey(ContentViews views, TimeProvider clock) : IPublicPageKey
{
    sealed record Key(ContentView View, DateTime Day);

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug || await views.Find(organization, slug, context.RequestAborted) is not { } view) return null;
        return new Key(view, view.Local(clock.GetUtcNow()).Date);
    }
}
