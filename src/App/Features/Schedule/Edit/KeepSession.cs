using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>A session as somebody wants it, new or changed. Answers its id. What they set stays theirs when a source is imported again.</summary>
/// <param name="SessionId">Null: a new one.</param>
/// <param name="Slots">All it shall have.</param>
/// <param name="NewSpeakers">Names of people the conference doesn't know yet.</param>
public sealed record KeepSession(Guid ConferenceId, Guid? SessionId, SessionDetails Details, SessionState State, IReadOnlyList<WantedSlot> Slots, IReadOnlyList<string> NewSpeakers)
{
    /// <summary>Null: it shall have none.</summary>
    public SchedulePicture? Picture { get; init; }

    /// <summary>The session as it was when somebody began to change it, by its number of changes: another one has been changed meanwhile, and is not written over unseen. Null: not asked.</summary>
    public int? Known { get; init; }

    /// <summary>Null: its links open as the conference's do.</summary>
    public LinkRule? LinkRule { get; init; }
}

public static class KeepSessionHandler
{
    public static async Task<Guid> Handle(KeepSession command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        if (stream.State.Id == Guid.Empty) throw new Refused("schedule.none");
        var speakers = await NewSpeakers(command, stream, db, now, ct);
        var id = command.SessionId ?? Ids.New(now);
        stream.Append(Decide(command with { Details = command.Details with { Speakers = [.. command.Details.Speakers, .. speakers] } }, id, stream.State, now));
        return id;
    }

    static async Task<IReadOnlyList<Guid>> NewSpeakers(KeepSession command, EventStream<Conference> stream, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (command.NewSpeakers.Count == 0) return [];
        var slugs = (await db.Query<string>("select data->>'slug' from doc_speaker where conference_id = $1", ct, command.ConferenceId)).ToHashSet(StringComparer.Ordinal);
        var ids = new List<Guid>();
        foreach (var name in command.NewSpeakers)
        {
            var id = Ids.New(now);
            db.Store(new Speaker(id, command.ConferenceId, [], Slugs.Unique(name, $"speaker-{Ids.Short(id, 6)}", slugs), name, "", "", "", [], 1, ByHand: true));
            stream.Append(new SpeakerSet(id, 1, now));
            ids.Add(id);
        }
        return ids;
    }

    public static IEnumerable<object> Decide(KeepSession command, Guid id, Conference conference, DateTimeOffset now) =>
        Session(command, id, conference, now).Concat(Links(command, id, conference, now)).Concat(KeepPicture.Decide(id, command.Picture, conference, now));

    static IEnumerable<object> Links(KeepSession command, Guid id, Conference conference, DateTimeOffset now) =>
        command.LinkRule == conference.Sessions.GetValueOrDefault(id)?.LinkRule ? [] : [new LinksRuled(id, command.LinkRule, now)];

    static IEnumerable<object> Session(KeepSession command, Guid id, Conference conference, DateTimeOffset now)
    {
        var had = command.SessionId is { } known ? conference.Sessions.GetValueOrDefault(known) ?? throw new Refused("schedule.no-such-session") : null;
        if (had is not null && command.Known is { } seen && seen != had.Sequence) throw new Refused("schedule.changed-meanwhile");
        Check(command, conference);
        if (had is null)
        {
            var slug = Slugs.Unique(command.Details.Title, $"session-{Ids.Short(id, 6)}", conference.Sessions.Values.Select(s => s.Slug).ToHashSet(StringComparer.Ordinal));
            yield return new SessionDescribed(id, slug, command.Details, SourceRef.ByHand, [.. SessionField.All.Select(f => f.Name)], now, conference.Id);
            if (command.State != SessionState.Confirmed) yield return new SessionStated(id, command.State, ByHand: true, now, conference.Id);
            if (command.Slots.Count > 0) yield return new SessionScheduled(conference.Id, id, SlotMatching.Match(new(id, slug, command.Details, SourceRef.ByHand, []), command.Slots), ByHand: true, now);
            yield break;
        }
        if (!SessionField.AreSame(had.Details, command.Details))
            yield return new SessionDescribed(had.Id, had.Slug, command.Details, had.Source, [.. had.Hand.Union(SessionField.Differing(had.Details, command.Details))], now, conference.Id);
        var slots = SlotMatching.Match(had, command.Slots);
        if (!SlotMatching.AreSame(had.Slots, slots)) yield return had.Slots.Length + had.Gone.Length == 0 ? new SessionScheduled(conference.Id, had.Id, slots, ByHand: true, now) : new SessionMoved(conference.Id, had.Id, slots, had.Slots, ByHand: true, now);
        if (had.State == command.State) yield break;
        yield return command.State == SessionState.Cancelled ? new SessionCancelled(conference.Id, had.Id, Vanished: false, ByHand: true, now) : new SessionStated(had.Id, command.State, ByHand: true, now, conference.Id);
    }

    static void Check(KeepSession command, Conference conference)
    {
        var details = command.Details;
        if (string.IsNullOrWhiteSpace(details.Title)) throw new Refused("schedule.title-missing");
        if (command.Slots.Any(s => s.End <= s.Start)) throw new Refused("schedule.ends-before-start");
        if (command.Slots.Any(s => s.RoomId is { } room && !conference.Rooms.ContainsKey(room))) throw new Refused("schedule.no-such-room");
        foreach (var label in details.Tags.Concat(new[] { details.Track, details.Type }.OfType<Guid>()))
            if (!conference.Labels.ContainsKey(label)) throw new Refused("schedule.no-such-label");
    }
}

/// <summary>One slot to another time and room, as long as it was.</summary>
public sealed record MoveSlot(Guid ConferenceId, Guid SessionId, Guid SlotId, Guid? RoomId, DateTimeOffset Start);

public static class MoveSlotHandler
{
    public static async Task Handle(MoveSlot command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(MoveSlot command, Conference conference, DateTimeOffset now)
    {
        var session = conference.Sessions.GetValueOrDefault(command.SessionId) ?? throw new Refused("schedule.no-such-session");
        var had = Array.Find(session.Slots, s => s.Id == command.SlotId) ?? throw new Refused("schedule.moved-meanwhile");
        if (command.RoomId is { } room && !conference.Rooms.ContainsKey(room)) throw new Refused("schedule.no-such-room");
        var moved = had with { RoomId = command.RoomId, Start = command.Start, End = command.Start + (had.End - had.Start) };
        return moved == had ? [] : [new SessionMoved(conference.Id, session.Id, [.. session.Slots.Select(s => s.Id == had.Id ? moved : s).OrderBy(s => s.Start).ThenBy(s => s.Id)], session.Slots, ByHand: true, now)];
    }
}
