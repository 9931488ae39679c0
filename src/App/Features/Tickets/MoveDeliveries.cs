using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>An event's date or rule moved: so do its mails that wait, a page of orders a commit.</summary>
/// <param name="After">The last order done.</param>
public sealed record MoveDeliveries(Guid EventId, Guid After);

[Lane(Lanes.Mail)]
public static class MoveDeliveriesHandler
{
    const int Page = 500;

    public sealed record Waiting(Guid Id, int Revision);

    /// <summary>A process may for a second not have heard of the change and sell by the old rule: a second look catches those.</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    public static Task Handle(EventDated fact, DocumentSession db, TimeProvider clock) => Start(fact.EventId, db, clock.GetUtcNow());

    public static Task Handle(DeliveryRuled fact, DocumentSession db, TimeProvider clock) => Start(fact.EventId, db, clock.GetUtcNow());

    public static async Task Handle(MoveDeliveries message, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (e, _) = await db.FoldFresh<CatalogueEvent>(message.EventId, ct);
        var now = clock.GetUtcNow();
        var due = e.Delivery.DueAt(e.Doors, now);
        // Those whose time has come are in a worker's hands, which asks the rule itself.
        var orders = await db.Query<Waiting>(
            "select id, (data ->> 'revision')::int as revision from doc_waiting_tickets where event_id = $1 and id > $2 and due > $3 and due <> $4 order by id limit $5",
            ct, e.Id, message.After, now.ToUnixTimeMilliseconds(), due.ToUnixTimeMilliseconds(), Page);
        foreach (var (order, revision) in orders)
        {
            db.Store(WaitingTickets.Until(due, order, e.Id, revision));
            SendTickets.At(due, order, revision, db);
        }
        foreach (var guest in (await TicketHolder.OfOrders([.. orders.Select(o => o.Id)], db, ct)).Values) MailGuest.At(due, guest, db);
        if (orders.Count == Page) db.Outbox.Schedule(message with { After = orders[^1].Id }, now, Key(e.Id));
    }

    /// <summary>A change while an earlier one is being worked off starts over: one page at a time waits for an event.</summary>
    static Task Start(Guid eventId, DocumentSession db, DateTimeOffset now)
    {
        db.Outbox.Schedule(new MoveDeliveries(eventId, Guid.Empty), now, Key(eventId));
        db.Outbox.Schedule(new MoveDeliveries(eventId, Guid.Empty), now + Settled, Key(eventId) + ":again");
        return Task.CompletedTask;
    }

    static string Key(Guid eventId) => $"move-tickets:{eventId}";
}
