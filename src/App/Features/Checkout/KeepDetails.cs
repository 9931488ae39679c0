using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What a buyer has typed so far, kept for when they come back. Forgotten after a day when nothing is bought. Once it is bought, a page left open changes nothing: the details are the order's.</summary>
public sealed record KeepDetails(OrderContact Contact);

public static class KeepDetailsHandler
{
    public static async Task Handle(KeepDetails command, DocumentSession db, CancellationToken ct)
    {
        var (order, _) = await db.FoldFresh<Order>(command.Contact.Id, ct);
        if (order.Status is OrderStatus.Open or OrderStatus.Placed) db.Store(command.Contact with { EventId = order.EventId });
    }
}
