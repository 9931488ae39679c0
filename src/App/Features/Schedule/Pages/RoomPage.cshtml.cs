using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>What is on in a room, and what comes after it.</summary>
public sealed record RoomNow(ScheduleEntry? Now, ScheduleEntry? Next)
{
    public static RoomNow Of(ConferenceSchedule schedule, ScheduleRoom room, DateTimeOffset now)
    {
        var entries = schedule.In(room).Where(e => e.End > now).OrderBy(e => e.Start).ToArray();
        return new(entries.LastOrDefault(e => e.Start <= now), entries.FirstOrDefault(e => e.Start > now));
    }
}

/// <summary>A room: now, next, and all its days.</summary>
[PublicPage<RoomPageKey>]
public sealed class RoomPage(ConferencePages pages, TimeProvider clock) : PageModel
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
}

/// <summary>A room's page changes when something begins or ends in it.</summary>
public sealed class RoomPageKey(ConferencePages pages, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    sealed record RoomMoment(ScheduleEntry? Now, ScheduleEntry? Next, int Day);

    protected override ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now) =>
        new(view.Schedule.Room(route["room"] as string ?? "") is { } room && RoomNow.Of(view.Schedule, room, now) is var on ? new RoomMoment(on.Now, on.Next, TimeZoneInfo.ConvertTime(now, view.Schedule.Zone).DayOfYear) : null);
}
