using App.Features.Checkout.Guests;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>A ticket was given to somebody else than its buyer, or is the buyer's again. Who that is stands in a document under the ticket's id.</summary>
/// <param name="ToGuest">False: it went back to the buyer.</param>
/// <param name="Revision">1, and one more each time.</param>
/// <param name="Again">To the same person as before: only the mail goes once more.</param>
public sealed record TicketGiven(Guid OrderId, Guid EventId, Guid TicketId, bool ToGuest, int Revision, DateTimeOffset At, bool Again = false);

/// <summary>Who comes with a ticket that was given away. Personal: read when needed, never copied into a fact.</summary>
/// <param name="Name">Empty, as the address is: they deleted themselves since.</param>
/// <param name="Language">Its code. Null: not known.</param>
public sealed record TicketHolder(Guid TicketId, Guid OrderId, string Name, string Email, int Revision, string? Language)
{
    static readonly Dictionary<Guid, TicketHolder> Nobody = [];

    /// <summary>Null: it is its buyer's.</summary>
    public static async Task<TicketHolder?> Of(Guid ticketId, QuerySession db, CancellationToken ct) =>
        await db.Load<TicketGuest>(ticketId, ct) is { } g ? new(g.Id, g.OrderId, g.Name, g.Email, g.Revision, g.Language) : null;

    /// <summary>Those of the orders' tickets that were given away.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TicketHolder>> OfOrders(Guid[] orderIds, QuerySession db, CancellationToken ct) => orderIds.Length == 0 ? Nobody :
        (await db.Query<TicketHolder>("""
            select id as ticket_id, order_id, data ->> 'name' as name, data ->> 'email' as email, (data ->> 'revision')::int as revision, data ->> 'language' as language
            from doc_ticket_guest where order_id = any($1)
            """, ct, orderIds)).ToDictionary(h => h.TicketId);

    /// <summary>They deleted themselves: name and address go. It doesn't go back to its buyer by that; the buyer may give it to somebody else, or take it back.</summary>
    /// <param name="isTheirs">By the address that is kept: the ticket may have gone on to somebody else meanwhile.</param>
    public static async Task Forget(Guid ticketId, Func<string, bool> isTheirs, DocumentSession db, CancellationToken ct)
    {
        if (await db.Load<TicketGuest>(ticketId, ct) is { } guest && isTheirs(guest.Email)) db.Store(guest with { Name = "", Email = "", Language = null });
    }
}
