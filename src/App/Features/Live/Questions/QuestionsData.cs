using System.Text.Json.Nodes;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <summary>What an attendee asked, and what they voted for.</summary>
public sealed class QuestionsData(ScheduleCatalogue schedules, HotStreams<SessionQuestions> questions, QuerySession db) : IAttendeeData
{
    public async Task<JsonObject> Of(Attendee attendee, CancellationToken ct)
    {
        var schedule = await schedules.Find(attendee.EventId);
        var asked = await db.LoadMany<QuestionText>(await db.Query<Guid>("select id from doc_question where author = $1 order by id", ct, attendee.Id), ct);
        var votes = new JsonArray();
        foreach (var session in await db.Query<Guid>("select distinct (data ->> 'sessionId')::uuid from doc_question where event_id = $1", ct, attendee.EventId))
            foreach (var question in (await questions.Get(SessionQuestions.StreamOf(session))).State.All.Values.Where(q => q.Votes.Contains(attendee.Id)))
                votes.Add((JsonNode)new JsonObject { ["question"] = question.Id, ["title"] = schedule?.Session(session)?.Title });
        return new()
        {
            ["questions"] = new JsonArray([.. asked.Select(q => (JsonNode)new JsonObject { ["question"] = q.Id, ["title"] = schedule?.Session(q.SessionId)?.Title, ["text"] = q.Text, ["name"] = q.Name, ["withoutName"] = q.IsAnonymous })]),
            ["votes"] = votes,
        };
    }
}
