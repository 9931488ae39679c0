using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The inventory of an event has an id that follows from the event's.</summary>
public static class InventoryId
{
    public static Guid Of(Guid eventId) => Infrastructure.Ids.From(eventId, "inventory");
}

public static class SetCapacityHandler
{
    public static async Task Handle(QuotaSet set, DocumentSession db, HotStreams<Inventory> inventories)
    {
        var inventory = await inventories.Get(InventoryId.Of(set.EventId));
        db.Decide(inventory, (state, _) => Decide(set, state));
    }

    /// <summary>Never below what is held or sold: the promoter's form says so; a message that comes late or twice takes what it can.</summary>
    public static Decision Decide(QuotaSet set, Inventory state)
    {
        var count = state.Quotas.GetValueOrDefault(set.QuotaId);
        var capacity = Math.Max(set.Capacity, count is null ? 0 : count.Held + count.Sold);
        return count?.Capacity == capacity ? Decision.Accept() : Decision.Accept(new CapacitySet(set.QuotaId, capacity));
    }
}

public static class OpenSeatsHandler
{
    public static async Task Handle(SeatsSet set, DocumentSession db, HotStreams<Inventory> inventories)
    {
        var inventory = await inventories.Get(InventoryId.Of(set.EventId));
        db.Decide(inventory, (state, _) => set.Seats.All(s => state.SeatQuotas.GetValueOrDefault(s) == set.QuotaId) ? Decision.Accept() : Decision.Accept(new SeatsOpened(set.QuotaId, set.Seats)));
    }
}
