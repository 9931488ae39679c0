using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Live;

public sealed record ReplanReminders(Guid EventId);

/// <summary>The schedule has changed: everybody who wants reminders is looked at once, however many sessions moved.</summary>
public static class ReplanRemindersHandler
{
    public static async Task Handle(ReplanReminders message, DocumentSession db, ScheduleCatalogue schedules, CancellationToken ct)
    {
        var people = await db.Query<Guid>("select person from live_reminded where event_id = $1", ct, message.EventId);
        if (people.Count == 0 || await schedules.FindFresh(message.EventId, ct) is not { } schedule) return;
        foreach (var person in people) db.Outbox.Publish(new PlanReminders(message.EventId, person, schedule.Version));
    }
}

/// <summary>Hears whatever moves sessions, takes them away or gives them back: confirmed anew, one is in people's schedules again where it was.</summary>
[Inline]
public static class ReplanHandler
{
    public static Task Handle(SessionMoved moved, DocumentSession db) => Soon(moved.ConferenceId, moved.At, db);
    public static Task Handle(SessionScheduled scheduled, DocumentSession db) => Soon(scheduled.ConferenceId, scheduled.At, db);
    public static Task Handle(SessionStated stated, DocumentSession db) => Soon(stated.ConferenceId, stated.At, db);
    public static Task Handle(SessionCancelled cancelled, DocumentSession db) => Soon(cancelled.ConferenceId, cancelled.At, db);
    public static Task Handle(ScheduleShown shown, DocumentSession db) => Soon(shown.ConferenceId, shown.At, db);

    static Task Soon(Guid eventId, DateTimeOffset at, DocumentSession db)
    {
        if (eventId != Guid.Empty) db.Outbox.Schedule(new ReplanReminders(eventId), at, $"reminders:{eventId:N}");
        return Task.CompletedTask;
    }
}
