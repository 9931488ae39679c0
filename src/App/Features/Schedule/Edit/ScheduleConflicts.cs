using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Edit;

public enum ConflictKind { Room, Speaker, Capacity }

/// <summary>Two sessions that can't both be as they are; a warning, never a refusal: while a schedule is being made, half of it conflicts.</summary>
/// <param name="What">The room's or speaker's name.</param>
/// <param name="Other">The session itself where it needs no second one.</param>
public sealed record ScheduleConflict(ConflictKind Kind, string What, ScheduleSession Session, ScheduleSession Other, DateTimeOffset At);

public static class ScheduleConflicts
{
    /// <summary>By time. Drafts count: they will be confirmed one day.</summary>
    public static IReadOnlyList<ScheduleConflict> Of(ConferenceSchedule schedule)
    {
        var slots = schedule.Sessions.Concat(schedule.Hidden).SelectMany(s => s.Slots.Select(slot => (Session: s, Slot: slot))).OrderBy(s => s.Slot.Start).ThenBy(s => s.Slot.Id).ToArray();
        var found = new List<ScheduleConflict>();
        found.AddRange(Overlapping(slots.Where(s => s.Slot.Room is not null).GroupBy(s => s.Slot.Room!.Id), s => (ConflictKind.Room, s.Slot.Room!.Name)));
        var bySpeaker = slots.SelectMany(s => s.Session.Speakers.Select(p => (Speaker: p, s.Session, s.Slot))).GroupBy(s => s.Speaker.Id);
        foreach (var speaker in bySpeaker) found.AddRange(Overlapping([Tuples(speaker)], _ => (ConflictKind.Speaker, speaker.First().Speaker.Name)));
        found.AddRange(slots.Where(s => s.Slot.Room?.Capacity < s.Session.Capacity).Select(s => new ScheduleConflict(ConflictKind.Capacity, s.Slot.Room!.Name, s.Session, s.Session, s.Slot.Start)));
        return [.. found.OrderBy(c => c.At).ThenBy(c => c.Session.Title, StringComparer.Ordinal)];

        static IEnumerable<(ScheduleSession Session, ScheduleSlot Slot)> Tuples(IEnumerable<(ScheduleSpeaker Speaker, ScheduleSession Session, ScheduleSlot Slot)> of) => of.Select(s => (s.Session, s.Slot));
    }

    /// <summary>In each group, by start: who begins before somebody else has ended. One session twice at once is one conflict with itself.</summary>
    static IEnumerable<ScheduleConflict> Overlapping(IEnumerable<IEnumerable<(ScheduleSession Session, ScheduleSlot Slot)>> groups, Func<(ScheduleSession Session, ScheduleSlot Slot), (ConflictKind, string)> say)
    {
        foreach (var group in groups)
        {
            var open = new List<(ScheduleSession Session, ScheduleSlot Slot)>();
            foreach (var next in group)
            {
                open.RemoveAll(o => o.Slot.End <= next.Slot.Start);
                foreach (var other in open)
                {
                    var (kind, what) = say(next);
                    yield return new(kind, what, other.Session, next.Session, next.Slot.Start);
                }
                open.Add(next);
            }
        }
    }
}
