using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>What pages about one thing of a conference share (a speaker, a track, a room): the thing, or a 404.</summary>
public abstract class ThingPage<T>(ConferencePages pages) : PageModel where T : class
{
    public ConferenceView View { get; private set; } = null!;
    public T Thing { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view || Find(view) is not { } thing) return NotFound();
        (View, Thing) = (view, thing);
        return Page();
    }

    /// <summary>Null: there is no such thing, or nobody's to see.</summary>
    protected abstract T? Find(ConferenceView view);

    /// <summary>Of the page's address.</summary>
    protected string Name(string part) => RouteData.Values[part] as string ?? "";
}
