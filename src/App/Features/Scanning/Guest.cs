using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

/// <summary>One ticket of somebody whom the door looked for by name.</summary>
public sealed record Guest(IssuedTicket Ticket, OrderBuyer Buyer, DateTimeOffset? AdmittedAt, string? Gate)
{
    /// <summary>Who comes with the ticket.</summary>
    public string Name { get; init; } = Buyer.Name;

    sealed record Inside(Guid TicketId, string Gate, DateTimeOffset At);

    /// <summary>By the beginning of a name, a last name or an address, or by an order's code. At most the tickets of forty orders, by name.</summary>
    public static async Task<IReadOnlyList<Guest>> Find(Guid eventId, string text, QuerySession db, CancellationToken ct)
    {
        var buyers = await OrderBuyer.Find(eventId, text, db, ct);
        if (buyers.Count == 0) return [];
        var tickets = (await IssuedTicket.OfOrders([.. buyers.Select(b => b.OrderId)], db, ct)).ToLookup(t => t.OrderId);
        var inside = await db.Query<Inside>("select ticket_id, gate, at from scanning_admissions where ticket_id = any($1)", ct, tickets.SelectMany(t => t).Select(t => t.TicketId).ToArray());
        var admitted = inside.ToDictionary(i => i.TicketId);
        var holders = await TicketHolder.OfOrders([.. buyers.Select(b => b.OrderId)], db, ct);
        return [.. from buyer in buyers from ticket in tickets[buyer.OrderId]
                   let entry = admitted.GetValueOrDefault(ticket.TicketId) select new Guest(ticket, buyer, entry?.At, entry?.Gate) { Name = NameOf(holders.GetValueOrDefault(ticket.TicketId), buyer.Name)! }];
    }

    /// <summary>Who comes with a ticket. Whoever deleted their name is still not the buyer.</summary>
    /// <param name="holder">Null: it was never given away.</param>
    /// <param name="buyer">Null: erased.</param>
    public static string? NameOf(TicketHolder? holder, string? buyer) => holder switch
    {
        null => buyer,
        { Name.Length: > 0 } => holder.Name,
        _ => buyer is null ? "A guest" : $"A guest of {buyer}",
    };
}
