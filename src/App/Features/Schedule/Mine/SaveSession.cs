using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

public sealed record SaveSession(Guid EventId, Guid Person, Guid SessionId);

public static class SaveSessionHandler
{
    public static async Task Handle(SaveSession command, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        if ((await schedules.Find(command.EventId))?.Session(command.SessionId) is not { IsPublic: true } session) throw new Refused("schedule.no-such-session");
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        stream.Append(Decide(command, session, stream.State, clock.GetUtcNow()));
    }

    /// <summary>Saving twice is saving once.</summary>
    public static IEnumerable<object> Decide(SaveSession command, ScheduleSession session, MySchedule mine, DateTimeOffset now)
    {
        if (mine.Saved.ContainsKey(session.Id)) return [];
        if (mine.Saved.Count >= MySchedule.Most) throw new Refused("my-schedule.full", MySchedule.Most);
        return [new SessionSaved(command.EventId, command.Person, session.Id, SlotsOf(session), now)];
    }

    /// <summary>As the person can know them: nothing as long as times aren't public.</summary>
    internal static SessionSlot[] SlotsOf(ScheduleSession session) => !session.TimesArePublic ? [] : [.. session.Slots.Select(s => new SessionSlot(s.Id, s.Room?.Id, s.Start, s.End))];
}

public sealed record UnsaveSession(Guid EventId, Guid Person, Guid SessionId);

public static class UnsaveSessionHandler
{
    public static async Task Handle(UnsaveSession command, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        if (!stream.State.Saved.ContainsKey(command.SessionId)) return;
        stream.Append(new SessionUnsaved(command.EventId, command.Person, command.SessionId, clock.GetUtcNow()));
        // Nobody keeps a place in a session that they took off their list.
        if ((await schedules.Find(command.EventId))?.Session(command.SessionId) is { Capacity: not null }) db.Outbox.Publish(new ReleasePlace(command.EventId, command.SessionId, command.Person));
    }
}

/// <summary>The person has read what is new about a session: it is as they know it from here on. One that was cancelled is let go of.</summary>
public sealed record SeeSessionNews(Guid EventId, Guid Person, Guid SessionId);

public static class SeeSessionNewsHandler
{
    public static async Task Handle(SeeSessionNews command, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var session = (await schedules.Find(command.EventId))?.Session(command.SessionId);
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        stream.Append(Decide(command, session, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(SeeSessionNews command, ScheduleSession? session, MySchedule mine, DateTimeOffset now)
    {
        if (!mine.Saved.ContainsKey(command.SessionId)) return [];
        return session is { IsPublic: true } ? [new SessionNewsSeen(command.EventId, command.Person, session.Id, SaveSessionHandler.SlotsOf(session), now)] : [new SessionUnsaved(command.EventId, command.Person, command.SessionId, now)];
    }
}
