using System.Collections.Immutable;
using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Features.Shared;

namespace App.Features.Schedule.Pages;

/// <param name="First">Of its columns, from 1.</param>
/// <param name="Width">How many: one, unless its sessions overlap.</param>
public sealed record GridRoom(ScheduleRoom? Room, int First, int Width)
{
    public string Name => Room?.Name ?? "Elsewhere";
    public string Places => string.Create(CultureInfo.InvariantCulture, $"c{First} w{Math.Min(Width, 8)}");
}

/// <summary>A session's slot or a break where it lies: <paramref name="Places"/> are classes (the policy forbids styles).</summary>
/// <param name="Cancelled">Still there to be read, struck.</param>
/// <param name="Plenary">Alone and for everybody.</param>
/// <param name="Hidden">In the list only: something else has its place on the grid.</param>
public sealed record GridCard(ScheduleEntry Entry, string Places, bool Cancelled, bool Plenary, bool Hidden, ScheduleMove? Moved);

/// <param name="Between">Its hour is too near to the one above to be written on the grid.</param>
public sealed record GridSlot(EventTime Start, string Places, bool Between, bool IsNow, IReadOnlyList<GridCard> Cards)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"at{Start.Local:HHmm}");
}

/// <summary>A day of a conference as it is laid out: one list by start, of which CSS makes a grid of rooms by five minutes where there is room.</summary>
public sealed record DayGrid(ScheduleDay Day, int FirstHour, int Columns, IReadOnlyList<GridRoom> Rooms, IReadOnlyList<GridSlot> Slots)
{
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Recent = TimeSpan.FromDays(3);

    /// <summary>More rooms than a screen holds: the grid then moves in its own frame.</summary>
    public const int MostOnAScreen = 8;

    /// <summary>More than the sheet of places has classes for: shown as the list only.</summary>
    const int MostColumns = 120;

    public bool Fits => Columns <= MostColumns;
    public bool IsWide => Columns > MostOnAScreen;
    public DateTimeOffset Midnight { get; init; }

    /// <summary>Where the line stands that says now; empty: it stands nowhere.</summary>
    public string NowPlaces { get; init; } = "";

    public EventTime NowIs { get; init; }

    public GridSlot? Now => Slots.LastOrDefault(s => s.IsNow);

    sealed record Placed(ScheduleEntry Entry, bool Cancelled, ScheduleMove? Moved)
    {
        public int Lane { get; set; } = 1;
        public bool Hidden { get; set; }
    }

    /// <param name="everyRoom">Also those with nothing on: for who may put something there.</param>
    /// <param name="wanted">Sessions that are left out aren't there, nor are breaks of single rooms. Null: all. At least one of the day's must be wanted.</param>
    public static DayGrid Of(ConferenceSchedule schedule, ScheduleDay day, DateTimeOffset now, bool everyRoom = false, Func<ScheduleEntry, bool>? wanted = null)
    {
        var midnight = MidnightOf(day.Date, schedule.Zone);
        Placed[] all = [.. day.Entries.Select(e => new Placed(e, false, Move(e))).Concat(Cancelled(schedule, day)).Where(p => wanted is null || (p.Entry.Session is not null ? wanted(p.Entry) : p.Entry.Room is null)).OrderBy(p => p.Entry.Start)];
        var (rooms, columns) = Place(all, everyRoom ? schedule.Rooms : []);
        var live = all.Where(p => p is { Cancelled: false, Entry.Session: not null }).Select(p => p.Entry).ToArray();
        var first = (int)(all[0].Entry.Start - midnight).TotalHours;
        var current = day.IsNow(now) ? all.LastOrDefault(p => p.Entry.Start <= now)?.Entry.Start : null;
        var (slots, written) = (new List<GridSlot>(), DateTimeOffset.MinValue);
        foreach (var group in all.GroupBy(p => p.Entry.Start))
        {
            var start = new EventTime(group.Key, schedule.Zone);
            var between = start.Local.Minute != 0 && group.Key - written < TimeSpan.FromMinutes(45);
            if (!between) written = group.Key;
            slots.Add(new(start, Row(group.Key - midnight), between, group.Key == current, [.. group.Select(p => Card(p, rooms, live, midnight))]));
        }
        var last = all.Max(p => p.Entry.End);
        return new(day, first, columns, rooms, slots) { Midnight = midnight, NowPlaces = now >= all[0].Entry.Start && now < last ? Row(now - midnight) + " d5" : "", NowIs = new(now, schedule.Zone) };
    }

