using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A day of the schedule, today's where none is named. Before times are public: what is on, without them.</summary>
[PublicPage<DayPageKey>, IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class SchedulePage(ConferencePages pages, SessionOccupancy occupancy, TimeProvider clock) : PageModel
{
    public const string DayRoute = "/e/{organization}/{slug}/schedule/day/{date}/{form:regex(^list$)?}";

    public ConferenceView View { get; private set; } = null!;
    public DayGrid? Grid { get; private set; }

    /// <summary>Asked for as a list, also where there is room for the grid.</summary>
    public bool IsList { get; private set; }

    /// <summary>The conference's day that is on now, of which this page may be another.</summary>
    public ScheduleDay? Today { get; private set; }

    public DayChoice Choice { get; private set; } = DayChoice.None;

    /// <summary>Sessions without a place left.</summary>
    public IReadOnlySet<Guid> Full { get; private set; } = new HashSet<Guid>();

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string? date, string? form, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view) return NotFound();
        View = view;
        if (!view.HasTimes) return date is null ? Page() : NotFound();
        var (schedule, now) = (view.Schedule, HttpContext.Now(clock));
        if ((date is null ? schedule.DayAt(now) : Find(schedule, date)) is not { } day) return NotFound();
        Choice = DayChoice.Of(schedule, day, Request.Query);
        Grid = DayGrid.Of(schedule, day, now, wanted: Choice.IsAll || Choice.Shown == 0 ? null : Choice.Has);
        Full = await occupancy.FullOf(schedule);
        (IsList, Today) = (form is not null || !Grid.Fits, schedule.Days.FirstOrDefault(d => d.IsNow(now)));
        if (!Request.Headers.ContainsKey("HX-Request")) return Page();
        (Response.Headers.Vary, Response.Headers.CacheControl) = ("HX-Request, Accept-Language, Cookie", "no-cache");
        return Partial("_Day", this);
    }

    internal static ScheduleDay? Find(ConferenceSchedule schedule, string date) =>
        ScheduleDay.DateOf(date) is { } wanted ? schedule.Days.FirstOrDefault(d => d.Date == wanted) : null;
}
