using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Mine;

/// <summary>What differs from what the person knew.</summary>
public enum SessionNews { None, Cancelled, Moved, RoomChanged }

/// <summary>Place: theirs. Waits: in the queue. Full: nobody's turn. Free: there is one to take. None: come in.</summary>
public enum PlaceState { None, Free, Full, Waits, Place }

/// <param name="Before">When and where it was, for what moved.</param>
/// <param name="Clashes">Titles of other saved sessions at the same time.</param>
public sealed record MyEntry(ScheduleSession Session, ScheduleSlot? Slot, SessionNews News, SessionSlot? Before, IReadOnlyList<string> Clashes, PlaceState Place)
{
    /// <summary>As it stands on a day of the schedule; without a time it stands on none, but has a track and a type.</summary>
    public ScheduleEntry Entry => new(Slot?.Start ?? default, Slot?.End ?? default, Slot?.Room, Session, Slot?.Id, null);
}

/// <param name="Date">Null: not scheduled.</param>
public sealed record MyDay(DateOnly? Date, IReadOnlyList<MyEntry> Entries);

/// <summary>A person's schedule laid out: their sessions by day, what clashes, what is new. Pure.</summary>
public sealed record MyScheduleView(IReadOnlyList<MyDay> Days, int Count, int Clashes, int News)
{
    /// <summary>Only these are shown; what is counted stays.</summary>
    public MyScheduleView Only(Func<MyEntry, bool> wanted) => this with { Days = [.. Days.Select(d => d with { Entries = [.. d.Entries.Where(wanted)] }).Where(d => d.Entries.Count > 0)] };

    /// <param name="placeOf">Of a session with a capacity.</param>
    public static MyScheduleView Of(MySchedule mine, ConferenceSchedule schedule, Func<ScheduleSession, PlaceState> placeOf)
    {
        var saved = mine.Saved.Select(s => (Session: schedule.Session(s.Key), s.Value.Seen)).Where(s => s.Session is { IsKnown: true }).Select(s => (Session: s.Session!, s.Seen)).ToArray();
        var times = schedule.Visibility == ScheduleVisibility.Times;
        var slots = saved.Where(s => s.Session.IsPublic && times).SelectMany(s => s.Session.Slots.Select(slot => (s.Session, Slot: slot))).OrderBy(s => s.Slot.Start).ToArray();
        var entries = saved.SelectMany(s => Entries(s.Session, s.Seen, times, slots, placeOf)).ToArray();
        var days = entries.GroupBy(e => DateOf(e, schedule)).OrderBy(d => d.Key ?? DateOnly.MaxValue)
            .Select(d => new MyDay(d.Key, [.. d.OrderBy(e => e.Slot?.Start).ThenBy(e => e.Session.Title, StringComparer.Ordinal)])).ToArray();
        return new(days, saved.Length, entries.Count(e => e.Clashes.Count > 0), entries.Count(e => e.News != SessionNews.None));
    }

    /// <summary>Sessions of theirs that are still on at the same time as this slot.</summary>
    static string[] ClashesOf(ScheduleSession session, ScheduleSlot slot, (ScheduleSession Session, ScheduleSlot Slot)[] slots) =>
        [.. slots.Where(o => o.Session.Id != session.Id && o.Slot.Start < slot.End && slot.Start < o.Slot.End).Select(o => o.Session.Title).Distinct(StringComparer.Ordinal)];

    static IEnumerable<MyEntry> Entries(ScheduleSession s, SessionSlot[] seen, bool times, (ScheduleSession, ScheduleSlot)[] slots, Func<ScheduleSession, PlaceState> placeOf)
    {
        if (!s.IsPublic)
        {
            var last = seen.FirstOrDefault();
            return [new(s, last is null ? null : new(last.Id, null, last.Start, last.End), SessionNews.Cancelled, null, [], PlaceState.None)];
        }
        var place = s.Capacity is null ? PlaceState.None : placeOf(s);
        if (!times || s.Slots.IsEmpty) return [new(s, null, seen.Length > 0 && times ? SessionNews.Moved : SessionNews.None, times ? seen.FirstOrDefault() : null, [], place)];
        return s.Slots.Select(slot =>
        {
            var (news, before) = NewsOf(slot, seen.Length > 0 ? seen : AsAnnounced(slot));
            return new MyEntry(s, slot, news, before, ClashesOf(s, slot, slots), place);
        });
    }

    /// <summary>A slot that nobody had told them of is news where they knew others; times that weren't public before are not.</summary>
    static (SessionNews, SessionSlot?) NewsOf(ScheduleSlot slot, SessionSlot[] seen)
    {
        if (seen.Length == 0) return (SessionNews.None, null);
        var before = Array.Find(seen, s => s.Id == slot.Id);
        if (before is null) return (SessionNews.Moved, null);
        if (before.Start != slot.Start || before.End != slot.End) return (SessionNews.Moved, before);
        return before.RoomId != slot.Room?.Id ? (SessionNews.RoomChanged, before) : (SessionNews.None, null);
    }

    /// <summary>Who saved it before it had a time that everybody could read knows it as it was announced first.</summary>
    static SessionSlot[] AsAnnounced(ScheduleSlot slot) => slot.Moved is { } was ? [new(slot.Id, was.Room?.Id, was.Start, was.Start + (slot.End - slot.Start))] : [];

    static DateOnly? DateOf(MyEntry entry, ConferenceSchedule schedule) => entry.Slot is { } slot ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(slot.Start, schedule.Zone).DateTime - schedule.DayChange) : null;
}
