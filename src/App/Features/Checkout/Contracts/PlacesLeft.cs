using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>How a quota stands.</summary>
public readonly record struct QuotaPlaces(int Capacity, int Held, int Sold)
{
    public int Left => Math.Max(0, Capacity - Held - Sold);
}

/// <summary>What somebody holds or has bought of an event: seats by name, places by quota.</summary>
public sealed record TakenPlaces(IReadOnlySet<string> Seats, IReadOnlyDictionary<Guid, QuotaPlaces> Quotas)
{
    public static TakenPlaces None { get; } = new(new HashSet<string>(), new Dictionary<Guid, QuotaPlaces>());
}

/// <summary>The places of an event's quotas, from this process's memory: at most a second behind another's sales. For showing; a sale is decided by the inventory itself.</summary>
public sealed class PlacesLeft(HotStreams<Inventory> inventories)
{
    public async ValueTask<IReadOnlyDictionary<Guid, QuotaPlaces>> Of(Guid eventId)
    {
        var inventory = await inventories.Get(InventoryId.Of(eventId));
        return Of(inventory.State);
    }

    public async ValueTask<TakenPlaces> Taken(Guid eventId)
    {
        var inventory = await inventories.Get(InventoryId.Of(eventId));
        return new(inventory.State.Holders.Keys.ToHashSet(StringComparer.Ordinal), Of(inventory.State));
    }

    static Dictionary<Guid, QuotaPlaces> Of(Inventory inventory) => inventory.Quotas.ToDictionary(q => q.Key, q => new QuotaPlaces(q.Value.Capacity, q.Value.Held, q.Value.Sold));
}
