using System.Globalization;

namespace App.Features.Schedule.Contracts;

/// <summary>What an event's page says of its schedule, and where that is.</summary>
public sealed record Programme(string Path, string Words, string Deed)
{
    /// <summary>Null: nothing is public.</summary>
    public static Programme? Of(ConferenceSchedule? schedule, ScheduleAddress address)
    {
        if (schedule is not { IsEmpty: false, Visibility: not ScheduleVisibility.Hidden }) return null;
        var sessions = Count(schedule.Sessions.Length, "session");
        return schedule.Visibility == ScheduleVisibility.Times && !schedule.Days.IsEmpty
            ? new(address.Schedule, $"{sessions} in {Count(schedule.Rooms.Count(r => !schedule.In(r).IsEmpty), "room")}, {Count(schedule.Days.Length, "day")}.", "See the schedule")
            : new(address.Schedule, $"{sessions} so far; rooms and times come later.", "See what’s on");
    }

    static string Count(int n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n:N0} {what}{(n == 1 ? "" : "s")}");
}
