using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>Announcements and reminders as mails, and the address in each announcement that ends them: an HMAC over the attendee's id, so nothing is stored that opens anything.</summary>
public sealed class LiveMails(MailTemplates templates, EventCatalogue events, OrganizationDirectory organizations, ChangeWords changes, Secrets secrets, SiteOptions site)
{
    readonly Lazy<byte[]> key = new(() => secrets.Get("live-mails"));

    /// <summary>Null: the event isn't public any more.</summary>
    public async Task<Mail?> Of(Announcement announcement, Attendee attendee, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        var page = $"/e/{organizer.Slug}/{e.Slug}";
        return Written("announcement", $"announcement.{announcement.Id:N}.{attendee.Id:N}", attendee, e, organizer, new()
        {
            ["title"] = announcement.Words.Title,
            ["text"] = announcement.Words.Text.Length > 0 ? announcement.Words.Text : e.Title,
            ["link"] = site.Link($"{page}/announcements"),
            ["off"] = site.Link($"{page}/announcements/off/{Token(attendee.Id)}"),
        });
    }

    /// <inheritdoc cref="Of"/>
    public async Task<Mail?> Reminder(Ring said, Guid slotId, Attendee attendee, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        return Written("reminder", $"reminder.{slotId:N}.{attendee.Id:N}", attendee, e, organizer, new()
        {
            ["title"] = said.Title, ["text"] = said.Body, ["link"] = site.Link(said.Url), ["off"] = site.Link($"/e/{organizer.Slug}/{e.Slug}/reminders"),
        });
    }

    /// <summary>Null: the event isn't public any more, or there is nothing to tell.</summary>
    public async Task<Mail?> Change(MailChange message, Attendee attendee, QuerySession db, CancellationToken ct)
    {
        if (await events.Find(attendee.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        if (await changes.Of(message.EventId, message.Person, message.At, db, ct) is not { } said) return null;
        return Written("reminder", $"change.{attendee.Id:N}.{message.At.ToUnixTimeMilliseconds()}", attendee, e, organizer, new()
        {
            ["title"] = said.Title, ["text"] = said.Body, ["link"] = site.Link(said.Url), ["off"] = site.Link($"/e/{organizer.Slug}/{e.Slug}/reminders"),
        });
    }

    Mail Written(string template, string mailKey, Attendee attendee, CatalogueEvent e, OrganizationCard organizer, Dictionary<string, object?> model)
    {
        model["preview"] = model["event"] = e.Title;
        model["facts"] = new[] { new Dictionary<string, object?> { ["label"] = "Event", ["value"] = e.Title } };
        (model["organizer"], model["address"], model["contact"]) = (organizer.Name, organizer.Address, organizer.Contact);
        model["mailto"] = System.Net.Mail.MailAddress.TryCreate(organizer.Contact, out _);
        (model["house"], model["brand"]) = (Oklch.House(organizer.Hue, organizer.Chroma).ToHex(), Oklch.Brand(organizer.Hue, organizer.Chroma).ToHex());
        var words = templates.Render(template, model);
        return new(mailKey, attendee.Email, attendee.Name, organizer.Name, organizer.Contact, words.Subject, words.Html, words.Text, []);
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
