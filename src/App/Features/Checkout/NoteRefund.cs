using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>Tickets were refunded: the order says so, and their places are on sale again. Both in one commit, so the order's own stream keeps a refund heard twice from giving back twice.</summary>
public static class NoteRefundHandler
{
    public static async Task Handle(RefundSent sent, DocumentSession db, HotStreams<Inventory> inventories, CancellationToken ct)
    {
        if (sent.Kind != RefundKind.Tickets) return; // a late payment never had places
        var order = await db.FetchForWriting<Order>(sent.OrderId, ct);
        var facts = Decide(sent, order.State);
        if (facts.Length == 0) return;
        order.Append(facts);
        var places = PlacesOf(sent, order.State);
        db.Decide(await inventories.Get(InventoryId.Of(sent.EventId)), (_, _) => Decision.Accept(new PlacesReturned(sent.RefundId, order.Id, places)));
    }

    public static object[] Decide(RefundSent sent, Order order) =>
        order.Refunds.Contains(sent.RefundId) ? [] : [new OrderRefundNoted(sent.RefundId, sent.OrderId, sent.EventId, sent.OrganizationId, sent.Amount, sent.Currency, sent.TicketIds, sent.At, LinesOf(sent, order))];

    static OrderLine[] LinesOf(RefundSent sent, Order order) =>
        [.. OrderPlace.Of(order.Id, order.Lines).Where(t => sent.TicketIds.Contains(t.TicketId)).GroupBy(t => t.Line).Select(g => g.Key with { Count = g.Count(), Seats = null })];

    public static Places[] PlacesOf(RefundSent sent, Order order) =>
        [.. OrderPlace.Of(order.Id, order.Lines).Where(t => sent.TicketIds.Contains(t.TicketId)).Select(t => t.Places)];
}
