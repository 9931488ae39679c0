using System.Collections.Immutable;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Edit;

/// <summary>The schedule as it is being made: a day on a grid that sessions are dragged about on (or moved by their form), what doesn't fit, what has no time yet, and who may see it.</summary>
public sealed class SchedulePlanPage(MessageBus bus, EventCatalogue events, ScheduleCatalogue schedules, OrganizationDirectory organizations, TimeProvider clock) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    /// <summary>yyyy-MM-dd; null: the first day, or today while it is on.</summary>
    [BindProperty(SupportsGet = true)] public string? Day { get; set; }

    [BindProperty(Name = "")] public LinkRuleForm Links { get; set; } = new();

    public DayGrid? Grid { get; private set; }
    public IReadOnlyList<ScheduleDay> Days { get; private set; } = [];
    public IReadOnlyList<ScheduleConflict> Conflicts { get; private set; } = [];
    public IReadOnlyList<ScheduleSession> Untimed { get; private set; } = [];
    public string PublicPath { get; private set; } = "";

    /// <summary>What a screen reader hears after dragging.</summary>
    public string? Moved { get; private set; }

    public static IReadOnlyList<(ScheduleVisibility Visibility, string Words)> Visibilities { get; } =
        [(ScheduleVisibility.Hidden, "Nobody"), (ScheduleVisibility.Titles, "What is on, without times"), (ScheduleVisibility.Times, "Everything")];

    public bool InConflict(ScheduleSession s) => Conflicts.Any(c => c.Session.Id == s.Id || c.Other.Id == s.Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Schedule is { } schedule && Links.OpenFor == OpenFor.Conference) Links = LinkRuleForm.Of(schedule.LinkRule);
        await Lay(ct);
        return Page();
    }

    async Task Lay(CancellationToken ct)
    {
        if (Schedule is not { } schedule) return;
        PublicPath = await organizations.Find(Event.OrganizationId, ct) is { } card ? new ScheduleAddress(card.Slug, Event.Slug).Schedule : "";
        Conflicts = ScheduleConflicts.Of(schedule);
        Days = DaysOf(schedule);
        var all = schedule.Sessions.Concat(schedule.Hidden);
        Untimed = [.. all.Where(s => s.Slots.IsEmpty).OrderBy(s => s.Title, StringComparer.OrdinalIgnoreCase)];
        if (Shown(Days) is { } day) Grid = DayGrid.Of(schedule, day, clock.GetUtcNow(), everyRoom: true);
    }

    ScheduleDay? Shown(IReadOnlyList<ScheduleDay> days) =>
        days.FirstOrDefault(d => d.Date == ScheduleDay.DateOf(Day)) ?? days.FirstOrDefault(d => d.IsNow(clock.GetUtcNow())) ?? (days.Count > 0 ? days[0] : null);

    /// <summary>Days with drafts in them: an organizer sees what nobody else does.</summary>
    static ScheduleDay[] DaysOf(ConferenceSchedule schedule)
    {
        var hidden = schedule.Hidden.SelectMany(s => s.Slots.Select(t => new ScheduleEntry(t.Start, t.End, t.Room, s, t.Id, null))).ToArray();
        if (hidden.Length == 0) return [.. schedule.Days];
        var entries = schedule.Days.SelectMany(d => d.Entries).Concat(hidden).OrderBy(e => e.Start).ThenBy(e => e.Room?.Position ?? -1).ToArray();
        return [.. ScheduleBuilder.Days(entries, schedule.Zone, schedule.DayChange)];
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new OpenSchedule(EventId, Event.Title, Event.TimeZone), ct, By);
        return Back("The schedule is open. Add rooms, then sessions.", $"{Path}/rooms");
    }

    public async Task<IActionResult> OnPostShowAsync(ScheduleVisibility visibility, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new RuleSchedule(EventId, visibility), ct, By);
        return Back($"Visible to everybody: {Visibilities.First(v => v.Visibility == visibility).Words.ToLowerInvariant()}.");
    }

    public async Task<IActionResult> OnPostLinksAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var faults = new List<(string Field, string Message)>();
        var rule = Links.Read(Event, faults) ?? LinkRule.Public;
        foreach (var (field, message) in faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new RuleSchedule(EventId, Links: rule), ct, By);
        return Back($"Links open for {LinkRuleForm.Say(rule, Event)}.");
    }

    /// <summary>From the grid: a script's, which sends what it knows and gets the new grid.</summary>
    /// <param name="minute">Of the day on the grid, from its midnight.</param>
    public async Task<IActionResult> OnPostMoveAsync(Guid session, Guid slot, Guid? room, int minute, CancellationToken ct)
    {
        // Of the schedule as it was only its zone counts here: that of memory will do.
        if (!await Load(ct, fresh: false) || Schedule is not { } before || (ScheduleDay.DateOf(Day) ?? Shown(DaysOf(before))?.Date) is not { } date) return NotFound();
        if (minute is < 0 or > 48 * 60) return BadRequest();
        await bus.InvokeAsync(new MoveSlot(EventId, session, slot, room, DayGrid.MidnightOf(date, before.Zone).AddMinutes(minute).ToUniversalTime()), ct, By);
        await Load(ct);
        await Lay(ct);
        Moved = $"{Schedule!.Session(session)?.Title} is moved.";
        return Partial("_Plan", this);
    }
}
