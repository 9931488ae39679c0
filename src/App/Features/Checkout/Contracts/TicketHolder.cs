using App.Features.Checkout.Guests;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>A ticket was given to somebody else than its buyer, or is the buyer's again. Who that is stands in a document under the ticket's id.</summary>
/// <param name="ToGuest">False: it went back to the buyer.</param>
/// <param name="Revision">1, and one more each time.</param>
public sealed record TicketGiven(Guid OrderId, Guid EventId, Guid TicketId, bool ToGuest, int Revision, DateTimeOffset At);

/// <summary>Who comes with a ticket that was given away. Personal: read when needed, never copied into a fact.</summary>
/// <param name="Language">Its code. Null: not known.</param>
public sealed record TicketHolder(Guid TicketId, string Name, string Email, int Revision, string? Language)
{
    /// <summary>Null: it is its buyer's, or whoever had it had their name erased.</summary>
    public static async Task<TicketHolder?> Of(Guid ticketId, QuerySession db, CancellationToken ct) =>
        await db.Load<TicketGuest>(ticketId, ct) is { } g ? new(g.Id, g.Name, g.Email, g.Revision, g.Language) : null;

    /// <summary>Those of an order's tickets that were given away.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TicketHolder>> OfOrders(Guid[] orderIds, QuerySession db, CancellationToken ct) =>
        (await db.Query<TicketHolder>("""
            select id as ticket_id, data ->> 'name' as name, data ->> 'email' as email, (data ->> 'revision')::int as revision, data ->> 'language' as language
            from doc_ticket_guest where order_id = any($1)
            """, ct, orderIds)).ToDictionary(h => h.TicketId);

    /// <summary>The person deleted themselves: their name goes from the ticket. It doesn't go back to its buyer by that; the buyer may name somebody else.</summary>
    public static void Forget(Guid ticketId, DocumentSession db) => db.Delete<TicketGuest>(ticketId);
}
