using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>The mail is to go again, perhaps at a corrected address; or at last, when the first one never got through.</summary>
public sealed record ResendTickets(Guid OrderId);

/// <param name="HeldUntil">Null: they are on their way. Else when they go, by the event's rule: tickets that never went out are held back until then.</param>
public sealed record Resent(DateTimeOffset? HeldUntil);

public static class ResendTicketsHandler
{
    const int Most = 10;

    public static async Task<Resent> Handle(ResendTickets command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await PaidOrder.Of(command.OrderId, db, ct) is not { } order) throw new Refused("tickets.not-paid");
        var (delivery, _) = await db.FoldFresh<TicketDelivery>(TicketDelivery.IdOf(order.Id), ct);
        if (delivery.Revision >= Most) throw new Refused("tickets.sent-too-often");
        var now = clock.GetUtcNow();
        var due = delivery.SentAt is null ? await Due(order.EventId, db, now, ct) : now;
        // The same key as the mail that waits, or gave up: it goes now instead. As the same revision, if that was never settled.
        SendTickets.At(due, order.Id, delivery.Revision + 1, db);
        if (due > now) db.Store(WaitingTickets.Until(due, order.Id, order.EventId, delivery.Revision + 1));
        return new(due > now ? due : null);
    }

    static async Task<DateTimeOffset> Due(Guid eventId, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        var (e, version) = await db.FoldFresh<CatalogueEvent>(eventId, ct);
        return version > 0 && e.Delivery.DueAt(e.Doors, now) is var due && due > now ? due : now;
    }
}
