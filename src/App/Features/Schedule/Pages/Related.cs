using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Pages;

/// <summary>Sessions that whoever reads one may like too: those its own people recommend, then by what they share, the same each time.</summary>
public static class Related
{
    const int Most = 3, Enough = 2;

    public static IReadOnlyList<ScheduleSession> Of(ConferenceSchedule schedule, ScheduleSession session)
    {
        var (tags, speakers) = (session.Tags.Select(t => t.Id).ToHashSet(), session.Speakers.Select(p => p.Id).ToHashSet());
        int Score(ScheduleSession s) => 4 * s.Speakers.Count(p => speakers.Contains(p.Id)) + 3 * s.Tags.Count(t => tags.Contains(t.Id)) + (s.Track is not null && s.Track == session.Track ? 2 : 0) + (s.Type is not null && s.Type == session.Type ? 1 : 0);
        TimeSpan Away(ScheduleSession s) => s.TimesArePublic && s.First is { } a && session.First is { } b ? (a.Start - b.Start).Duration() : TimeSpan.MaxValue;
        ScheduleSession[] recommended = [.. session.Recommended.Select(schedule.Session).OfType<ScheduleSession>().Where(s => s.IsPublic && s.Id != session.Id)];
        return [.. recommended, .. schedule.Sessions.Where(s => s.Id != session.Id && !recommended.Contains(s)).Select(s => (Session: s, Score: Score(s))).Where(s => s.Score >= Enough).OrderByDescending(s => s.Score).ThenBy(s => Away(s.Session)).ThenBy(s => s.Session.Title, StringComparer.Ordinal).Take(Math.Max(0, Most - recommended.Length)).Select(s => s.Session)];
    }
}
