using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <param name="QuestionId">Follows from the form that was filled in: sent twice, it is one question.</param>
public sealed record AskQuestion(Guid EventId, Guid SessionId, Guid QuestionId, Guid Author, string Name, string Text, bool IsAnonymous);

public static class AskQuestionHandler
{
    public const int Longest = 500, Often = 3;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static async Task Handle(AskQuestion command, DocumentSession db, ScheduleCatalogue schedules, HotStreams<TalkRules> rules, HotStreams<SessionQuestions> questions, TimeProvider clock, CancellationToken ct)
    {
        var rule = (await rules.Get(TalkRules.StreamOf(command.EventId))).State.Questions;
        if (await schedules.Find(command.EventId) is not { } schedule || schedule.Session(command.SessionId) is not { IsPublic: true } session) throw new Refused("schedule.no-such-session");
        if (!TalkHours.OfQuestions(rule, schedule, session, clock.GetUtcNow()).IsOpen) throw new Refused("questions.closed");
        var text = string.Join(' ', command.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length == 0) throw new Refused("questions.empty");
        if (text.Length > Longest) throw new Refused("questions.long", Longest);
        // Sent again it is the question that was asked, in its words: others may have been shown to a hall since.
        if (await db.Load<QuestionText>(command.QuestionId, ct) is not null) return;
        db.Store(new QuestionText(command.QuestionId, command.EventId, command.SessionId, command.Author, command.Name, command.IsAnonymous, text));
        db.Decide(await questions.Get(SessionQuestions.StreamOf(session.Id)), (state, now) => Decide(command, rule.Mode == QuestionMode.AtOnce, state, now));
    }

    public static Decision Decide(AskQuestion command, bool isShown, SessionQuestions state, DateTimeOffset now)
    {
        if (state.All.ContainsKey(command.QuestionId)) return Decision.Accept();
        if (state.All.Count >= SessionQuestions.Most) return Decision.Refuse("questions.enough");
        var lately = state.All.Values.Where(q => q.Author == command.Author && q.At > now - Window).OrderBy(q => q.At).ToArray();
        if (lately.Length >= Often) return Decision.Refuse("questions.too-often", (int)Math.Ceiling((lately[^Often].At + Window - now).TotalMinutes));
        return Decision.Accept(new QuestionAsked(command.EventId, command.SessionId, command.QuestionId, command.Author, isShown, now));
    }
}
