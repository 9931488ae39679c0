using System.Collections.Immutable;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>Who has a place in a session with a capacity, and who waits, first come first. One hot stream a session: thousands may want the last place at once.</summary>
public sealed record SessionPlaces(Guid SessionId) : IEventSourced<SessionPlaces>
{
    public static SessionPlaces Empty { get; } = new(Guid.Empty);

    public static Guid StreamOf(Guid sessionId) => Ids.From(sessionId, "places");

    public ImmutableHashSet<Guid> Taken { get; init; } = [];
    public ImmutableList<Guid> Waiting { get; init; } = [];

    public static SessionPlaces Evolve(SessionPlaces s, object fact) => fact switch
    {
        PlaceTaken e => s with { SessionId = e.SessionId, Taken = s.Taken.Add(e.Person), Waiting = s.Waiting.Remove(e.Person) },
        PlaceReleased e => s with { Taken = s.Taken.Remove(e.Person) },
        WaitingJoined e => s with { SessionId = e.SessionId, Waiting = s.Waiting.Add(e.Person) },
        WaitingLeft e => s with { Waiting = s.Waiting.Remove(e.Person) },
        _ => s,
    };

    /// <summary>A place for each who waits, as far as there are places: appended to whatever made one free.</summary>
    internal IEnumerable<object> Promoted(Guid eventId, Guid sessionId, int capacity, DateTimeOffset now) =>
        Waiting.Take(Math.Max(0, capacity - Taken.Count)).Select(p => new PlaceTaken(eventId, sessionId, p, Waited: true, now));
}

/// <summary>A place, or a place in the queue where there is none.</summary>
public sealed record TakePlace(Guid EventId, Guid SessionId, Guid AttendeeId);

public static class TakePlaceHandler
{
    public static async Task Handle(TakePlace command, DocumentSession db, EventCatalogue events, ScheduleCatalogue schedules, HotStreams<SessionPlaces> places, TimeProvider clock, CancellationToken ct)
    {
        if (await events.IsArchived(command.EventId, clock.GetUtcNow())) throw new Refused("schedule.archived");
        if ((await schedules.Find(command.EventId))?.Session(command.SessionId) is not { IsPublic: true } session) throw new Refused("schedule.no-such-session");
        if (session.Capacity is not { } capacity) throw new Refused("schedule.no-sign-up");
        var mine = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.AttendeeId), ct);
        mine.Append(SaveSessionHandler.Decide(new(command.EventId, command.AttendeeId, session.Id), session, mine.State, clock.GetUtcNow()));
        db.Decide(await places.Get(SessionPlaces.StreamOf(session.Id)), (state, now) => Decide(command, capacity, state, now));
    }

    /// <summary>Whoever waits comes first, also when a place is free this moment.</summary>
    public static Decision Decide(TakePlace command, int capacity, SessionPlaces state, DateTimeOffset now)
    {
        if (state.Taken.Contains(command.AttendeeId) || state.Waiting.Contains(command.AttendeeId)) return Decision.Accept();
        var promoted = state.Promoted(command.EventId, command.SessionId, capacity, now).ToArray();
        var free = state.Taken.Count + promoted.Length < capacity;
        return Decision.Accept([.. promoted, free ? new PlaceTaken(command.EventId, command.SessionId, command.AttendeeId, Waited: false, now) : new WaitingJoined(command.EventId, command.SessionId, command.AttendeeId, now)]);
    }
}

/// <summary>Gives a place back, or leaves the queue; the first who waits has the place in the same commit.</summary>
public sealed record ReleasePlace(Guid EventId, Guid SessionId, Guid AttendeeId);

public static class ReleasePlaceHandler
{
    public static async Task Handle(ReleasePlace command, DocumentSession db, ScheduleCatalogue schedules, HotStreams<SessionPlaces> places)
    {
        var capacity = (await schedules.Find(command.EventId))?.Session(command.SessionId) is { IsPublic: true } session ? session.Capacity ?? 0 : 0;
        db.Decide(await places.Get(SessionPlaces.StreamOf(command.SessionId)), (state, now) => Decide(command, capacity, state, now));
    }

    public static Decision Decide(ReleasePlace command, int capacity, SessionPlaces state, DateTimeOffset now)
    {
        if (state.Waiting.Contains(command.AttendeeId)) return Decision.Accept(new WaitingLeft(command.EventId, command.SessionId, command.AttendeeId, now));
        if (!state.Taken.Contains(command.AttendeeId)) return Decision.Accept();
        var released = new PlaceReleased(command.EventId, command.SessionId, command.AttendeeId, now);
        return Decision.Accept([released, .. SessionPlaces.Evolve(state, released).Promoted(command.EventId, command.SessionId, capacity, now)]);
    }
}

/// <summary>Gives what a larger room has free to who waits.</summary>
public sealed record GivePlaces(Guid EventId, Guid SessionId);

public static class GivePlacesHandler
{
    public static async Task Handle(GivePlaces command, DocumentSession db, ScheduleCatalogue schedules, HotStreams<SessionPlaces> places, CancellationToken ct)
    {
        if ((await schedules.FindFresh(command.EventId, ct))?.Session(command.SessionId) is not { IsPublic: true, Capacity: { } capacity }) return;
        db.Decide(await places.Get(SessionPlaces.StreamOf(command.SessionId)), (state, now) => Decision.Accept([.. state.Promoted(command.EventId, command.SessionId, capacity, now)]));
    }
}

/// <summary>A session that was described anew may have more places than before.</summary>
[Inline]
public static class HearCapacityHandler
{
    public static Task Handle(SessionDescribed described, DocumentSession db)
    {
        if (described.Details.Capacity is not null && described.ConferenceId != Guid.Empty) db.Outbox.Publish(new GivePlaces(described.ConferenceId, described.SessionId));
        return Task.CompletedTask;
    }
}

/// <summary>Who has no access any more keeps no place from others.</summary>
public static class ReleasePlacesHandler
{
    public static async Task Handle(AttendeeAccessEnded ended, DocumentSession db, CancellationToken ct)
    {
        if (ended.HasAccess) return;
        var (mine, _) = await db.FoldFresh<MySchedule>(MySchedule.StreamOf(ended.EventId, ended.AttendeeId), ct);
        foreach (var session in mine.Saved.Keys.Order()) db.Outbox.Publish(new ReleasePlace(ended.EventId, session, ended.AttendeeId));
    }
}
