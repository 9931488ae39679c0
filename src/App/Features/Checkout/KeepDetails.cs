using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What a buyer has typed so far, kept for when they come back. Forgotten after a day when nothing is bought. Once it is bought, a page left open changes nothing: the details are the order's.</summary>
/// <param name="AreWhole">They have been checked, and may stand in the place of details that were.</param>
/// <param name="Giver">See <see cref="PlaceOrder"/>: once an order is placed, only who gave its details corrects them.</param>
public sealed record KeepDetails(OrderContact Contact, bool AreWhole, int? Giver);

public static class KeepDetailsHandler
{
    public static async Task Handle(KeepDetails command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.FetchForWriting<Order>(command.Contact.Id, ct);
        if (order.State.Status != OrderStatus.Open && !(order.State.Status == OrderStatus.Placed && command.AreWhole && command.Giver == order.State.Giver)) return;
        db.Store(command.Contact with { EventId = order.State.EventId });
        if (order.Version == 1) order.Append([new DetailsKept(clock.GetUtcNow())]); // from now on its page isn't like others'
    }
}
