using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

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

/// <summary>A room and how it stands, for its page and for the screen beside its door.</summary>
public abstract class RoomNowPage(ConferencePages pages, TimeProvider clock) : ThingPage<ScheduleRoom>(pages)
{
    protected DateTimeOffset At => HttpContext.Now(clock);
    public RoomNow Now => RoomNow.Of(View.Schedule, Thing, At);

    protected override ScheduleRoom? Find(ConferenceView view) => view.HasTimes ? view.Schedule.Room(Name("room")) : null;
}

/// <summary>A room: now, next, and all its days.</summary>
[PublicPage<RoomPageKey>, InArchive(Archived.Stays)]
public sealed class RoomPage(ConferencePages pages, TimeProvider clock) : RoomNowPage(pages, clock);

/// <summary>A room's page changes when something begins or ends in it.</summary>
public sealed class RoomPageKey(ConferencePages pages, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    sealed record RoomMoment(ScheduleEntry? Now, ScheduleEntry? Next, int Day);

    protected override ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now) =>
        new(view.Schedule.Room(route["room"] as string ?? "") is { } room && RoomNow.Of(view.Schedule, room, now) is var on ? new RoomMoment(on.Now, on.Next, TimeZoneInfo.ConvertTime(now, view.Schedule.Zone).DayOfYear) : null);
}
