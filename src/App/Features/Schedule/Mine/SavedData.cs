using System.Text.Json.Nodes;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>What an attendee saved, whom they follow, which addresses of it are open, and where they have a place or wait for one.</summary>
public sealed class SavedData(ScheduleCatalogue schedules, HotStreams<SessionPlaces> places, QuerySession db) : IAttendeeData
{
    public async Task<JsonObject> Of(Attendee attendee, CancellationToken ct)
    {
        var (mine, _) = await db.FoldFresh<MySchedule>(MySchedule.StreamOf(attendee.EventId, attendee.Id), ct);
        var schedule = await schedules.Find(attendee.EventId);
        return new()
        {
            ["savedSessions"] = new JsonArray([.. mine.Saved.OrderBy(s => s.Value.At).Select(s => (JsonNode)new JsonObject { ["session"] = s.Key, ["title"] = schedule?.Session(s.Key)?.Title, ["saved"] = s.Value.At })]),
            ["followedSpeakers"] = new JsonArray([.. mine.Followed.OrderBy(f => f.Value).Select(f => (JsonNode)new JsonObject { ["speaker"] = f.Key, ["name"] = schedule?.Speakers.FirstOrDefault(s => s.Id == f.Key)?.Name, ["since"] = f.Value })]),
            ["openAddresses"] = new JsonArray([.. Enum.GetValues<ScheduleLinkKind>().Where(k => mine.Link(k).IsOpen).Select(k => (JsonNode)k.ToString().ToLowerInvariant())]),
            ["places"] = await Places(attendee.Id, schedule),
        };
    }

    async Task<JsonArray> Places(Guid attendee, ConferenceSchedule? schedule)
    {
        var found = new JsonArray();
        foreach (var session in schedule?.SessionsById.Values.Where(s => s.Capacity is not null).OrderBy(s => s.Title, StringComparer.Ordinal) ?? Enumerable.Empty<ScheduleSession>())
        {
            var state = (await places.Get(SessionPlaces.StreamOf(session.Id))).State;
            if (state.Taken.Contains(attendee) || state.Waiting.Contains(attendee)) found.Add((JsonNode)new JsonObject { ["session"] = session.Id, ["title"] = session.Title, ["waits"] = !state.Taken.Contains(attendee) });
        }
        return found;
    }
}
