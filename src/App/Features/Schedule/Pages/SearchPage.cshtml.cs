using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>Sessions by words and facets. A form with GET; htmx asks for the found part only.</summary>
public sealed class SearchPage(ConferencePages pages) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public SearchAnswer Answer { get; private set; } = null!;

    /// <summary>Only what was found is sent; the form is on the page already and hears its new counts.</summary>
    public bool IsPart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { } view) return NotFound();
        (View, Answer, IsPart) = (view, ScheduleSearch.Of(view.Schedule).Find(SearchWish.Of(Request.Query)), Request.Headers.ContainsKey("HX-Request"));
        (Response.Headers.Vary, Response.Headers.CacheControl) = ("HX-Request", "no-cache");
        return IsPart ? Partial("_Found", this) : Page();
    }
}
