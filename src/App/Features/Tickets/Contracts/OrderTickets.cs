using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Tickets.Contracts;

/// <summary>A ticket as its order's page shows it.</summary>
/// <param name="Number">1 … <paramref name="Of"/> within the order.</param>
/// <param name="Code">What the QR says.</param>
/// <param name="RevokedBecause">Null while it opens a door; else <c>refunded</c> ….</param>
public sealed record OrderTicket(
    Guid Id, Guid OrderId, Guid EventId, Guid OrganizationId, string Kind, string? Seat, int Number, int Of, string Code, DateTimeOffset? RevokedAt, string? RevokedBecause)
{
    /// <summary>What people read out when the code can't be scanned, in two groups: <c>K7PD 4MXR</c>. Finds the ticket; opens nothing by itself.</summary>
    public string Words => Ids.Short(Id) is var s ? $"{s[..4]} {s[4..]}" : "";

    public bool IsValid => RevokedAt is null;

    /// <summary>1, and one more each time it changed hands.</summary>
    public int Revision { get; init; } = 1;
}

/// <summary>The tickets of an order, in their order; empty until it is paid. Each is a stream that the process which sold it remembers, so the confirmation page reads no table.</summary>
public static class OrderTickets
{
    /// <param name="fresh">Past what this process remembers: another replica may have refunded one.</param>
    public static async ValueTask<IReadOnlyList<OrderTicket>> Of(Guid orderId, QuerySession db, CancellationToken ct, bool fresh = false)
    {
        if (await Find(orderId, 1, db, ct, fresh) is not { } first) return [];
        var tickets = new List<OrderTicket>(first.Of) { first };
        for (var number = 2; number <= first.Of; number++) tickets.Add((await Find(orderId, number, db, ct, fresh))!);
        return tickets;
    }

    public static async ValueTask<OrderTicket?> Find(Guid orderId, int number, QuerySession db, CancellationToken ct, bool fresh = false)
    {
        var id = TicketId.Of(orderId, number);
        var (t, version) = fresh ? await db.FoldFresh<Ticket>(id, ct) : await db.Fold<Ticket>(id, ct);
        return version == 0 ? null : new(t.Id, t.OrderId, t.EventId, t.OrganizationId, t.Kind, t.Seat, t.Number, t.Of, t.Code, t.RevokedAt, t.RevokedBecause) { Revision = t.Revision };
    }
}
