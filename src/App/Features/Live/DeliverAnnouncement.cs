using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>What is shown on pages is there at once; what rings or mails waits for its time and for the morning.</summary>
public static class PlanDeliveryHandler
{
    public static async Task Handle(AnnouncementPublished published, DocumentSession db, EventCatalogue events, CancellationToken ct)
    {
        var (board, _) = await db.FoldFresh<AnnouncementBoard>(AnnouncementBoard.StreamOf(published.EventId), ct);
        if (board.All.GetValueOrDefault(published.AnnouncementId) is not { Words: { } words } || !(words.ByMail || words.ByPush) || await events.Find(published.EventId) is not { } e) return;
        var due = words.From > published.At ? words.From.Value : published.At;
        db.Outbox.Schedule(new DeliverAnnouncement(published.EventId, published.AnnouncementId), words.Importance == Importance.Urgent ? due : QuietHours.After(due, e.TimeZone));
    }
}

public sealed record DeliverAnnouncement(Guid EventId, Guid AnnouncementId);

/// <summary>One message for each person it is for; who they are is known only now.</summary>
public static class DeliverAnnouncementHandler
{
    public static async Task Handle(DeliverAnnouncement message, DocumentSession db, EventCatalogue events, Browsers browsers, TimeProvider clock, CancellationToken ct)
    {
        if (await events.IsArchived(message.EventId, clock.GetUtcNow())) return;
        if (await Announced.Find(message.EventId, message.AnnouncementId, db, clock, ct) is not { } announcement) return;
        var attendees = await Announced.To(announcement, message.EventId, db, ct);
        if (announcement.Words.ByMail) foreach (var attendee in attendees) db.Outbox.Publish(new MailAnnouncement(message.EventId, message.AnnouncementId, attendee.Id));
        if (!announcement.Words.ByPush) return;
        // A browser that nobody has signed in on hears what everybody is told, and what savers of its own list are.
        var people = attendees.Select(a => a.Id).ToHashSet();
        if (announcement.Words.SessionId is { } session) people.UnionWith(await Announced.Savers(session, db, ct));
        foreach (var browser in await browsers.At(message.EventId, ct))
        {
            if ((announcement.Words.Audience != Audience.Everybody && !people.Contains(browser.Person)) || await Announced.WasTold(announcement.Id, browser.Id, "push", db, ct)) continue;
            db.Outbox.Publish(new RingBrowser(browser.Id, message.EventId, announcement.Id, null));
            await Announced.Note(announcement.Id, browser.Id, "push", db, clock.GetUtcNow(), ct);
        }
    }
}

public sealed record MailAnnouncement(Guid EventId, Guid AnnouncementId, Guid AttendeeId);

/// <summary>Once a person, also when it is withdrawn and shown again.</summary>
[Lane(Lanes.Mail)]
public static class MailAnnouncementHandler
{
    public static async Task Handle(MailAnnouncement message, DocumentSession db, LiveMails mails, Mailer mailer, TimeProvider clock, CancellationToken ct)
    {
        if (await Announced.Find(message.EventId, message.AnnouncementId, db, clock, ct) is not { } announcement || await AttendeeList.Find(message.AttendeeId, db, ct) is not { } attendee) return;
        if (await Announced.WasTold(announcement.Id, attendee.Id, "mail", db, ct) || await Announced.WantsNoMail(attendee.Id, db, ct)) return;
        if (await mails.Of(announcement, attendee, ct) is not { } mail) return;
        await mailer.Send(mail, ct);
        await Announced.Note(announcement.Id, attendee.Id, "mail", db, clock.GetUtcNow(), ct);
    }
}

/// <summary>Whom an announcement is for, and who has been told.</summary>
static class Announced
{
    /// <summary>Null: it was withdrawn, or its time is over.</summary>
    public static async Task<Announcement?> Find(Guid eventId, Guid announcementId, QuerySession db, TimeProvider clock, CancellationToken ct) =>
        (await db.FoldFresh<AnnouncementBoard>(AnnouncementBoard.StreamOf(eventId), ct)).State.All.GetValueOrDefault(announcementId) is { } found && found.IsShown(clock.GetUtcNow()) ? found : null;

    public static async Task<IReadOnlyList<Attendee>> To(Announcement announcement, Guid eventId, QuerySession db, CancellationToken ct)
    {
        var saved = announcement.Words.SessionId is { } session ? (await Savers(session, db, ct)).ToHashSet() : [];
        return [.. (await AttendeeList.Of(eventId, db, ct)).Where(a => announcement.IsFor(a, saved.Contains(a.Id) ? new HashSet<Guid> { announcement.Words.SessionId!.Value } : new HashSet<Guid>()))];
    }

    /// <summary>Attendees and browsers that have a session on their list.</summary>
    public static Task<IReadOnlyList<Guid>> Savers(Guid sessionId, QuerySession db, CancellationToken ct) => db.Query<Guid>("select person from live_saved where session_id = $1", ct, sessionId);

    public static async Task<bool> WasTold(Guid what, Guid person, string way, QuerySession db, CancellationToken ct) =>
        await db.QueryFirst<long>("select count(*) from live_told where what = $1 and person = $2 and way = $3", ct, what, person, way) > 0;

    public static Task Note(Guid what, Guid person, string way, DocumentSession db, DateTimeOffset now, CancellationToken ct) =>
        db.Execute("insert into live_told (what, person, way, at) values ($1, $2, $3, $4) on conflict do nothing", ct, what, person, way, now);

    public static async Task<bool> WantsNoMail(Guid person, QuerySession db, CancellationToken ct) =>
        await db.QueryFirst<long>("select count(*) from live_unsubscribed where person = $1", ct, person) > 0;
}

/// <summary>Whoever deleted themselves is forgotten here too.</summary>
public static class ForgetToldHandler
{
    public static async Task Handle(AttendeeErased erased, DocumentSession db, CancellationToken ct)
    {
        await db.Execute("delete from live_told where person = $1", ct, erased.AttendeeId);
        await db.Execute("delete from live_unsubscribed where person = $1", ct, erased.AttendeeId);
        await db.Execute("delete from live_browsers where person = $1", ct, erased.AttendeeId);
        await db.Execute("delete from live_reminded where event_id = $1 and person = $2", ct, erased.EventId, erased.AttendeeId);
        db.Outbox.Publish(new WantReminders(erased.EventId, erased.AttendeeId, 0, false));
    }
}
