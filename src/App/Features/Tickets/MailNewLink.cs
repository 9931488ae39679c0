using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>The buyer gets their order's new address. One that was replaced again meanwhile is in no mail: each says the address of the moment it is sent.</summary>
[Lane(Lanes.Mail)]
public static class MailNewLinkHandler
{
    public static async Task Handle(OrderLinkRenewed renewed, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        var order = await papers.For(renewed.OrderId, renewed.EventId, await OrderTickets.Of(renewed.OrderId, db, ct, fresh: true), ct);
        var about = renewed.Generation.ToString(CultureInfo.InvariantCulture);
        await BuyerNotice.Send(OrderMail.NewLink, about, order, () => mails.NewLink(order, about), db, mailer, mails.Now, ct);
    }
}
