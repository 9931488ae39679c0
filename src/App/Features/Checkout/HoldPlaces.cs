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
        var lines = Lines(command, e, now);
        var until = now.AddMinutes(e.HoldMinutes);
        // Seats that nobody named are chosen where it is decided, so that a thousand buyers don't all ask for the first one.
        db.StartWith<Order>(orderId, decision => [new OrderStarted(orderId, e.Id, e.OrganizationId, Seated(lines, decision), e.Currency, until, now)]);
        db.Decide(inventory, (state, _) => Decide(orderId, PlacesOf(lines), until, state));
        return orderId;
    }

    static OrderLine[] Seated(OrderLine[] lines, Decision held) =>
        held.Facts is [PlacesHeld { Places: var places }] ? [.. lines.Zip(places, (line, place) => line.Seats == place.Seats ? line : line with { Seats = place.Seats })] : lines;

    /// <summary>What is asked for, checked against the catalogue: prices are ours, never the client's.</summary>
    static OrderLine[] Lines(HoldPlaces command, CatalogueEvent e, DateTimeOffset now)
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
            lines.Add(new(type.Id, type.Name, count, e.PriceOf(type), type.Quotas, type.Seated ? wanted.Seats ?? [] : null));
        }
        return [.. lines];
    }

    public static Places[] PlacesOf(OrderLine[] lines) => Array.ConvertAll(lines, l => new Places(l.Quotas, l.Count, l.Seats));

    public static Decision Decide(Guid holdId, Places[] places, DateTimeOffset until, Inventory state)
    {
        if (state.Holds.ContainsKey(holdId)) return Decision.Accept();
        if (Choose(places, state) is not { } chosen) return Decision.Refuse("checkout.sold-out");
        return Missing(chosen, state) ?? Decision.Accept(new PlacesHeld(holdId, chosen, until));
    }

    /// <summary>The first free seats for places that are to be seated and name none; null when there are too few.</summary>
    static Places[]? Choose(Places[] places, Inventory state)
    {
        if (!Array.Exists(places, p => p.Seats is [])) return places;
        var (chosen, taken) = ((Places[])places.Clone(), places.SelectMany(p => p.Seats ?? []).ToHashSet(StringComparer.Ordinal));
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] is not { Seats: [], Count: > 0 } wanted) continue;
            var seats = wanted.Quotas.SelectMany(q => state.FreeSeats.GetValueOrDefault(q)?.Values ?? []).Where(taken.Add).Take(wanted.Count).ToArray();
            if (seats.Length < wanted.Count) return null;
            chosen[i] = wanted with { Seats = seats };
        }
        return chosen;
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
                if (!state.Seats.TryGetValue(seat, out var of) || Array.IndexOf(places[i].Quotas, of.Quota) < 0) return Decision.Refuse("checkout.no-such-seat", seat);
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
