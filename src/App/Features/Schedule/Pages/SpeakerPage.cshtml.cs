using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>Somebody who speaks, and where.</summary>
[PublicPage<TimelessPageKey>]
public sealed class SpeakerPage(ConferencePages pages) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleSpeaker Speaker { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string speaker, CancellationToken ct)
    {
        // Whoever speaks in nothing that is confirmed is nobody's to know.
        if (await pages.Find(organization, slug, ct) is not { } view || view.Schedule.Speaker(speaker) is not { } found || view.Schedule.By(found).IsEmpty) return NotFound();
        (View, Speaker) = (view, found);
        return Page();
    }
}
