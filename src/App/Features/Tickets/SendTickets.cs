using App.Features.Events.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

public sealed record SendTickets(Guid OrderId, int Revision)
{
    /// <summary>At most one waits for an order; a new time moves it.</summary>
    public static void At(DateTimeOffset due, Guid orderId, int revision, DocumentSession db) => db.Outbox.Schedule(new SendTickets(orderId, revision), due, $"tickets:{orderId}");
}

/// <summary>When it comes the world may have moved on: sent already, refunded, or the rule moved later. A mail that was sent without us knowing goes again under the same key.</summary>
[Lane(Lanes.Mail)]
public static class SendTicketsHandler
{
    public static async Task Handle(SendTickets message, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        var delivery = await db.FetchForWriting<TicketDelivery>(TicketDelivery.IdOf(message.OrderId), ct);
        if (delivery.State.Revision >= message.Revision || await papers.Of(message.OrderId, ct) is not { Valid.Count: > 0 } order)
        {
            db.Delete<WaitingTickets>(message.OrderId);
            return;
        }
        if (delivery.State.SentAt is null && await Later(order.Event, db, mails.Now, ct) is { } due)
        {
            db.Store(WaitingTickets.Until(due, message.OrderId, order.Event.Id, message.Revision));
            SendTickets.At(due, message.OrderId, message.Revision, db);
            return;
        }
        var answer = order.Email.Length == 0 ? new("no-address") : await mailer.Send(await mails.Tickets(order, message.Revision, db, ct), ct);
        delivery.Append([Decide(answer, order, message.Revision, mails.Now)]);
        db.Delete<WaitingTickets>(message.OrderId);
    }

    public static object Decide(MailAnswer answer, TicketPaper order, int revision, DateTimeOffset now) => answer.Refused is { } reason
        ? new DeliveryFailed(order.OrderId, order.Event.Id, order.Organizer.Id, revision, reason, now)
        : new TicketsSent(order.OrderId, order.Event.Id, order.Organizer.Id, order.Valid.Count, revision, now);

    /// <summary>Not yet, says the rule. It was read from memory, which may be a second old and so older than what set this message's time: asked again before it counts.</summary>
    static async Task<DateTimeOffset?> Later(CatalogueEvent e, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (e.Delivery.DueAt(e.Doors, now) <= now) return null;
        var (fresh, _) = await db.FoldFresh<CatalogueEvent>(e.Id, ct);
        return fresh.Delivery.DueAt(fresh.Doors, now) is var due && due > now ? due : null;
    }
}