    static GridCard Card(Placed p, IReadOnlyList<GridRoom> rooms, ScheduleEntry[] live, DateTimeOffset midnight)
    {
        var e = p.Entry;
        var everywhere = e is { Room: null, Break: not null };
        var plenary = !p.Cancelled && IsForAll(e) && !Array.Exists(live, o => o != e && o.Start < e.End && o.End > e.Start);
        var column = everywhere || plenary ? 1 : rooms.First(r => r.Room?.Id == e.Room?.Id).First + p.Lane - 1;
        return new(e, string.Create(CultureInfo.InvariantCulture, $"{Row(e.Start - midnight)} {Span(e, midnight)} c{column}"), p.Cancelled, plenary, p.Hidden, p.Moved);
    }

    static bool IsForAll(ScheduleEntry e) => e.Session is { } s && (s.Featured || Says(s.Type) || Says(s.Track));
    // In whatever language it is read: the day lies the same for everybody.
    static bool Says(ScheduleLabel? label) => label is not null && (label.Names?.In.Values ?? []).Append(label.Name).Any(n => n.Contains("keynote", StringComparison.OrdinalIgnoreCase) || n.Contains("plenary", StringComparison.OrdinalIgnoreCase));

    static IEnumerable<Placed> Cancelled(ConferenceSchedule schedule, ScheduleDay day) =>
        schedule.Cancelled.SelectMany(s => s.Slots.Where(t => t.Start >= day.Starts && t.Start < day.Ends).Select(t => new Placed(new(t.Start, t.End, t.Room, s, t.Id, null), true, null)));

    // While a programme is being made everything moves; people who have made their plans want to know of the last days.
    static ScheduleMove? Move(ScheduleEntry e) => e.Session?.Slots.FirstOrDefault(s => s.Id == e.SlotId) is { Moved: { } moved } && moved.At > e.Start - Recent ? moved : null;

    /// <summary>Columns of the rooms that have something on this day, in the house's order; side by side where a room's sessions overlap. What was cancelled makes no room wider.</summary>
    static (ImmutableArray<GridRoom> Rooms, int Columns) Place(Placed[] all, ImmutableArray<ScheduleRoom> also)
    {
        var (rooms, next) = (ImmutableArray.CreateBuilder<GridRoom>(), 1);
        var byRoom = all.Where(p => p.Entry is not { Room: null, Break: not null }).GroupBy(p => p.Entry.Room?.Id).OrderBy(g => g.First().Entry.Room?.Position ?? int.MaxValue).ThenBy(g => g.First().Entry.Room?.Name, StringComparer.Ordinal);
        foreach (var room in byRoom)
        {
            var ends = new List<DateTimeOffset>();
            foreach (var p in room.Where(p => !p.Cancelled))
            {
                var lane = ends.FindIndex(end => end <= p.Entry.Start);
                if (lane < 0) { lane = ends.Count; ends.Add(default); }
                (ends[lane], p.Lane) = (p.Entry.End, lane + 1);
            }
            foreach (var p in room.Where(p => p.Cancelled)) p.Hidden = room.Any(o => o != p && !o.Hidden && o.Entry.Start < p.Entry.End && o.Entry.End > p.Entry.Start);
            var width = Math.Max(1, ends.Count);
            rooms.Add(new(room.First().Entry.Room, next, width));
            next += width;
        }
        foreach (var empty in also.Where(a => !rooms.Any(r => r.Room?.Id == a.Id))) rooms.Add(new(empty, next++, 1));
        return (rooms.ToImmutable(), Math.Max(1, next - 1));
    }

    static string Row(TimeSpan since)
    {
        var step = (int)(since / Step);
        return string.Create(CultureInfo.InvariantCulture, $"h{step / 12}{(step % 12 == 0 ? "" : $" m{step % 12 * 5}")}");
    }

    /// <summary>In steps of five minutes up to four hours, then of thirty up to a day.</summary>
    static string Span(ScheduleEntry e, DateTimeOffset midnight)
    {
        var steps = Math.Max(1, (int)Math.Ceiling((e.End - midnight) / Step) - (int)((e.Start - midnight) / Step));
        if (steps > 48) steps = Math.Min((steps + 5) / 6 * 6, 288);
        return string.Create(CultureInfo.InvariantCulture, $"d{steps * 5}");
    }

    internal static DateTimeOffset MidnightOf(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new(local, zone.GetUtcOffset(local));
    }
}
