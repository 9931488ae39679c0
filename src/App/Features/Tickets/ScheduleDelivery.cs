using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>In the payment's own commit: the message that sends the tickets, at once or at the time the event's rule says. An order that waits is written down, and told when its tickets come.</summary>
[Inline]
public static class ScheduleDeliveryHandler
{
    public static async Task Handle(OrderPaid paid, DocumentSession db, EventCatalogue events, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var due = await events.Find(paid.EventId) is { } e ? e.Delivery.DueAt(e.Doors, paid.At) : paid.At;
        SendTickets.At(due, paid.OrderId, revision: 1, db);
        if (due <= paid.At) return;
        db.Store(WaitingTickets.Until(due, paid.OrderId, paid.EventId, revision: 1));
        db.Outbox.Publish(new MailSchedule(paid.OrderId, paid.EventId));
    }
}
