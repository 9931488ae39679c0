using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What a buyer wants of one kind. Named seats are taken as named; a seated kind without names gets the first free ones.</summary>
public sealed record Wanted(Guid TicketTypeId, int Count, string[]? Seats = null);

/// <summary>Takes places for a while and starts an order under the same id. Answers the order's id.</summary>
public sealed record HoldPlaces(Guid EventId, IReadOnlyList<Wanted> Wanted);

public static class HoldPlacesHandler
{
    public static async Task<Guid> Handle(HoldPlaces command, DocumentSession db, EventCatalogue catalogue, HotStreams<Inventory> inventories, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var e = await catalogue.Find(command.EventId) ?? throw new Refused("checkout.no-such-event");
        var inventory = await inventories.Get(InventoryId.Of(e.Id));
        var orderId = Ids.New(now);
        var lines = Lines(command, e, inventory.State, now);
        var until = now.AddMinutes(e.HoldMinutes);
        db.StartStream<Order>(orderId).Append([new OrderStarted(orderId, e.Id, e.OrganizationId, lines, e.Currency, until, now)]);
        var places = PlacesOf(lines);
        db.Decide(inventory, (state, _) => Decide(orderId, places, until, state));
        return orderId;
    }

    /// <summary>What is asked for, checked against the catalogue: prices are ours, never the client's.</summary>
    static OrderLine[] Lines(HoldPlaces command, CatalogueEvent e, Inventory inventory, DateTimeOffset now)
    {
        if (!e.IsOnSale(now)) throw new Refused("checkout.not-on-sale");
        if (command.Wanted.Count == 0) throw new Refused("checkout.nothing-chosen");
        var lines = new List<OrderLine>(command.Wanted.Count);
        foreach (var wanted in command.Wanted)
        {
            var type = e.Type(wanted.TicketTypeId) ?? throw new Refused("checkout.no-such-ticket");
            var count = wanted.Seats?.Length ?? wanted.Count;
            // The limit is the order's, so a kind that is named twice counts together.
            var before = lines.Where(l => l.TicketTypeId == type.Id).Sum(l => l.Count);
            if (count < 1 || count > type.MaxPerOrder - before) throw new Refused("checkout.too-many", type.MaxPerOrder, type.Name);
            var seats = type.Seated ? wanted.Seats ?? FirstFree(inventory, lines, type, count) : null;
            lines.Add(new(type.Id, type.Name, count, e.PriceOf(type), type.Quotas, seats));
        }
        return [.. lines];
    }

    static string[] FirstFree(Inventory inventory, List<OrderLine> chosen, TicketType type, int count)
    {
        var free = inventory.SeatQuotas.Where(s => type.Quotas.Contains(s.Value) && !inventory.Holders.ContainsKey(s.Key)).Select(s => s.Key)
            .Except(chosen.SelectMany(l => l.Seats ?? []), StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(count).ToArray();
        return free.Length == count ? free : throw new Refused("checkout.sold-out", type.Name);
    }

    public static Places[] PlacesOf(OrderLine[] lines) => Array.ConvertAll(lines, l => new Places(l.Quotas, l.Count, l.Seats));

    public static Decision Decide(Guid holdId, Places[] places, DateTimeOffset until, Inventory state)
    {
        if (state.Holds.ContainsKey(holdId)) return Decision.Accept();
        return Missing(places, state) ?? Decision.Accept(new PlacesHeld(holdId, places, until));
    }

    /// <summary>Why these places can't be taken now, or null. Two lines may share a quota or name one seat, so each is counted on top of those before it. Without a quota there are no places.</summary>
    public static Decision? Missing(Places[] places, Inventory state)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Quotas.Length == 0) return Decision.Refuse("checkout.sold-out");
            foreach (var quota in places[i].Quotas)
            {
                var wanted = 0;
                for (var j = 0; j <= i; j++) foreach (var other in places[j].Quotas) if (other == quota) wanted += places[j].Count;
                var free = state.Quotas.TryGetValue(quota, out var q) ? q.Free : 0;
                if (wanted > free) return free > 0 ? Decision.Refuse("checkout.only-left", free) : Decision.Refuse("checkout.sold-out");
            }
            foreach (var seat in places[i].Seats ?? [])
            {
                if (!state.SeatQuotas.TryGetValue(seat, out var of) || Array.IndexOf(places[i].Quotas, of) < 0) return Decision.Refuse("checkout.no-such-seat", seat);
                if (state.Holders.ContainsKey(seat)) return Decision.Refuse("checkout.seat-taken", seat);
            }
        }
        return NamesSeatTwice(places) ? Decision.Refuse("checkout.seat-twice") : null;
    }

    static bool NamesSeatTwice(Places[] places)
    {
        if (Array.TrueForAll(places, p => p.Seats is null)) return false;
        var named = new HashSet<string>(StringComparer.Ordinal);
        return Array.Exists(places, p => p.Seats is { } seats && (seats.Length != p.Count || !Array.TrueForAll(seats, named.Add)));
    }
}
