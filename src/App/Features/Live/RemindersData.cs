using System.Text.Json.Nodes;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>What an attendee wants to be reminded of and has been, on which browsers they are rung, and which announcements they were told.</summary>
public sealed class RemindersData(QuerySession db) : IAttendeeData
{
    sealed record Ringing(string Endpoint, DateTimeOffset CreatedAt);

    sealed record Told(Guid What, string Way, DateTimeOffset At);

    public async Task<JsonObject> Of(Attendee attendee, CancellationToken ct)
    {
        var (reminders, _) = await db.FoldFresh<Reminders>(Reminders.StreamOf(attendee.EventId, attendee.Id), ct);
        var browsers = await db.Query<Ringing>("select endpoint, created_at from live_browsers where person = $1 order by created_at", ct, attendee.Id);
        var told = await db.Query<Told>("select what, way, at from live_told where person = $1 order by at", ct, attendee.Id);
        return new()
        {
            ["reminders"] = new JsonObject { ["minutesBefore"] = reminders.Minutes, ["byMail"] = reminders.ByMail, ["given"] = new JsonArray([.. reminders.Said.OrderBy(s => s.Value).Select(s => (JsonNode)new JsonObject { ["slot"] = s.Key, ["start"] = s.Value })]) },
            ["rungBrowsers"] = new JsonArray([.. browsers.Select(b => (JsonNode)new JsonObject { ["address"] = b.Endpoint, ["since"] = b.CreatedAt })]),
            ["announcements"] = new JsonArray([.. told.Select(t => (JsonNode)new JsonObject { ["announcement"] = t.What, ["by"] = t.Way, ["at"] = t.At })]),
            ["noAnnouncementsByMail"] = await Announced.WantsNoMail(attendee.Id, db, ct),
        };
    }
}
