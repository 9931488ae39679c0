using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>Tells a buyer whose tickets wait when they come.</summary>
public sealed record MailSchedule(Guid OrderId, Guid EventId);

[Lane(Lanes.Mail)]
public static class MailScheduleHandler
{
    public static async Task Handle(MailSchedule message, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        var order = await papers.For(message.OrderId, message.EventId, await OrderTickets.Of(message.OrderId, db, ct), ct);
        // What the rule says by now; when it has come meanwhile, the tickets are on their way and say it all.
        var due = order.Event.Delivery.DueAt(order.Event.Doors, mails.Now);
        if (due > mails.Now) await BuyerNotice.Send(OrderMail.Scheduled, "1", order, () => mails.Schedule(order, due), db, mailer, mails.Now, ct);
    }
}
