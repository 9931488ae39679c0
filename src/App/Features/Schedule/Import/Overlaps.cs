using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>Two things in one room, or somebody in two places, at one time. Allowed (rooms are divided, people hurry), but said.</summary>
static class Overlaps
{
    public static void Warn(IReadOnlyList<SourceSession> sessions, ImportWarnings warnings)
    {
        var slots = sessions.Where(s => s.State is SessionState.Confirmed or SessionState.Accepted).SelectMany(s => s.Slots.Select(t => (Session: s, Slot: t))).OrderBy(p => p.Slot.Start).ToArray();
        foreach (var (a, b) in Pairs(slots.Where(p => p.Slot.Room.Length > 0).GroupBy(p => p.Slot.Room, StringComparer.Ordinal))) warnings.Add(Import.Warn.RoomTwice, $"{a.Details.Title} and {b.Details.Title}");
        foreach (var (a, b) in Pairs(slots.SelectMany(p => p.Session.Speakers.Select(k => (Key: k, Pair: p))).GroupBy(p => p.Key, p => p.Pair, StringComparer.Ordinal))) warnings.Add(Import.Warn.SpeakerTwice, $"{a.Details.Title} and {b.Details.Title}");
    }

    /// <summary>Neighbours only: in a heap of overlaps each is named once, not each with each.</summary>
    static IEnumerable<(SourceSession, SourceSession)> Pairs(IEnumerable<IGrouping<string, (SourceSession Session, SourceSlot Slot)>> groups)
    {
        foreach (var group in groups)
        {
            (SourceSession Session, SourceSlot Slot)? longest = null;
            foreach (var next in group)
            {
                if (longest is { } before && next.Slot.Start < before.Slot.End && before.Session != next.Session) yield return (before.Session, next.Session);
                if (longest is null || next.Slot.End > longest.Value.Slot.End) longest = next;
            }
        }
    }
}
