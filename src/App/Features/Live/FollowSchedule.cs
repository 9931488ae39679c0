using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Live;

public sealed record ReplanReminders(Guid EventId);

/// <summary>The schedule has changed: everybody who wants reminders is looked at once, however many sessions moved.</summary>
public static class ReplanRemindersHandler
{
    internal static void Soon(Guid eventId, DocumentSession db, DateTimeOffset at)
    {
        if (eventId != Guid.Empty) db.Outbox.Schedule(new ReplanReminders(eventId), at, $"reminders:{eventId:N}");
    }

    public static async Task Handle(ReplanReminders message, DocumentSession db, ScheduleCatalogue schedules, CancellationToken ct)
    {
        var people = await db.Query<Guid>("select person from live_reminded where event_id = $1", ct, message.EventId);
        if (people.Count == 0 || await schedules.FindFresh(message.EventId, ct) is not { } schedule) return;
        foreach (var person in people) db.Outbox.Publish(new PlanReminders(message.EventId, person, schedule.Version));
    }
}

[Inline]
public static class ReplanMovedHandler
{
    public static Task Handle(SessionMoved moved, DocumentSession db)
    {
        ReplanRemindersHandler.Soon(moved.ConferenceId, db, moved.At);
        return Task.CompletedTask;
    }
}

[Inline]
public static class ReplanScheduledHandler
{
    public static Task Handle(SessionScheduled scheduled, DocumentSession db)
    {
        ReplanRemindersHandler.Soon(scheduled.ConferenceId, db, scheduled.At);
        return Task.CompletedTask;
    }
}

/// <summary>Confirmed anew, it is in people's schedules again where it was.</summary>
[Inline]
public static class ReplanStatedHandler
{
    public static Task Handle(SessionStated stated, DocumentSession db)
    {
        ReplanRemindersHandler.Soon(stated.ConferenceId, db, stated.At);
        return Task.CompletedTask;
    }
}

[Inline]
public static class ReplanCancelledHandler
{
    public static Task Handle(SessionCancelled cancelled, DocumentSession db)
    {
        ReplanRemindersHandler.Soon(cancelled.ConferenceId, db, cancelled.At);
        return Task.CompletedTask;
    }
}

[Inline]
public static class ReplanShownHandler
{
    public static Task Handle(ScheduleShown shown, DocumentSession db)
    {
        ReplanRemindersHandler.Soon(shown.ConferenceId, db, shown.At);
        return Task.CompletedTask;
    }
}
