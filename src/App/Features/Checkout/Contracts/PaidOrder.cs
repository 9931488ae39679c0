using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>An order that was paid (or free and taken): what was bought and where the money went. Never changes once it is there, so it may be decided on without a fence.</summary>
public sealed record PaidOrder(Guid Id, Guid EventId, Guid OrganizationId, OrderLine[] Lines, long Total, string Currency, string? PaymentId, string? Account, DateTimeOffset At)
{
    /// <summary>Null: no such order, or it isn't paid.</summary>
    public static async Task<PaidOrder?> Of(Guid orderId, QuerySession db, CancellationToken ct)
    {
        var (order, _) = await db.FoldFresh<Order>(orderId, ct);
        return order.PaidAt is { } at ? new(order.Id, order.EventId, order.OrganizationId, order.Lines, order.Total, order.Currency, order.PaymentId, order.Account, at) : null;
    }
}
