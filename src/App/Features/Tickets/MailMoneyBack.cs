using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>A buyer is told of money that goes back. The order's page says the same.</summary>
[Lane(Lanes.Mail)]
public static class MailMoneyBackHandler
{
    public static async Task Handle(PaymentCameTooLate late, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        var order = await papers.For(late.OrderId, late.EventId, [], ct);
        await BuyerNotice.Send(OrderMail.TooLate, late.PaymentId, order, () => mails.TooLate(order, late), db, mailer, mails.Now, ct);
    }

    public static async Task Handle(OrderRefundNoted refund, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        if (refund.Amount == 0) return;
        var order = await papers.For(refund.OrderId, refund.EventId, await OrderTickets.Of(refund.OrderId, db, ct, fresh: true), ct);
        await BuyerNotice.Send(OrderMail.Refunded, refund.RefundId.ToString(), order, () => mails.Refunded(order, refund), db, mailer, mails.Now, ct);
    }
}
