using App.Features.Schedule.Contracts;

namespace App.Features.Content.Pages;

public sealed record MovedSession(ScheduleSession Session, ScheduleSlot Slot, ScheduleMove From);

/// <summary>What isn't where or when people knew it and is still to come: of one's own sessions, else of the day that is on.</summary>
public static class MovedSessions
{
    const int Most = 4;

    /// <summary>While a programme is being made everything moves; people who have made their plans want to know of the last days.</summary>
    static readonly TimeSpan Recent = TimeSpan.FromDays(3);

    /// <param name="saved">Empty: nothing was saved, or nobody is known.</param>
    public static (bool IsTheirs, IReadOnlyList<MovedSession> Sessions) Of(ConferenceSchedule schedule, IReadOnlySet<Guid> saved, DateTimeOffset now)
    {
        var moved = schedule.Sessions.Where(s => s is { IsPublic: true, TimesArePublic: true }).SelectMany(s => s.Slots.Where(t => t.End > now && t.Moved is { } m && m.At > t.Start - Recent).Select(t => new MovedSession(s, t, t.Moved!)))
            .OrderBy(m => m.Slot.Start).ThenBy(m => m.Session.Title, StringComparer.Ordinal);
        var theirs = moved.Where(m => saved.Contains(m.Session.Id)).Take(Most).ToArray();
        if (theirs.Length > 0) return (true, theirs);
        return schedule.Days.FirstOrDefault(d => d.IsNow(now)) is { } today ? (false, [.. moved.Where(m => m.Slot.Start < today.Ends).Take(Most)]) : (false, []);
    }
}
