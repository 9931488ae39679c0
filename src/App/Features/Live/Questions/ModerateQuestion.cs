using App.Features.Live.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <summary>Pin: it is being answered now. Unpin: not any more, and not answered either.</summary>
public enum QuestionDeed { Show, Hide, Answer, Pin, Unpin }

/// <param name="By">Who moderates; whether they may is the page's to ask.</param>
public sealed record ModerateQuestion(Guid EventId, Guid SessionId, Guid QuestionId, QuestionDeed Deed, Guid By);

public static class ModerateQuestionHandler
{
    public static async Task Handle(ModerateQuestion command, DocumentSession db, HotStreams<SessionQuestions> questions) =>
        db.Decide(await questions.Get(SessionQuestions.StreamOf(command.SessionId)), (state, now) => Decide(command, state, now));

    /// <summary>Two moderators may press the same; what is so already is not written again.</summary>
    public static Decision Decide(ModerateQuestion command, SessionQuestions state, DateTimeOffset now)
    {
        if (state.All.GetValueOrDefault(command.QuestionId) is not { } question) return Decision.Refuse("questions.gone");
        var (e, s, id, by) = (command.EventId, command.SessionId, question.Id, command.By);
        return command.Deed switch
        {
            QuestionDeed.Show when question.State != QuestionState.Shown => Decision.Accept(new QuestionShown(e, s, id, by, now)),
            QuestionDeed.Hide when question.State != QuestionState.Hidden => Decision.Accept(new QuestionHidden(e, s, id, by, now)),
            QuestionDeed.Answer when question.State != QuestionState.Answered => Decision.Accept(new QuestionAnswered(e, s, id, by, now)),
            QuestionDeed.Pin when state.Pinned != id => Decision.Accept([.. question.State == QuestionState.Shown ? Array.Empty<object>() : [new QuestionShown(e, s, id, by, now)], new QuestionPinned(e, s, id, by, now)]),
            QuestionDeed.Unpin when state.Pinned == id => Decision.Accept(new QuestionPinned(e, s, null, by, now)),
            _ => Decision.Accept(),
        };
    }
}
