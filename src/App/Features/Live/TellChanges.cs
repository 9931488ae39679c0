using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>What one commit changed about sessions that people may have on their lists: where and when a slot is, or that the session is off.</summary>
/// <param name="Slot">Null: the session is called off.</param>
/// <param name="New">It came onto somebody's list by itself: who speaks in it, whom they follow. Null: it was there.</param>
public sealed record ScheduleChange(ScheduleSession Session, ScheduleSlot? Slot, string? New = null)
{
    /// <summary>By session; nothing of what is over. What was changed again since is that later change's to tell.</summary>
    /// <param name="at">When it was changed.</param>
    public static IReadOnlyList<ScheduleChange> Of(ConferenceSchedule schedule, DateTimeOffset at, DateTimeOffset now) =>
    [
        .. schedule.Sessions.SelectMany(s => s.Slots.Where(t => t.Moved is { } was && was.At == at && (t.End > now || was.Start > now)).Select(t => new ScheduleChange(s, t))),
        .. schedule.Cancelled.Where(s => s.CancelledAt == at && (s.Slots.IsEmpty || s.Slots.Any(t => t.End > now))).Select(s => new ScheduleChange(s, null)),
    ];

    /// <summary>When somebody would stand there in vain, or miss it. Null: nobody knew a time.</summary>
    public DateTimeOffset? First => Slot is { Moved: { } was } slot ? was.Start < slot.Start ? was.Start : slot.Start : Session.First?.Start;
}

/// <param name="At">When it was changed: all of one commit is told at once.</param>
public sealed record TellChanges(Guid EventId, DateTimeOffset At);

/// <summary>One message for each person who has something on their list that was moved or called off. At night it waits for the morning, unless that would be too late.</summary>
public static class TellChangesHandler
{
    internal static readonly TimeSpan TooLate = TimeSpan.FromHours(2);

    sealed record Saver(Guid Person, Guid SessionId);

    internal static Task Soon(Guid eventId, DateTimeOffset at, DocumentSession db)
    {
        if (eventId != Guid.Empty) db.Outbox.Schedule(new TellChanges(eventId, at), at, $"changes:{eventId:N}:{at.UtcTicks}");
        return Task.CompletedTask;
    }

    public static async Task Handle(TellChanges message, DocumentSession db, EventCatalogue events, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        if (await events.Find(message.EventId) is not { Published: true } e || await schedules.FindFresh(message.EventId, ct) is not { Visibility: not ScheduleVisibility.Hidden } schedule) return;
        var now = clock.GetUtcNow();
        if (e.IsArchived(now)) return;
        var changes = ScheduleChange.Of(schedule, message.At, now).ToLookup(c => c.Session.Id);
        if (changes.Count == 0) return;
        var morning = QuietHours.After(now, e.TimeZone);
        foreach (var saver in (await db.Query<Saver>("select person, session_id from live_saved where session_id = any($1) order by person", ct, changes.Select(c => c.Key).ToArray())).GroupBy(s => s.Person))
        {
            var isUrgent = saver.SelectMany(s => changes[s.SessionId]).Any(c => c.First < morning + TooLate);
            db.Outbox.Schedule(new TellChange(message.EventId, saver.Key, message.At), isUrgent ? now : morning, $"change:{saver.Key:N}:{message.EventId:N}:{message.At.UtcTicks}");
        }
    }
}

[Inline]
public static class TellMovedHandler
{
    public static Task Handle(SessionMoved moved, DocumentSession db) => TellChangesHandler.Soon(moved.ConferenceId, moved.At, db);
}

[Inline]
public static class TellCancelledHandler
{
    public static Task Handle(SessionCancelled cancelled, DocumentSession db) => TellChangesHandler.Soon(cancelled.ConferenceId, cancelled.At, db);
}

/// <summary>A session of somebody whom they follow came onto their list: told as a change is, on the same ways and at the same hours. All that came at once is told at once.</summary>
[Inline]
public static class TellFollowedHandler
{
    public static async Task Handle(SessionSaved saved, DocumentSession db, EventCatalogue events, ScheduleCatalogue schedules, TimeProvider clock)
    {
        if (saved.Speaker is null || await events.Find(saved.EventId) is not { Published: true } e) return;
        var (now, starts) = (clock.GetUtcNow(), (await schedules.Find(saved.EventId))?.Session(saved.SessionId)?.First?.Start);
        var morning = QuietHours.After(now, e.TimeZone);
        db.Outbox.Schedule(new TellChange(saved.EventId, saved.Person, saved.At), starts < morning + TellChangesHandler.TooLate ? now : morning, $"change:{saved.Person:N}:{saved.EventId:N}:{saved.At.UtcTicks}");
    }
}

public sealed record TellChange(Guid EventId, Guid Person, DateTimeOffset At);

/// <summary>On the browsers that asked to be rung; where there is none, by mail to who wants reminders so.</summary>
public static class TellChangeHandler
{
    public static async Task Handle(TellChange message, DocumentSession db, Browsers browsers, TimeProvider clock, CancellationToken ct)
    {
        var rung = await browsers.Of(message.EventId, message.Person, ct);
        foreach (var browser in rung) db.Outbox.Publish(new RingChange(browser.Id, message.EventId, message.At));
        if (rung.Count == 0) await ByMail(message, clock.GetUtcNow(), db, ct);
    }

    /// <summary>Once, however many browsers were found gone.</summary>
    internal static async Task ByMail(TellChange message, DateTimeOffset at, DocumentSession db, CancellationToken ct)
    {
        var (wanted, _) = await db.Fold<Reminders>(Reminders.StreamOf(message.EventId, message.Person), ct);
        if (wanted is { AreOn: true, ByMail: true }) db.Outbox.Schedule(new MailChange(message.EventId, message.Person, message.At), at, $"mail-change:{message.Person:N}:{message.EventId:N}:{message.At.UtcTicks}");
    }
}
