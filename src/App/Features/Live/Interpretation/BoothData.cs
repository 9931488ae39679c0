using System.Text.Json.Nodes;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live.Interpretation;

/// <summary>How an interpreter is called in booths, and what they wrote there.</summary>
public sealed class BoothData(QuerySession db) : IAttendeeData
{
    public async Task<JsonObject> Of(Attendee attendee, CancellationToken ct)
    {
        var messages = await db.LoadMany<BoothMessage>(await db.Query<Guid>("select id from doc_booth_message where person = $1 order by id", ct, attendee.Id), ct);
        return new()
        {
            ["nameInBooths"] = (await db.Load<BoothName>(attendee.Id, ct))?.Name,
            ["boothMessages"] = new JsonArray([.. messages.Select(m => (JsonNode)new JsonObject { ["text"] = m.Text, ["at"] = m.At })]),
        };
    }
}
