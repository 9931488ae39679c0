using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Mine;

/// <summary>Somebody's sessions as they share them: no name, nothing to press. Revoked and made up look the same: 404.</summary>
[InArchive(Archived.Stays)]
public sealed class SharedSchedulePage(ConferencePages pages, HotStreams<SessionPlaces> places, ScheduleLinks links, QuerySession db) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public MyScheduleView Programme { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string token, CancellationToken ct)
    {
        if (await MyScheduleFiles.Opened(token, ScheduleLinkKind.Share, links, db, ct) is not { } mine) return NotFound();
        if (await pages.Find(organization, slug, ct) is not { } view || view.Event.Id != mine.EventId) return NotFound();
        (View, Programme) = (view, await MySchedulePage.Lay(mine, view.Schedule, null, places));
        return Page();
    }
}
