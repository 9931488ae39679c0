using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets.Contracts;

/// <summary>Where the mail with an order's tickets stands.</summary>
/// <param name="Due">When it goes, or went, out by the event's rule of now.</param>
/// <param name="Waits">The promoter holds tickets back until then: no code is shown or downloaded before.</param>
/// <param name="Failed">The last mail was refused: say that the address doesn't work. Null otherwise.</param>
public sealed record DeliveryState(DateTimeOffset Due, bool Waits, DateTimeOffset? SentAt, string? Failed)
{
    /// <summary>No mail is asked about in the first moments after paying: it is on its way.</summary>
    static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(5);

    /// <summary>The mail is not tried by itself any more. Asked of what is neither sent, refused nor held back.</summary>
    public static async Task<bool> GaveUp(Guid orderId, QuerySession db, CancellationToken ct) => (await GivenUp.About("orderId", ["send-tickets"], db, ct)).Contains(orderId);

    /// <summary>One stream and the catalogue's memory. Tickets that went out once are never held back again.</summary>
    /// <param name="paidAt">When the order was paid, where that is known.</param>
    public static async ValueTask<DeliveryState> Of(Guid orderId, Guid eventId, QuerySession db, EventCatalogue events, DateTimeOffset now, CancellationToken ct, DateTimeOffset? paidAt = null)
    {
        var e = await events.Find(eventId);
        var due = e?.Delivery.DueAt(e.Doors, now) ?? now;
        if (now - paidAt < OnItsWay) return new(due, due > now, null, null);
        var (delivery, _) = await db.Fold<TicketDelivery>(TicketDelivery.IdOf(orderId), ct);
        return new(due, due > now && delivery.SentAt is null, delivery.SentAt, delivery.Failed);
    }
}
