using System.Text.Json;
using App.Features.Events.Contracts;
using App.Features.Live.Metrics;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Push;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <param name="What">An announcement, or a session.</param>
/// <param name="SlotId">Given: a reminder of that slot of the session.</param>
public sealed record RingBrowser(Guid Browser, Guid EventId, Guid What, Guid? SlotId);

/// <summary>Rings one browser, unless there is nothing to say any more. A service that is busy or away is asked again later, by the bus; a mailbox that is gone is forgotten.</summary>
[Lane(Lanes.Mail)]
public static class RingBrowserHandler
{
    static readonly TimeSpan Lives = TimeSpan.FromMinutes(30);

    public static async Task Handle(RingBrowser message, DocumentSession db, Browsers browsers, ReminderWords reminders, WebPush push, Counters counters, TimeProvider clock, CancellationToken ct)
    {
        if (await browsers.Find(message.Browser, ct) is not { } browser) return;
        var said = message.SlotId is { } slot ? await reminders.Of(message.EventId, message.What, slot, ct) : await Of(message, reminders, db, clock, ct);
        if (said is null) return;
        var answer = await push.Send(browser.Target, JsonSerializer.SerializeToUtf8Bytes(said, LiveJson.Default.Ring), Lives, urgent: true, ct);
        counters.Count(message.EventId, (message.SlotId is null, answer == PushAnswer.Taken) switch { (true, true) => "deed/announced", (true, false) => "deed/not-announced", (false, true) => "deed/rung", _ => "deed/not-rung" });
        if (answer != PushAnswer.Gone) return;
        await browsers.Forget(browser.Id, ct);
        if (message.SlotId is { } unheard) await ByMail(message, browser.Person, unheard, db, browsers, ct);
    }

    /// <summary>Nobody has heard the reminder: whoever wants them by mail where there is no browser gets it so.</summary>
    static async Task ByMail(RingBrowser message, Guid person, Guid slot, DocumentSession db, Browsers browsers, CancellationToken ct)
    {
        if ((await browsers.Of(message.EventId, person, ct)).Count > 0) return;
        var (wanted, _) = await db.Fold<Reminders>(Reminders.StreamOf(message.EventId, person), ct);
        if (wanted.ByMail) db.Outbox.Publish(new MailReminder(message.EventId, person, message.What, slot));
    }

    static async Task<Ring?> Of(RingBrowser message, ReminderWords words, QuerySession db, TimeProvider clock, CancellationToken ct) =>
        await Announced.Find(message.EventId, message.What, db, clock, ct) is { } announcement && await words.Page(message.EventId, ct) is { } page
            ? new(announcement.Words.Title, announcement.Words.Text.Length > 300 ? announcement.Words.Text[..300] + "…" : announcement.Words.Text, $"{page.Page}/announcements", $"announcement-{announcement.Id:N}") : null;
}

/// <summary>What the service worker shows (sw.js).</summary>
/// <param name="Tag">The same again takes the place of the first.</param>
public sealed record Ring(string Title, string Body, string Url, string Tag);

public sealed record MailReminder(Guid EventId, Guid Person, Guid SessionId, Guid SlotId);

[Lane(Lanes.Mail)]
public static class MailReminderHandler
{
    public static async Task Handle(MailReminder message, DocumentSession db, ReminderWords reminders, LiveMails mails, Mailer mailer, CancellationToken ct)
    {
        if (await AttendeeList.Find(message.Person, db, ct) is not { } attendee || await reminders.Of(message.EventId, message.SessionId, message.SlotId, ct) is not { } said) return;
        if (await mails.Reminder(said, message.SlotId, attendee, ct) is { } mail) await mailer.Send(mail, ct);
    }
}

/// <summary>A session's reminder in words: null once it has begun, was cancelled or is shown no more.</summary>
public sealed class ReminderWords(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, TimeProvider clock)
{
    public async Task<ScheduleAddress?> Page(Guid eventId, CancellationToken ct) =>
        await events.Find(eventId) is { Published: true } e && await organizations.Find(e.OrganizationId, ct) is { } organizer ? new ScheduleAddress(organizer.Slug, e.Slug) : null;

    public async Task<Ring?> Of(Guid eventId, Guid sessionId, Guid slotId, CancellationToken ct)
    {
        if (await schedules.Find(eventId) is not { Visibility: ScheduleVisibility.Times } schedule || schedule.Session(sessionId) is not { IsPublic: true } session) return null;
        if (session.Slots.FirstOrDefault(s => s.Id == slotId) is not { } slot || slot.Start <= clock.GetUtcNow() || await Page(eventId, ct) is not { } page) return null;
        return new(session.Title, $"{new EventTime(slot.Start, schedule.Zone).Clock}{(slot.Room is { } room ? ", " + room.Name : "")}", page.Session(session), $"session-{slotId:N}");
    }
}
