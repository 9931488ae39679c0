using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Edit;

/// <summary>What the pages about a conference's schedule share: the event of the organization that is signed in (another's is a 404), and its schedule as it was written last.</summary>
public abstract class OfficeSchedulePage(EventCatalogue events, ScheduleCatalogue schedules) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;

    /// <summary>Null: none was opened or imported yet.</summary>
    public ConferenceSchedule? Schedule { get; private set; }

    public string Path => $"/office/events/{EventId}/schedule";
    public string Zone => Schedule?.TimeZone ?? Event.TimeZone;
    public EventTime At(DateTimeOffset at) => EventTime.Of(at, Zone);

    /// <summary>Who does what is done here: the log says it.</summary>
    protected Cause By => new(Staff.Of(User).MemberId.ToString());

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    /// <param name="fresh">As it was written last, by whomever; else as this process knows it.</param>
    protected async Task<bool> Load(CancellationToken ct, bool fresh = true)
    {
        if (await events.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) return false;
        (Event, Schedule) = (e, fresh ? await schedules.FindFresh(EventId, ct) : await schedules.Find(EventId));
        return true;
    }

    protected IActionResult Back(string said, string? path = null)
    {
        Said = said;
        Response.Headers.Location = path ?? Path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
