using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>Announcements, reminders and what changed as mails, in their reader's language, and the address in each announcement that ends them: an HMAC over the attendee's id, so nothing is stored that opens anything.</summary>
public sealed class LiveMails(OrganizerMails mails, EventCatalogue events, OrganizationDirectory organizations, ReminderWords reminders, ChangeWords changes, Texts texts, Secrets secrets, SiteOptions site)
{
    readonly Lazy<byte[]> key = new(() => secrets.Get("live-mails"));

    /// <summary>Null: the event isn't public any more.</summary>
    public async Task<Mail?> Of(Announcement announcement, Attendee attendee, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        using var spoken = attendee.ReadsIn(e.Language).Speak();
        var page = $"/e/{organizer.Slug}/{e.Slug}";
        return Written("announcement", $"announcement.{announcement.Id:N}.{attendee.Id:N}", attendee, e, organizer, new()
        {
            ["title"] = announcement.Words.Title,
            ["subject"] = $"{announcement.Words.Title}: {e.Title}",
            ["text"] = announcement.Words.Text.Length > 0 ? announcement.Words.Text : e.Title,
            ["deed"] = texts.Of("mail.see-announcements"),
            ["link"] = site.Link($"{page}/announcements"),
            ["why"] = texts.Of("mail.announcement-why", e.Title),
            ["change"] = texts.Of("live.off-deed"),
            ["off"] = site.Link($"{page}/announcements/off/{Token(attendee.Id)}"),
            ["facts"] = Facts(e),
        });
    }

    /// <summary>Null: the event isn't public any more, or there is nothing to remind of.</summary>
    public async Task<Mail?> Reminder(MailReminder message, Attendee attendee, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        using var spoken = attendee.ReadsIn(e.Language).Speak();
        if (await reminders.Of(message.EventId, message.SessionId, message.SlotId, message.AtLeast, ct) is not { } said) return null;
        return Written("reminder", $"reminder.{message.SlotId:N}.{attendee.Id:N}", attendee, e, organizer, new()
        {
            ["title"] = said.Title,
            ["subject"] = texts.Of("mail.reminder-subject", said.Title),
            ["text"] = said.Body,
            ["deed"] = texts.Of("mail.see-session"),
            ["link"] = site.Link(said.Url),
            ["why"] = texts.Of("mail.reminder-why"),
            ["change"] = texts.Of("mail.reminder-change"),
            ["off"] = site.Link($"/e/{organizer.Slug}/{e.Slug}/reminders"),
            ["facts"] = Facts(e, said.Starts),
        });
    }

    /// <summary>Null: the event isn't public any more, or there is nothing to tell.</summary>
    public async Task<Mail?> Change(MailChange message, Attendee attendee, QuerySession db, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        using var spoken = attendee.ReadsIn(e.Language).Speak();
        if (await changes.Of(message.EventId, message.Person, message.At, db, ct) is not { } said) return null;
        var at = new ScheduleAddress(organizer.Slug, e.Slug);
        return Written("reminder", $"change.{attendee.Id:N}.{message.At.ToUnixTimeMilliseconds()}", attendee, e, organizer, new()
        {
            ["title"] = said.Title,
            ["subject"] = $"{said.Title}: {e.Title}",
            ["text"] = said.Body,
            ["deed"] = texts.Of("live.my-schedule"),
            ["link"] = site.Link(at.Mine),
            ["why"] = texts.Of("mail.reminder-why"),
            ["change"] = texts.Of("mail.reminder-change"),
            ["off"] = site.Link($"{at.Page}/reminders"),
            ["facts"] = Facts(e),
        });
    }

    Mail Written(string template, string mailKey, Attendee attendee, CatalogueEvent e, OrganizationCard organizer, Dictionary<string, object?> model)
    {
        model["preview"] = e.Title;
        return mails.Write(template, mailKey, attendee.Email, attendee.Name, organizer, model);
    }

    Dictionary<string, object?>[] Facts(CatalogueEvent e, EventTime? starts = null)
    {
        var name = mails.Fact("mail.event", e.Title);
        return starts is { } at ? [name, mails.Fact("mail.when", $"{at.Full}{Language.Current.Comma}{at.ZoneName}")] : [name];
    }

    public string Token(Guid attendeeId)
    {
        Span<byte> token = stackalloc byte[32], mac = stackalloc byte[32];
        attendeeId.TryWriteBytes(token, bigEndian: true, out _);
        HMACSHA256.HashData(key.Value, Encoding.ASCII.GetBytes($"announcements-off/{attendeeId:N}"), mac);
        mac[..16].CopyTo(token[16..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose token it is; null: nobody's.</summary>
    public Guid? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (token.Length != 43 || Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done || written != 32) return null;
        var id = new Guid(bytes[..16], bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(id))) ? id : null;
    }
}
