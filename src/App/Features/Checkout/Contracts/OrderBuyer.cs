using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>Who bought an order. Personal: for the eyes of the event's own staff.</summary>
/// <param name="Code">The short code that people read out.</param>
public sealed record OrderBuyer(Guid OrderId, string Code, string Name, string Email)
{
    /// <summary>
    /// Buyers of an event whose name, last name or address, or that of somebody they gave a ticket to, begins with a text, or whose order has that code. At least two characters; forty at the most, by name.
    /// Each way is one range of one index (<c>~&gt;=~</c> compares bytes; a LIKE with a parameter would not be promised one).
    /// </summary>
    public static async Task<IReadOnlyList<OrderBuyer>> Find(Guid eventId, string text, QuerySession db, CancellationToken ct)
    {
        var begin = Lower(text.Trim());
        if (begin.Length < 2 || begin.Contains('\0', StringComparison.Ordinal)) return [];
        return await db.Query<OrderBuyer>("""
            with found as (
                (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'name') ~>=~ $2 and lower(data ->> 'name') ~<~ $3 order by lower(data ->> 'name') using ~<~ limit 40)
                union (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(substring(data ->> 'name' from '\S+\s*$')) ~>=~ $2 and lower(substring(data ->> 'name' from '\S+\s*$')) ~<~ $3 limit 40)
                union (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'email') ~>=~ $2 and lower(data ->> 'email') ~<~ $3 limit 40)
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'name') ~>=~ $2 and lower(data ->> 'name') ~<~ $3 order by lower(data ->> 'name') using ~<~ limit 40)
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(substring(data ->> 'name' from '\S+\s*$')) ~>=~ $2 and lower(substring(data ->> 'name' from '\S+\s*$')) ~<~ $3 limit 40)
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'email') ~>=~ $2 and lower(data ->> 'email') ~<~ $3 limit 40)
                union (select id from checkout_orders where event_id = $1 and code = $4))
            select o.id as order_id, o.code, c.data ->> 'name' as name, c.data ->> 'email' as email
            from found join checkout_orders o using (id) join doc_order_contact c using (id)
            where o.paid_at is not null
            order by lower(c.data ->> 'name'), o.id limit 40
            """, ct, eventId, begin, begin + "\U0010FFFF", begin.ToUpperInvariant());
    }

    public static Task<IReadOnlyList<OrderBuyer>> Of(Guid[] orderIds, QuerySession db, CancellationToken ct) =>
        db.Query<OrderBuyer>("""
            select o.id as order_id, o.code, c.data ->> 'name' as name, c.data ->> 'email' as email
            from checkout_orders o join doc_order_contact c using (id) where o.id = any($1)
            """, ct, orderIds);

#pragma warning disable CA1308 // as Postgres lowers what it is compared with
    static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
