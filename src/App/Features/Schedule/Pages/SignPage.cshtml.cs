using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>The screen beside a door. Its script asks again by itself; while the network is away the last answer stays.</summary>
[PublicPage<RoomPageKey>]
public sealed class SignPage(ConferencePages pages, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public ScheduleRoom Room { get; private set; } = null!;
    public RoomNow Now { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string room, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct) is not { HasTimes: true } view || view.Schedule.Room(room) is not { } found) return NotFound();
        (View, Room, Now) = (view, found, RoomNow.Of(view.Schedule, found, clock.GetUtcNow()));
        return Page();
    }

    /// <summary>On a screen that hangs there all week a time alone would be today's.</summary>
    public string Start(ScheduleEntry e) => View.At(e.Start) is var at && at.SameDayAs(new(clock.GetUtcNow(), View.Schedule.Zone)) ? at.Clock : at.When;
}
