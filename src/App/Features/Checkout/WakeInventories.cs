using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>Recurring: brings the inventory of every event that isn't over into memory, where time ends its holds. Without it, after a restart, an event that nobody visits would keep dead holds.</summary>
public sealed record WakeInventories;

[Lane(Lanes.Jobs)]
public static class WakeInventoriesHandler
{
    public static async Task Handle(WakeInventories message, QuerySession db, HotStreams<Inventory> inventories, TimeProvider clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var e in await CurrentEvents.Ids(clock.GetUtcNow(), db, ct)) await inventories.Get(InventoryId.Of(e));
    }
}
