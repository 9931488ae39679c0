using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <summary>Whoever deleted themselves leaves no words here; what they voted for stays a number.</summary>
public static class EraseQuestionsHandler
{
    sealed record Asked(Guid Id, Guid SessionId);

    public static async Task Handle(AttendeeErased erased, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        foreach (var asked in await db.Query<Asked>("select id, (data ->> 'sessionId')::uuid as session_id from doc_question where author = $1", ct, erased.AttendeeId))
        {
            var stream = await db.FetchForWriting<SessionQuestions>(SessionQuestions.StreamOf(asked.SessionId), ct);
            stream.Append(new QuestionErased(erased.EventId, asked.SessionId, asked.Id, clock.GetUtcNow()));
            db.Delete<QuestionText>(asked.Id);
        }
    }
}
