using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>An order as a list shows it. Personal: for the eyes of the event's own staff.</summary>
/// <param name="Status">placed, paid, too-late, refunded, part-refunded or abandoned.</param>
/// <param name="Name">Null once erased.</param>
public sealed record ListedOrder(Guid Id, string Code, string Status, int Tickets, int RefundedTickets, long Total, long Refunded, string Currency, DateTimeOffset PlacedAt, string? Name, string? Email);

public static class LatestOrders
{
    internal const string Columns = "o.id, o.code, o.status, o.tickets, o.refunded_tickets, o.total, o.refunded, o.currency, o.placed_at, c.data ->> 'name' as name, c.data ->> 'email' as email";

    /// <summary>Paid ones, the newest first.</summary>
    public static Task<IReadOnlyList<ListedOrder>> Of(Guid eventId, int most, QuerySession db, CancellationToken ct) => db.Query<ListedOrder>($"""
        select {Columns} from checkout_orders o left join doc_order_contact c using (id)
        where o.event_id = $1 and o.status in ('paid', 'part-refunded', 'refunded') order by o.placed_at desc, o.id desc limit $2
        """, ct, eventId, most);
}
