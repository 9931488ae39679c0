using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>Something on a floor plan, put there or moved. A room stands in one place: put somewhere else, it is no longer where it was.</summary>
/// <param name="SpotId">Of a room its own id. Null: a new one, which is no room.</param>
/// <param name="Label">Of what is no room; empty: its kind says enough.</param>
/// <param name="X">Thousandths of the plan's width, from its left edge.</param>
/// <param name="Y">Thousandths of the plan's height, from its upper edge.</param>
public sealed record KeepSpot(Guid ConferenceId, Guid? SpotId, Guid PlanId, SpotKind Kind, string Label, int X, int Y);

public static class KeepSpotHandler
{
    const int Whole = 1000, Most = 300;

    public static async Task Handle(KeepSpot command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        stream.Append(Decide(command, command.SpotId ?? Ids.New(now), stream.State, now));
    }

    public static IEnumerable<object> Decide(KeepSpot command, Guid id, Conference conference, DateTimeOffset now)
    {
        var isRoom = command.Kind == SpotKind.Room;
        if (!conference.Plans.ContainsKey(command.PlanId)) throw new Refused("schedule.no-such-plan");
        if (isRoom && !conference.Rooms.ContainsKey(id)) throw new Refused("schedule.no-such-room");
        var had = conference.Spots.GetValueOrDefault(id);
        if (!isRoom && (command.SpotId is not null && had is null || had?.Kind == SpotKind.Room)) throw new Refused("schedule.no-such-spot");
        if (command.X is < 0 or > Whole || command.Y is < 0 or > Whole) throw new Refused("schedule.off-the-plan");
        if (had is null && conference.Spots.Values.Count(s => s.PlanId == command.PlanId) >= Most) throw new Refused("schedule.too-many-spots", Most);
        var wanted = new Spot(id, command.PlanId, command.Kind, isRoom ? "" : command.Label, command.X, command.Y, isRoom || command.Label.Length == 0 ? null : had?.Labels);
        return wanted == had ? [] : [new SpotSet(id, wanted.PlanId, wanted.Kind, wanted.Label, wanted.X, wanted.Y, now, wanted.Labels)];
    }
}

public sealed record RemoveSpot(Guid ConferenceId, Guid SpotId);

public static class RemoveSpotHandler
{
    public static async Task Handle(RemoveSpot command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        if (stream.State.Spots.ContainsKey(command.SpotId)) stream.Append(new SpotRemoved(command.SpotId, clock.GetUtcNow()));
    }
}
