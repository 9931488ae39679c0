using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Links;

/// <summary>Carries no address: the order's is looked up, and where there is none any more nothing goes out, which nobody who asked can tell.</summary>
public sealed record SendProof(Guid ProofId);

[Lane(Lanes.Mail)]
public static class SendProofHandler
{
    public static async Task Handle(SendProof message, DocumentSession db, LinkProofs proofs, EventCatalogue events, OrganizationDirectory organizations, ProofMails mails, Mailer mailer, CancellationToken ct)
    {
        if (await proofs.Find(message.ProofId, ct) is not { } proof || !proofs.IsOpen(proof) || await db.Load<OrderContact>(proof.OrderId, ct) is not { } contact) return;
        if (await events.Find(contact.EventId) is not { } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return;
        await mailer.Send(mails.Of(proof, contact, e, organizer), ct);
    }
}

/// <summary>In the organization's colour and the order's language.</summary>
public sealed class ProofMails(OrganizerMails mails, LinkProofs proofs, OrderLinks links, SiteOptions site, Texts texts)
{
    public Mail Of(LinkProof proof, OrderContact contact, CatalogueEvent e, OrganizationCard organizer)
    {
        using var spoken = (Language.Find(contact.Language) ?? e.Language).Speak();
        return mails.Write("order-proof", $"order-proof.{proof.Id:N}", contact.Email, contact.Name, organizer, Model(proof, e, site.Link($"{links.OrderPath(proof.OrderId)}/prove/{proofs.Word(proof)}")));
    }

    Dictionary<string, object?> Model(LinkProof proof, CatalogueEvent e, string link)
    {
        var (title, starts, at) = (texts.Of("order.guests"), EventTime.Of(e.Starts, e.TimeZone), EventTime.Of(proof.AskedAt, e.TimeZone));
        return new()
        {
            ["title"] = title,
            ["subject"] = $"{title}: {e.Title}",
            ["preview"] = $"{e.Title}{Language.Current.Comma}{starts.Day}",
            ["lead"] = texts.Of("mail.proof-lead", (int)LinkProofs.Lives.TotalMinutes),
            ["notAsked"] = texts.Of("mail.proof-not-asked"),
            ["deed"] = texts.Of("order.prove-yes"),
            ["link"] = link,
            ["facts"] = new[] { mails.Fact("mail.event", e.Title), mails.Fact("mail.day", starts.Day), mails.Fact("mail.asked-at", $"{at.Full}{Language.Current.Comma}{at.ZoneName}") },
        };
    }
}
