using System.Text.Json.Nodes;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Feedback;

/// <summary>How an attendee found sessions.</summary>
public sealed class FeedbackData(ScheduleCatalogue schedules, QuerySession db) : IAttendeeData
{
    public async Task<JsonObject> Of(Attendee attendee, CancellationToken ct)
    {
        var schedule = await schedules.Find(attendee.EventId);
        var given = await db.LoadMany<SessionFeedback>(await db.Query<Guid>("select id from doc_feedback where person = $1 order by id", ct, attendee.Id), ct);
        return new()
        {
            ["feedback"] = new JsonArray([.. given.Select(f => (JsonNode)new JsonObject { ["session"] = f.SessionId, ["title"] = schedule?.Session(f.SessionId)?.Title, ["stars"] = f.Stars, ["comment"] = f.Comment, ["at"] = DateTimeOffset.FromUnixTimeMilliseconds(f.AtMs) })]),
        };
    }
}
