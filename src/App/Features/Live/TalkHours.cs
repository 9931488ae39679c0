using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;

namespace App.Features.Live;

/// <summary>When something may be done in a session. Pure.</summary>
/// <param name="Opens">The next time, where it is closed and will open.</param>
/// <param name="Ends">Where it is open and will close.</param>
public readonly record struct TalkHours(bool IsOpen, DateTimeOffset? Opens, DateTimeOffset? Ends)
{
    static readonly TimeSpan FeedbackLives = TimeSpan.FromDays(7);

    /// <summary>From some minutes before each slot until some after it.</summary>
    public static TalkHours OfQuestions(QuestionRule rule, ConferenceSchedule schedule, ScheduleSession session, DateTimeOffset now)
    {
        if (rule.Mode == QuestionMode.Off || !session.IsPublic) return default;
        return Of(Slots(schedule, session).Select(s => (rule.MinutesBefore is { } before ? s.Start.AddMinutes(-before) : DateTimeOffset.MinValue, s.End.AddMinutes(rule.MinutesAfter))), rule.MinutesBefore is null, now);
    }

    /// <summary>Whoever has heard half of it may say how it was, for a week.</summary>
    public static TalkHours OfFeedback(FeedbackFrom from, ConferenceSchedule schedule, ScheduleSession session, DateTimeOffset now) =>
        from == FeedbackFrom.Nobody || !session.IsPublic ? default : Of(Slots(schedule, session).Select(s => (s.Start + (s.End - s.Start) / 2, s.End + FeedbackLives)), untimed: false, now);

    /// <summary>Times that aren't public open nothing: the door would tell them.</summary>
    static IEnumerable<ScheduleSlot> Slots(ConferenceSchedule schedule, ScheduleSession session) => schedule.Visibility == ScheduleVisibility.Times ? session.Slots : [];

    /// <param name="untimed">Whether it is open where nothing is scheduled.</param>
    static TalkHours Of(IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> windows, bool untimed, DateTimeOffset now)
    {
        var all = windows.ToArray();
        if (all.Length == 0) return new(untimed, null, null);
        var open = all.Where(w => w.From <= now && now < w.Until).ToArray();
        if (open.Length > 0) return new(true, null, open.Max(w => w.Until));
        return new(false, all.Where(w => w.From > now).Select(w => (DateTimeOffset?)w.From).Min(), null);
    }
}
