using App.Features.Schedule.Contracts;

namespace App.Features.Content.Pages;

public sealed record NextSession(ScheduleSession Session, ScheduleSlot Slot, bool IsOn);

/// <summary>What is on and what comes next: of one's own sessions, else, while the conference is on, of all.</summary>
public static class UpNext
{
    const int Shown = 4;
    static readonly TimeSpan Ahead = TimeSpan.FromHours(3);

    /// <param name="saved">Empty: nothing was saved, or nobody is known.</param>
    public static (bool IsTheirs, IReadOnlyList<NextSession> Sessions) Of(ConferenceSchedule schedule, IReadOnlySet<Guid> saved, DateTimeOffset now)
    {
        var coming = schedule.Sessions.Where(s => s.IsPublic).SelectMany(s => s.Slots.Where(t => t.End > now).Select(t => new NextSession(s, t, t.IsOn(now)))).OrderBy(n => n.Slot.Start).ThenBy(n => n.Session.Title, StringComparer.Ordinal);
        var theirs = coming.Where(n => saved.Contains(n.Session.Id)).Take(Shown).ToArray();
        if (theirs.Length > 0) return (true, theirs);
        return schedule.Days.Any(d => d.IsNow(now)) ? (false, [.. coming.Where(n => n.Slot.Start <= now + Ahead).Take(Shown)]) : (false, []);
    }
}
