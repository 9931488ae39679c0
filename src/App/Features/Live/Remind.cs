using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Live;

public sealed record WantReminders(Guid EventId, Guid Person, int Minutes, bool ByMail);

public static class WantRemindersHandler
{
    public static async Task Handle(WantReminders command, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        if (!Reminders.Choices.Contains(command.Minutes)) throw new Refused("live.no-such-reminder");
        var (stream, now) = (await db.FetchForWriting<Reminders>(Reminders.StreamOf(command.EventId, command.Person), ct), clock.GetUtcNow());
        if ((stream.State.Minutes, stream.State.ByMail) != (command.Minutes, command.ByMail)) stream.Append(new RemindersWanted(command.EventId, command.Person, command.Minutes, command.ByMail, now));
        await db.Execute(command.Minutes > 0 ? "insert into live_reminded (event_id, person) values ($1, $2) on conflict do nothing" : "delete from live_reminded where event_id = $1 and person = $2", ct, command.EventId, command.Person);
        await ReminderPlan.Append(stream, command.EventId, command.Person, await schedules.Find(command.EventId), db, now, ct);
    }
}

/// <summary>The next reminder's message, planned with the fact that makes it necessary.</summary>
static class ReminderPlan
{
    public static async Task Append(EventStream<Reminders> stream, Guid eventId, Guid person, ConferenceSchedule? schedule, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (!stream.State.AreOn) return;
        foreach (var plan in stream.State.Next(eventId, person, schedule, await SavedSessions.Of(eventId, person, db, ct), now))
        {
            stream.Append(plan);
            db.Outbox.Schedule(new Remind(eventId, person, plan.Plan, schedule!.Version), plan.Due);
        }
    }
}

/// <param name="AtLeast">The schedule's version that made this necessary.</param>
public sealed record PlanReminders(Guid EventId, Guid Person, int AtLeast);

public static class PlanRemindersHandler
{
    public static async Task Handle(PlanReminders message, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Reminders>(Reminders.StreamOf(message.EventId, message.Person), ct);
        if (!stream.State.AreOn) return;
        await ReminderPlan.Append(stream, message.EventId, message.Person, await schedules.FindAtLeast(message.EventId, message.AtLeast, ct), db, clock.GetUtcNow(), ct);
    }
}

/// <param name="Plan">Another one than the stream's is over.</param>
/// <param name="AtLeast">The schedule's version that it was planned with: an older one may not know yet what made it necessary.</param>
public sealed record Remind(Guid EventId, Guid Person, int Plan, int AtLeast = 0);

/// <summary>Decides again what is due now, from the schedule and the list as they are now: what was moved waits for its new time, what was taken off the list or cancelled is no more. The stream's version lets it happen once.</summary>
public static class RemindHandler
{
    public static async Task Handle(Remind message, DocumentSession db, EventCatalogue events, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var (stream, now) = (await db.FetchForWriting<Reminders>(Reminders.StreamOf(message.EventId, message.Person), ct), clock.GetUtcNow());
        if (stream.State.Plan != message.Plan || !stream.State.AreOn || await events.IsArchived(message.EventId, now)) return;
        var (schedule, saved) = (await schedules.FindAtLeast(message.EventId, message.AtLeast, ct), await SavedSessions.Of(message.EventId, message.Person, db, ct));
        foreach (var (session, slot, _) in stream.State.Open(schedule, saved, now).Where(o => o.Due <= now).ToArray())
        {
            stream.Append(new Reminded(message.EventId, message.Person, session.Id, slot.Id, slot.Start, now));
            db.Outbox.Publish(new TellReminder(message.EventId, message.Person, session.Id, slot.Id, schedule!.Version));
        }
        await ReminderPlan.Append(stream, message.EventId, message.Person, schedule, db, now, ct);
    }
}

/// <param name="AtLeast">The schedule's version by which it is due.</param>
public sealed record TellReminder(Guid EventId, Guid Person, Guid SessionId, Guid SlotId, int AtLeast = 0);

/// <summary>On the browsers that asked to be rung; where there is none, by mail if it is wanted.</summary>
public static class TellReminderHandler
{
    public static async Task Handle(TellReminder message, DocumentSession db, Browsers browsers, CancellationToken ct)
    {
        var rung = await browsers.Of(message.EventId, message.Person, ct);
        foreach (var browser in rung) db.Outbox.Publish(new RingBrowser(browser.Id, message.EventId, message.SessionId, message.SlotId, message.AtLeast));
        if (rung.Count > 0) return;
        var (wanted, _) = await db.Fold<Reminders>(Reminders.StreamOf(message.EventId, message.Person), ct);
        if (wanted.ByMail) db.Outbox.Publish(new MailReminder(message.EventId, message.Person, message.SessionId, message.SlotId, message.AtLeast));
    }
}

/// <summary>A session on the list of somebody who wants reminders.</summary>
public static class RemindOfSavedHandler
{
    public static async Task Handle(SessionSaved saved, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Reminders>(Reminders.StreamOf(saved.EventId, saved.Person), ct);
        await ReminderPlan.Append(stream, saved.EventId, saved.Person, await schedules.Find(saved.EventId), db, clock.GetUtcNow(), ct);
    }
}

/// <summary>What a browser wanted before anybody signed in on it is its owner's wish from then on.</summary>
public static class TakeRemindersAlongHandler
{
    public static async Task Handle(AttendeeSignedIn signedIn, DocumentSession db, CancellationToken ct)
    {
        if (signedIn.Device is not { } device) return;
        var (before, _) = await db.Fold<Reminders>(Reminders.StreamOf(signedIn.EventId, device), ct);
        if (!before.AreOn) return;
        var (_, version) = await db.Fold<Reminders>(Reminders.StreamOf(signedIn.EventId, signedIn.AttendeeId), ct);
        db.Outbox.Publish(new WantReminders(signedIn.EventId, device, 0, false));
        if (version == 0) db.Outbox.Publish(new WantReminders(signedIn.EventId, signedIn.AttendeeId, before.Minutes, before.ByMail));
    }
}
