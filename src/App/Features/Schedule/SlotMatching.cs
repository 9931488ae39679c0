using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Features.Schedule;

/// <summary>A time and a place that a session is wanted at.</summary>
public readonly record struct WantedSlot(Guid? RoomId, DateTimeOffset Start, DateTimeOffset End);

/// <summary>Which of a session's slots is which after a change. Sources number slots anew with each release, so what stands where it stood keeps its identity, and the rest are taken in order.</summary>
static class SlotMatching
{
    /// <returns>The slots as they were when nothing differs.</returns>
    public static SessionSlot[] Match(Session session, IReadOnlyList<WantedSlot> wanted)
    {
        var left = session.Slots.OrderBy(s => s.Start).ThenBy(s => s.Id).ToList();
        var found = new SessionSlot?[wanted.Count];
        Take(wanted, found, left, (w, s) => w.Start == s.Start && w.RoomId == s.RoomId && w.End == s.End);
        Take(wanted, found, left, (w, s) => w.Start == s.Start && w.RoomId == s.RoomId);
        Take(wanted, found, left, (_, _) => true);
        var number = session.Slots.Length + session.Gone.Length;
        for (var i = 0; i < found.Length; i++) found[i] ??= new(Ids.From(session.Id, ++number), wanted[i].RoomId, wanted[i].Start, wanted[i].End);
        return [.. found.OfType<SessionSlot>().OrderBy(s => s.Start).ThenBy(s => s.Id)];
    }

    static void Take(IReadOnlyList<WantedSlot> wanted, SessionSlot?[] found, List<SessionSlot> left, Func<WantedSlot, SessionSlot, bool> same)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (found[i] is not null || left.FindIndex(s => same(wanted[i], s)) is not (>= 0 and var at)) continue;
            found[i] = left[at] with { RoomId = wanted[i].RoomId, Start = wanted[i].Start, End = wanted[i].End };
            left.RemoveAt(at);
        }
    }

    public static bool AreSame(SessionSlot[] a, SessionSlot[] b) => a.OrderBy(s => s.Id).SequenceEqual(b.OrderBy(s => s.Id));
}
