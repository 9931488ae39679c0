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

    /// <summary>The newest wish counts, in whatever order they arrive. Below what is held or sold, nothing more is taken; what was sold stays sold.</summary>
    public static Decision Decide(QuotaSet set, Inventory state)
    {
        var count = state.Quotas.GetValueOrDefault(set.QuotaId);
        return count is not null && (count.Capacity == set.Capacity || count.AskedAt > set.At) ? Decision.Accept() : Decision.Accept(new CapacitySet(set.QuotaId, set.Capacity, set.At));
    }
}

public static class OpenSeatsHandler
{
    public static async Task Handle(SeatsSet set, DocumentSession db, HotStreams<Inventory> inventories, CancellationToken ct)
    {
        // What the promoter wants by now, in whatever order the wishes arrive.
        var (e, _) = await db.FoldFresh<CatalogueEvent>(set.EventId, ct);
        var inventory = await inventories.Get(InventoryId.Of(set.EventId));
        db.Decide(inventory, (state, _) => Decide(set.QuotaId, e.SeatsOf(set.QuotaId), state));
    }

    public static Decision Decide(Guid quotaId, string[] wanted, Inventory state)
    {
        var opened = Array.FindAll(wanted, s => state.Seats.GetValueOrDefault(s).Quota != quotaId);
        var closed = state.Seats.Where(s => s.Value.Quota == quotaId).Select(s => s.Key).Except(wanted, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Decision.Accept([.. closed.Length > 0 ? [new SeatsClosed(quotaId, closed)] : Array.Empty<object>(), .. opened.Length > 0 ? [new SeatsOpened(quotaId, opened)] : Array.Empty<object>()]);
    }
}
