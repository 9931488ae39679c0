using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <param name="What">An announcement, or a session.</param>
/// <param name="SlotId">Given: a reminder of that slot of the session.</param>
/// <param name="AtLeast">See <see cref="TellReminder"/>.</param>
public sealed record RingBrowser(Guid Browser, Guid EventId, Guid What, Guid? SlotId, int AtLeast = 0);

/// <summary>Rings one browser, unless there is nothing to say any more.</summary>
[Lane(Lanes.Mail)]
public static class RingBrowserHandler
{
    static readonly TimeSpan Lives = TimeSpan.FromMinutes(30);
    internal static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    public static async Task Handle(RingBrowser message, DocumentSession db, Browsers browsers, ReminderWords reminders, Bells bells, TimeProvider clock, CancellationToken ct)
    {
        if (await browsers.Find(message.Browser, ct) is not { } browser) return;
        using var spoken = (await reminders.LanguageOf(browser, db, ct)).Speak();
        var said = message.SlotId is { } slot ? (await reminders.Of(message.EventId, message.What, slot, message.AtLeast, ct))?.ToRing() : await Of(message, reminders, db, clock, ct);
        if (said is null) return;
        var (rung, not) = message.SlotId is null ? ("deed/announced", "deed/not-announced") : ("deed/rung", "deed/not-rung");
        if (!await bells.Ring(browser, said, Lives, rung, not, ct) && message.SlotId is { } unheard) await ByMail(message, browser.Person, unheard, db, browsers, clock.GetUtcNow(), ct);
    }

    /// <summary>Nobody has heard the reminder: whoever wants them by mail where there is no browser gets it so.</summary>
    static async Task ByMail(RingBrowser message, Guid person, Guid slot, DocumentSession db, Browsers browsers, DateTimeOffset now, CancellationToken ct)
    {
        if ((await browsers.Of(message.EventId, person, ct)).Count > 0) return;
        var (wanted, _) = await db.Fold<Reminders>(Reminders.StreamOf(message.EventId, person), ct);
        // In a moment: two browsers may be found gone at once, and one mail is enough.
        if (wanted.ByMail) db.Outbox.Schedule(new MailReminder(message.EventId, person, message.What, slot, message.AtLeast), now + Moment, $"mail-reminder:{slot:N}:{person:N}");
    }

    static async Task<Ring?> Of(RingBrowser message, ReminderWords words, QuerySession db, TimeProvider clock, CancellationToken ct) =>
        await Announced.Find(message.EventId, message.What, db, clock, ct) is { } announcement && await words.Page(message.EventId, ct) is { } page
            ? new(announcement.Words.Title, announcement.Words.Text.Length > 300 ? announcement.Words.Text[..300] + "…" : announcement.Words.Text, $"{page.Page}/announcements", $"announcement-{announcement.Id:N}") : null;
}

/// <summary>What the service worker shows (sw.js).</summary>
/// <param name="Tag">The same again takes the place of the first.</param>
/// <param name="Lang">Of the body, for who hears it read. Null: whatever an organizer wrote in.</param>
/// <param name="Dir"><c>ltr</c> or <c>rtl</c>; null: as the words are.</param>
public sealed record Ring(string Title, string Body, string Url, string Tag, string? Lang = null, string? Dir = null);

/// <summary>A session that begins soon, in the language that is spoken now.</summary>
/// <param name="Url">Its page, without our address.</param>
public sealed record ReminderSaid(string Title, string Body, string Url, string Tag, EventTime Starts)
{
    public Ring ToRing() => new(Title, Body, Url, Tag, Language.Current.Code, Language.Current.Direction);
}

/// <param name="AtLeast">See <see cref="TellReminder"/>.</param>
public sealed record MailReminder(Guid EventId, Guid Person, Guid SessionId, Guid SlotId, int AtLeast = 0);

[Lane(Lanes.Mail)]
public static class MailReminderHandler
{
    public static async Task Handle(MailReminder message, DocumentSession db, LiveMails mails, Mailer mailer, CancellationToken ct)
    {
        if (await AttendeeList.Find(message.Person, db, ct) is { } attendee && await mails.Reminder(message, attendee, ct) is { } mail) await mailer.Send(mail, ct);
    }
}

/// <summary>A session's reminder in words: null once it has begun, was cancelled or is shown no more.</summary>
public sealed class ReminderWords(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, Texts texts, TimeProvider clock)
{
    /// <summary>As it is read in the language that is spoken now.</summary>
    public async Task<ConferenceSchedule> Read(ConferenceSchedule schedule) => schedule.ReadIn(Language.Current.Code, (await events.Find(schedule.Id))?.Language.Code ?? "");

    public async Task<ScheduleAddress?> Page(Guid eventId, CancellationToken ct) =>
        await events.Find(eventId) is { Published: true } e && await organizations.Find(e.OrganizationId, ct) is { } organizer ? new ScheduleAddress(organizer.Slug, e.Slug) : null;

    /// <summary>What its owner chose, else of the page where it asked to be rung.</summary>
    public async Task<Language> LanguageOf(RingingBrowser browser, QuerySession db, CancellationToken ct)
    {
        var (asked, usual) = (Language.Find(browser.Language), (await events.Find(browser.EventId))?.Language ?? Language.English);
        return (await AttendeeList.Find(browser.Person, db, ct))?.ReadsIn(usual, asked) ?? asked ?? usual;
    }

    /// <param name="atLeast">The schedule's version by which it is due: an older one in memory may still say that the session is off.</param>
    public async Task<ReminderSaid?> Of(Guid eventId, Guid sessionId, Guid slotId, int atLeast, CancellationToken ct)
    {
        if (await schedules.FindAtLeast(eventId, atLeast, ct) is not { Visibility: ScheduleVisibility.Times } found || await Read(found) is not { } schedule || schedule.Session(sessionId) is not { IsPublic: true } session) return null;
        if (session.Slots.FirstOrDefault(s => s.Id == slotId) is not { } slot || slot.Start <= clock.GetUtcNow() || await Page(eventId, ct) is not { } page) return null;
        var starts = new EventTime(slot.Start, schedule.Zone);
        return new(session.Title, texts.Of("live.begins", starts.Clock) + (slot.Room is { } room ? Language.Current.Comma + room.Name : ""), page.Session(session), $"session-{slotId:N}", starts);
    }
}
