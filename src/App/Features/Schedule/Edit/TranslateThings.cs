using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>What rooms, tracks, types, tags, breaks, floor plans and places on them are called in one language.</summary>
/// <param name="Of">The conference's own language: in it is what nobody has said the language of.</param>
/// <param name="Texts">By the thing's id: its name and, of a room or label, what is said about it. Empty: nothing in this language. What isn't here stays as it is.</param>
public sealed record TranslateThings(Guid ConferenceId, string Language, string Of, IReadOnlyDictionary<Guid, (string Name, string Description)> Texts);

public static class TranslateThingsHandler
{
    public static async Task Handle(TranslateThings command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(TranslateThings command, Conference conference, DateTimeOffset now)
    {
        if (conference.Id == Guid.Empty) throw new Refused("schedule.none");
        foreach (var (id, (name, description)) in command.Texts.OrderBy(t => t.Key))
        {
            Translations? With(string text, Translations? had, string wanted) => text.Length == 0 || Translations.Is(had?.Of ?? command.Of, command.Language) ? had : Translations.With(had, command.Of, command.Language, wanted);
            if (conference.Rooms.TryGetValue(id, out var room) && room with { Names = With(room.Name, room.Names, name), Descriptions = With(room.Description, room.Descriptions, description) } is var said && said != room)
                yield return new RoomSet(id, room.Key, room.Slug, room.Name, room.Description, room.Capacity, room.Position, ByHand: true, now, said.Names, said.Descriptions);
            else if (conference.Labels.TryGetValue(id, out var label) && label with { Names = With(label.Name, label.Names, name), Descriptions = With(label.Description, label.Descriptions, description) } is var named && named != label)
                yield return new LabelSet(id, label.Kind, label.Key, label.Slug, label.Name, label.Description, label.Color, label.Position, ByHand: true, now, named.Names, named.Descriptions);
            else if (conference.Breaks.TryGetValue(id, out var pause) && With(pause.Title, pause.Titles, name) is var titles && titles != pause.Titles)
                yield return new BreakSet(id, pause.Key, pause.Title, pause.RoomId, pause.Start, pause.End, ByHand: true, now, titles);
            else if (conference.Plans.TryGetValue(id, out var plan) && With(plan.Name, plan.Names, name) is var names && names != plan.Names)
                yield return new PlanSet(id, plan.Slug, plan.Name, plan.Picture, plan.Position, now, names);
            else if (conference.Spots.TryGetValue(id, out var spot) && With(spot.Label, spot.Labels, name) is var called && called != spot.Labels)
                yield return new SpotSet(id, spot.PlanId, spot.Kind, spot.Label, spot.X, spot.Y, now, called);
        }
    }
}
