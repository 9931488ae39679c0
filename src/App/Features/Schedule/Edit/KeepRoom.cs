using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>A conference without a source gets a schedule of its own.</summary>
public sealed record OpenSchedule(Guid ConferenceId, string Title, string TimeZone);

public static class OpenScheduleHandler
{
    public static async Task Handle(OpenSchedule command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        if (stream.State.Id != Guid.Empty) return;
        stream.Append(new ScheduleOpened(command.ConferenceId, now), new ConferenceDescribed(command.Title, "", command.TimeZone, 4 * 60, "", now));
    }
}

/// <param name="RoomId">Null: a new one.</param>
public sealed record KeepRoom(Guid ConferenceId, Guid? RoomId, string Name, string Description, int? Capacity)
{
    /// <summary>Null: it shall have none.</summary>
    public SchedulePicture? Picture { get; init; }
}

public static class KeepRoomHandler
{
    public static async Task Handle(KeepRoom command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, command.RoomId ?? Ids.New(clock.GetUtcNow()), stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(KeepRoom command, Guid id, Conference conference, DateTimeOffset now) => Room(command, id, conference, now).Concat(KeepPicture.Decide(id, command.Picture, conference, now));

    static IEnumerable<object> Room(KeepRoom command, Guid id, Conference conference, DateTimeOffset now)
    {
        if (conference.Id == Guid.Empty) throw new Refused("schedule.none");
        if (string.IsNullOrWhiteSpace(command.Name)) throw new Refused("schedule.name-missing");
        if (conference.Rooms.Values.Any(r => r.Id != id && string.Equals(r.Name, command.Name, StringComparison.OrdinalIgnoreCase))) throw new Refused("schedule.name-taken", command.Name);
        if (command.RoomId is not null && !conference.Rooms.ContainsKey(id)) throw new Refused("schedule.no-such-room");
        var had = conference.Rooms.GetValueOrDefault(id);
        if (had is not null && (had.Name, had.Description, had.Capacity) == (command.Name, command.Description, command.Capacity)) return [];
        var slug = had?.Slug ?? Slugs.Unique(command.Name, $"room-{Ids.Short(id, 6)}", conference.Rooms.Values.Select(r => r.Slug).ToHashSet(StringComparer.Ordinal));
        return [new RoomSet(id, had?.Key ?? "hand:" + id.ToString("N", CultureInfo.InvariantCulture), slug, command.Name, command.Description, command.Capacity, had?.Position ?? Next(conference.Rooms.Values.Select(r => r.Position)), ByHand: true, now, had?.Names, command.Description.Length > 0 ? had?.Descriptions : null)];
    }

    internal static int Next(IEnumerable<int> positions) => positions.DefaultIfEmpty(0).Max() + 1;
}

/// <summary>A track, a session type or a tag.</summary>
/// <param name="LabelId">Null: a new one.</param>
public sealed record KeepLabel(Guid ConferenceId, Guid? LabelId, LabelKind Kind, string Name);

public static class KeepLabelHandler
{
    public static async Task Handle(KeepLabel command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, command.LabelId ?? Ids.New(clock.GetUtcNow()), stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(KeepLabel command, Guid id, Conference conference, DateTimeOffset now)
    {
        if (conference.Id == Guid.Empty) throw new Refused("schedule.none");
        if (string.IsNullOrWhiteSpace(command.Name)) throw new Refused("schedule.name-missing");
        var kind = conference.Labels.Values.Where(l => l.Kind == command.Kind).ToArray();
        if (kind.Any(l => l.Id != id && string.Equals(l.Name, command.Name, StringComparison.OrdinalIgnoreCase))) throw new Refused("schedule.name-taken", command.Name);
        var had = Array.Find(kind, l => l.Id == id);
        if (command.LabelId is not null && had is null) throw new Refused("schedule.no-such-label");
        if (had?.Name == command.Name) return [];
        var slug = had?.Slug ?? Slugs.Unique(command.Name, $"label-{Ids.Short(id, 6)}", conference.Labels.Values.Where(l => l.Kind == command.Kind).Select(l => l.Slug).ToHashSet(StringComparer.Ordinal));
        return [new LabelSet(id, command.Kind, had?.Key ?? "hand:" + id.ToString("N", CultureInfo.InvariantCulture), slug, command.Name, had?.Description ?? "", had?.Color ?? "", had?.Position ?? KeepRoomHandler.Next(kind.Select(l => l.Position)), ByHand: true, now, had?.Names, had?.Descriptions)];
    }
}

/// <summary>Only what no session uses: a room that vanishes under a session would leave people in front of a wall.</summary>
public sealed record RemoveRoom(Guid ConferenceId, Guid RoomId);

public static class RemoveRoomHandler
{
    public static async Task Handle(RemoveRoom command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(RemoveRoom command, Conference conference, DateTimeOffset now)
    {
        if (!conference.Rooms.ContainsKey(command.RoomId)) return [];
        var used = conference.Sessions.Values.Count(s => s.State != SessionState.Cancelled && s.Slots.Any(slot => slot.RoomId == command.RoomId));
        return used > 0 ? throw new Refused("schedule.room-used", used) : [new RoomRemoved(command.RoomId, now)];
    }
}

/// <summary>A track, a type or a tag goes, and from every session that has it.</summary>
/// <param name="Used">In how many sessions whoever removes it knows it to be; one more since, and it is not taken away unseen.</param>
public sealed record RemoveLabel(Guid ConferenceId, Guid LabelId, int Used);

public static class RemoveLabelHandler
{
    public static async Task Handle(RemoveLabel command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(RemoveLabel command, Conference conference, DateTimeOffset now)
    {
        if (!conference.Labels.ContainsKey(command.LabelId)) return [];
        Session[] with = [.. conference.Sessions.Values.Where(s => Has(s, command.LabelId)).OrderBy(s => s.Id)];
        var used = with.Count(s => s.State != SessionState.Cancelled);
        if (used > command.Used) throw new Refused("schedule.label-used", used);
        return [.. with.Select(s => new SessionDescribed(s.Id, s.Slug, Without(s.Details, command.LabelId), s.Source, s.Hand, now, conference.Id)), new LabelRemoved(command.LabelId, now, ByHand: true)];
    }

    static bool Has(Session s, Guid label) => s.Details.Track == label || s.Details.Type == label || s.Details.Tags.Contains(label);

    static SessionDetails Without(SessionDetails d, Guid label) => d with { Track = d.Track == label ? null : d.Track, Type = d.Type == label ? null : d.Type, Tags = [.. d.Tags.Where(t => t != label)] };
}

/// <param name="RoomId">Null: everywhere.</param>
public sealed record AddBreak(Guid ConferenceId, string Title, Guid? RoomId, DateTimeOffset Start, DateTimeOffset End);

public static class AddBreakHandler
{
    public static async Task Handle(AddBreak command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        if (stream.State.Id == Guid.Empty) throw new Refused("schedule.none");
        if (string.IsNullOrWhiteSpace(command.Title)) throw new Refused("schedule.name-missing");
        if (command.End <= command.Start) throw new Refused("schedule.ends-before-start");
        if (command.RoomId is { } room && !stream.State.Rooms.ContainsKey(room)) throw new Refused("schedule.no-such-room");
        var id = Ids.New(now);
        stream.Append(new BreakSet(id, "hand:" + id.ToString("N", CultureInfo.InvariantCulture), command.Title, command.RoomId, command.Start, command.End, ByHand: true, now));
    }
}

public sealed record RemoveBreak(Guid ConferenceId, Guid BreakId);

public static class RemoveBreakHandler
{
    public static async Task Handle(RemoveBreak command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        if (stream.State.Breaks.ContainsKey(command.BreakId)) stream.Append(new BreakRemoved(command.BreakId, clock.GetUtcNow()));
    }
}
