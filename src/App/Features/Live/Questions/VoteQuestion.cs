using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <summary>Says what a person wants, not "the other way round": pressed twice, it counts once.</summary>
/// <param name="On">Their vote, or none.</param>
public sealed record VoteQuestion(Guid EventId, Guid SessionId, Guid QuestionId, Guid Person, bool On);

public static class VoteQuestionHandler
{
    public static async Task Handle(VoteQuestion command, DocumentSession db, ScheduleCatalogue schedules, HotStreams<TalkRules> rules, HotStreams<SessionQuestions> questions, TimeProvider clock)
    {
        var rule = (await rules.Get(TalkRules.StreamOf(command.EventId))).State.Questions;
        if (await schedules.Find(command.EventId) is not { } schedule || schedule.Session(command.SessionId) is not { IsPublic: true } session) throw new Refused("schedule.no-such-session");
        if (!TalkHours.OfQuestions(rule, schedule, session, clock.GetUtcNow()).IsOpen) throw new Refused("questions.closed");
        db.Decide(await questions.Get(SessionQuestions.StreamOf(session.Id)), (state, now) => Decide(command, state, now));
    }

    public static Decision Decide(VoteQuestion command, SessionQuestions state, DateTimeOffset now)
    {
        if (state.All.GetValueOrDefault(command.QuestionId) is not { State: QuestionState.Shown } question) return Decision.Refuse("questions.gone");
        if (question.Votes.Contains(command.Person) == command.On) return Decision.Accept();
        return Decision.Accept(command.On ? new QuestionVoted(command.EventId, command.SessionId, question.Id, command.Person, now) : new QuestionUnvoted(command.EventId, command.SessionId, question.Id, command.Person, now));
    }
}
