using App.Features.Schedule.Contracts;

namespace App.Features.Content.Pages;

/// <summary>Sessions to point at on home: for visitors as for attendees, and each in its turn.</summary>
public static class FeaturedSessions
{
    public const int Shown = 3;
    static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <summary>
    /// Those that content names, for as long as they aren't over, and those marked in the programme that begin within a week. When there are more than have room, the next ones come each hour, so that in the end each was
    /// shown as long as the others. By start; as long as times aren't public, those that content names only, by title.
    /// </summary>
    public static IReadOnlyList<ScheduleSession> Of(ConferenceSchedule schedule, IReadOnlyList<ScheduleSession> named, DateTimeOffset now)
    {
        var marked = schedule.Sessions.Where(s => s.Featured && s is { IsPublic: true, TimesArePublic: true } && s.Slots.Any(t => t.End > now && t.Start <= now + Ahead));
        var all = named.Where(s => s.Slots.IsEmpty || !s.TimesArePublic || s.Slots.Any(t => t.End > now)).Concat(marked).Distinct().OrderBy(s => s.Id).ToArray();
        var turn = all.Length <= Shown ? 0 : (int)(now.ToUnixTimeSeconds() / 3600 * Shown % all.Length);
        return [.. all.Skip(turn).Concat(all.Take(turn)).Take(Shown).OrderBy(s => s.TimesArePublic ? s.First?.Start ?? DateTimeOffset.MaxValue : DateTimeOffset.MaxValue).ThenBy(s => s.Title, StringComparer.Ordinal)];
    }
}
