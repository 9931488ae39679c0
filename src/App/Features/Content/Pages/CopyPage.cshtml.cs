using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>A page that content brings.</summary>
[PublicPage<CopyPageKey>, InArchive(Archived.Stays)]
public sealed class CopyPage(ShownEvents events, TimeProvider clock) : PageModel
{
    public CopyView Copy { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string copy, CancellationToken ct)
    {
        if (await events.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } shown || Find(new(shown), copy, HttpContext.Now(clock)) is not { } found) return NotFound();
        Copy = found;
        return Page();
    }

    internal static CopyView? Find(ContentView view, string page, DateTimeOffset now) =>
        page is not (Package.ContentPages.Home or Package.ContentPages.SignedInHome) && view.Site.Copy(page, Language.Current) is { } copy ? new(view, view.Site, copy, $"{view.Address.Page}/p/{page}", now) : null;
}

/// <summary>Goes on with the day: a countdown counts days.</summary>
public sealed class CopyPageKey(ShownEvents events, TimeProvider clock) : IPublicPageKey
{
    sealed record Key(ShownEvent Shown, DateTime Day) : ILastingKey
    {
        public bool Lasts => Shown.IsArchived;
    }

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug || await events.Find(organization, slug, context.RequestAborted) is not { } shown) return null;
        return new Key(shown, new ContentView(shown).Local(clock.GetUtcNow()).Date);
    }
}
