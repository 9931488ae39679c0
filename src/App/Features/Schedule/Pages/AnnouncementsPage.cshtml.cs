using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>All that the organizer tells whoever looks: what everybody is told, and what only they are (people with a ticket, savers of a session). Made for one person, kept by nobody.</summary>
[InArchive(Archived.Ends)]
public sealed class AnnouncementsPage(ConferencePages pages, IVisitors visitors, Notices notices) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public IReadOnlyList<Notice> Yours { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view) return NotFound();
        (View, Yours) = (view, await notices.ForOnly(await visitors.Current(HttpContext, view.Event.Id, ct), ct));
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
