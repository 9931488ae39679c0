using App.Infrastructure.Store;

namespace App.Features.Tickets.Contracts;

/// <summary>A ticket as others may know it: whose order, for which event, of which kind, and whether it still counts.</summary>
public sealed record IssuedTicket(Guid TicketId, Guid OrderId, Guid EventId, string Kind, string? Seat, int Number, int OfTotal, int Revision, DateTimeOffset? RevokedAt)
{
    /// <summary>From the ticket's own stream, read now: what a door decides on. Null: there is no such ticket.</summary>
    public static async Task<IssuedTicket?> Find(Guid ticketId, QuerySession db, CancellationToken ct)
    {
        var (t, version) = await db.FoldFresh<Ticket>(ticketId, ct);
        return version == 0 || t.Id != ticketId ? null : new(t.Id, t.OrderId, t.EventId, t.Kind, t.Seat, t.Number, t.Of, t.Revision, t.RevokedAt);
    }

    /// <summary>From the list, which may be a second old.</summary>
    public static Task<IReadOnlyList<IssuedTicket>> OfOrders(Guid[] orderIds, QuerySession db, CancellationToken ct) =>
        db.Query<IssuedTicket>("""
            select ticket_id, order_id, event_id, kind, seat, number, of_total, revision, revoked_at
            from tickets_list where order_id = any($1) order by order_id, number
            """, ct, orderIds);

    /// <summary>How many tickets of an event may come in.</summary>
    public static Task<long> CountOf(Guid eventId, QuerySession db, CancellationToken ct) =>
        db.QueryFirst<long>("select count(*) from tickets_list where event_id = $1 and revoked_at is null", ct, eventId);
}
