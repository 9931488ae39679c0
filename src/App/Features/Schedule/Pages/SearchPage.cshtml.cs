using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>Sessions by words and facets. A form with GET; htmx asks for the found part only.</summary>
[InArchive(Archived.Stays)]
public sealed class SearchPage(ConferencePages pages, SessionOccupancy occupancy, IVisitors visitors, QuerySession db) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public SearchAnswer Answer { get; private set; } = null!;

    /// <summary>Only what was found is sent; the form is on the page already and hears its new counts.</summary>
    public bool IsPart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view) return NotFound();
        var moment = new SearchMoment(await occupancy.FullOf(view.Schedule), await Saved(view, ct));
        (View, Answer, IsPart) = (view, ScheduleSearch.Of(view.Schedule).Find(SearchWish.Of(Request.Query), moment), Request.Headers.ContainsKey("HX-Request"));
        (Response.Headers.Vary, Response.Headers.CacheControl) = ("HX-Request", "no-cache");
        return IsPart ? Partial("_Found", this) : Page();
    }

    /// <summary>Who has kept nothing is nobody, and nothing is read for them; the answer to others is theirs alone.</summary>
    async Task<IReadOnlyList<ScheduleSession>> Saved(ConferenceView view, CancellationToken ct)
    {
        if (visitors.IsNobody(HttpContext, view.Event.Id)) return [];
        HttpContext.Allow().IsPrivate = true;
        return [.. (await SavedSessions.Of(await visitors.Current(HttpContext, view.Event.Id, ct), db, ct)).Select(view.Schedule.Session).OfType<ScheduleSession>()];
    }
}
