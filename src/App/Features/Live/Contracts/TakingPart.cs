using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Contracts;

/// <summary>What people may do in a session besides listening, for its page. Equal ones show the same.</summary>
/// <param name="Questions">There is a page for them, open or not.</param>
/// <param name="Feedback">It may be given now.</param>
/// <param name="Listen">Codes of the languages into which it is interpreted, with blanks between them.</param>
public sealed record TakePart(bool Questions, bool Feedback, string Listen)
{
    public static TakePart Nothing { get; } = new(false, false, "");

    public bool IsNothing => !Questions && !Feedback && Listen.Length == 0;
    public IReadOnlyList<string> Languages => Listen.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Asked by the session's page, from memory.</summary>
public sealed class TakingPart(HotStreams<TalkRules> rules)
{
    public async ValueTask<TakePart> Of(ConferenceSchedule schedule, ScheduleSession session, DateTimeOffset now)
    {
        var rule = (await rules.Get(TalkRules.StreamOf(schedule.Id))).State;
        return new(rule.Questions.Mode != QuestionMode.Off && session.IsPublic, TalkHours.OfFeedback(rule.Feedback, schedule, session, now).IsOpen,
            session.IsPublic ? string.Join(' ', rule.Of(session.Id).Select(c => c.Language)) : "");
    }
}
