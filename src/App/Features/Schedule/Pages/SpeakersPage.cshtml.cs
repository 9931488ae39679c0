using App.Features.Events.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>Everybody who speaks in a confirmed session.</summary>
[PublicPage<TimelessPageKey>, InArchive(Archived.Stays)]
public sealed class SpeakersPage(ConferencePages pages) : PageModel
{
    public ConferenceView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { Schedule.Speakers.IsEmpty: false } view) return NotFound();
        View = view;
        return Page();
    }
}
