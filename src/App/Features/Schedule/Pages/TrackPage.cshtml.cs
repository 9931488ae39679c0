using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>The sessions of a track.</summary>
[PublicPage<TimelessPageKey>]
public sealed class TrackPage(ConferencePages pages) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleLabel Track { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string track, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { } view || view.Schedule.Track(track) is not { } found || view.Schedule.With(found).IsEmpty) return NotFound();
        (View, Track) = (view, found);
        return Page();
    }
}
