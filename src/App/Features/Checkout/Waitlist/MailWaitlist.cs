using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Waitlist;

/// <summary>One who waited hears that there is something again.</summary>
public sealed record MailWaitlist(Guid Id, DateTimeOffset ToldAt);

[Lane(Lanes.Mail)]
public static class MailWaitlistHandler
{
    sealed record Waiting(Guid EventId, Guid TypeId, string Email, string? Language);

    public static async Task Handle(MailWaitlist message, QuerySession db, EventCatalogue catalogue, OrganizationDirectory organizations, WaitlistMails mails, Mailer mailer, TimeProvider clock, CancellationToken ct)
    {
        if (await db.QueryFirst<Waiting>("select event_id, type_id, email, language from waitlist where id = $1 and told_at = $2", ct, message.Id, message.ToldAt) is not { } waiting) return;
        if (await catalogue.Find(waiting.EventId) is not { } e || !e.IsOnSale(clock.GetUtcNow()) || e.Type(waiting.TypeId) is not { } type || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return;
        // Told twice after a crash, it is the same mail: it carries the same key.
        await mailer.Send(mails.Of($"waitlist.{message.Id:N}.{message.ToldAt.ToUnixTimeMilliseconds()}", waiting.Email, Language.Find(waiting.Language) ?? Language.English, e, type, organizer), ct);
    }
}

/// <summary>In the organization's colour and the language of the page where it was asked for.</summary>
public sealed class WaitlistMails(OrganizerMails mails, SiteOptions site, Texts texts)
{
    public Mail Of(string key, string email, Language language, CatalogueEvent e, TicketType type, OrganizationCard organizer)
    {
        using var spoken = language.Speak();
        return mails.Write("waitlist", key, email, "", organizer, Model(e, type, organizer));
    }

    Dictionary<string, object?> Model(CatalogueEvent e, TicketType type, OrganizationCard organizer)
    {
        var (title, starts) = (texts.Of("waitlist.mail-title"), EventTime.Of(e.Starts, e.TimeZone));
        return new()
        {
            ["title"] = title,
            ["subject"] = $"{title}: {e.Title}",
            ["preview"] = $"{e.Title}{Language.Current.Comma}{starts.Day}",
            ["lead"] = texts.Of("waitlist.mail-lead", type.Name, e.Title),
            ["deed"] = texts.Of("order.see-left"),
            ["link"] = site.Link($"/e/{organizer.Slug}/{e.Slug}#tickets"),
            ["once"] = texts.Of("waitlist.mail-once"),
            ["facts"] = new[] { mails.Fact("mail.event", e.Title), mails.Fact("mail.day", starts.Day) },
        };
    }
}
