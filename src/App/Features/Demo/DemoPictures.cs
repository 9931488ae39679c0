using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Edit;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Demo;

/// <summary>Pictures of some sessions and rooms, and the plan of a house that there isn't (content/demo/pictures), given as an organizer gives them.</summary>
static class DemoPictures
{
    const string Plan = "Ground floor, drawn for this demo";

    static readonly (int Number, string File, string Alt)[] Sessions =
    [
        (3023, "lanterns", "Rings of orange and red light over a dark ground, like lanterns seen from below."), (2332, "tiles-night", "Small tiles in green, yellow and pink on black: quarters, dots and stripes."),
        (3553, "hills-dawn", "Hills one behind the other under a low red sun."), (3362, "tiles-green", "Arcs and dots in green, orange and yellow, laid like tiles."), (3595, "rings-sea", "Sea-green and orange rings, one behind the other."),
        (3615, "tiles-blue", "Large tiles in blue and coral: half circles and leaves."), (1702, "hills-night", "Night hills in blue and green under a pale moon."), (2850, "rings-plum", "Plum and pink rings on a pale ground."),
    ];

    static readonly (string Room, string File, string Alt)[] Rooms = [("Janson", "tiles-green", "Arcs and dots in green, orange and yellow, laid like tiles."), ("K.1.105 (La Fontaine)", "rings-sea", "Sea-green and orange rings, one behind the other.")];

    static readonly (string Room, int X, int Y)[] Places =
    [
        ("Janson", 219, 300), ("K.1.105 (La Fontaine)", 456, 280), ("H.1301 (Cornil)", 644, 280), ("H.1302 (Depage)", 831, 280), ("H.2215 (Ferrer)", 169, 720), ("H.1308 (Rolin)", 356, 720), ("H.1309 (Van Rijn)", 644, 720), ("AW1.120", 831, 720),
    ];

    static readonly (SpotKind Kind, string Label, int X, int Y)[] Others =
    [
        (SpotKind.Entrance, "", 105, 500), (SpotKind.Info, "Desk", 190, 490), (SpotKind.Cloakroom, "", 300, 500), (SpotKind.Toilets, "", 400, 500), (SpotKind.Food, "Café", 510, 490), (SpotKind.Lift, "", 500, 640), (SpotKind.FirstAid, "", 720, 500), (SpotKind.QuietRoom, "", 870, 500),
    ];

    public static async Task Hang(Guid organizationId, Guid eventId, DocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var stream = await session.FetchForWriting<Conference>(Conference.StreamOf(eventId), ct);
        var (state, now) = (stream.State, clock.GetUtcNow());
        foreach (var (number, file, alt) in Sessions)
            if (state.Sessions.Values.FirstOrDefault(s => s.Source.Number == number) is { } s) stream.Append(KeepPicture.Decide(s.Id, await Picture(file, alt), state, now));
        foreach (var (name, file, alt) in Rooms)
            if (RoomOf(name) is { } room) stream.Append(KeepPicture.Decide(room, await Picture(file, alt), state, now));
        if (!state.Plans.IsEmpty) return;
        var planId = Ids.From(eventId, "demo-plan");
        stream.Append(KeepPlanHandler.Decide(new(eventId, null, Plan, await Picture("ground-floor", "A long house with four halls on each side of a corridor, entrances at both ends and stairs in the middle.")), planId, state, now));
        foreach (var (name, x, y) in Places)
            if (RoomOf(name) is { } room) stream.Append(new SpotSet(room, planId, SpotKind.Room, "", x, y, now));
        foreach (var (kind, label, x, y) in Others) stream.Append(new SpotSet(Ids.From(planId, kind.ToString()), planId, kind, label, x, y, now));

        Guid? RoomOf(string name) => state.Rooms.Values.FirstOrDefault(r => r.Name == name)?.Id;

        async Task<SchedulePicture> Picture(string file, string alt)
        {
            var kept = await AddPictureHandler.Handle(new(organizationId, Read(file)), session, clock, ct);
            return new(kept.Address, alt, kept.Width, kept.Height);
        }
    }

    static byte[] Read(string file)
    {
        using var from = typeof(DemoPictures).Assembly.GetManifestResourceStream($"demo/pictures/{file}.png")!;
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }
}
