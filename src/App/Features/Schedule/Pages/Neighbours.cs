using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Pages;

/// <summary>What is on in the same room on the same day before a session and after it.</summary>
public static class Neighbours
{
    /// <summary>In the order of the day, of one slot after the other; each names a session and a room.</summary>
    public static IReadOnlyList<(ScheduleEntry At, bool IsBefore)> Of(ConferenceSchedule schedule, IEnumerable<ScheduleSlot> slots) => [.. slots.SelectMany(s => Of(schedule, s))];

    static IEnumerable<(ScheduleEntry, bool)> Of(ConferenceSchedule schedule, ScheduleSlot slot)
    {
        if (slot.Room is null || schedule.DayAt(slot.Start) is not { } day) yield break;
        var here = day.Entries.Where(e => e.Session is not null && e.Room?.Id == slot.Room.Id).ToArray();
        var at = Array.FindIndex(here, e => e.SlotId == slot.Id);
        if (at > 0) yield return (here[at - 1], true);
        if (at >= 0 && at + 1 < here.Length) yield return (here[at + 1], false);
    }
}
