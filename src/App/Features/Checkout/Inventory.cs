using System.Collections.Immutable;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <param name="Capacity">As the promoter wants it now; may be lowered below what is held or sold, then nothing is free until enough came back.</param>
public sealed record QuotaCount(int Capacity, int Held, int Sold)
{
    /// <summary>When the promoter asked for this capacity: an older wish that arrives later changes nothing.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    public int Free => Math.Max(0, Capacity - Held - Sold);
}

/// <param name="Order">The seat's place in the promoter's list: the first is offered first.</param>
public readonly record struct Seat(Guid Quota, int Order);

public sealed record Hold(Places[] Places, DateTimeOffset Until, int Extensions);

/// <summary>
/// Every place of one event date: quotas, seats, holds with a deadline. One stream, decided in memory. What is left is derived from what happened, never a counter
/// that somebody changes; a seat has one holder or none.
/// </summary>
public sealed record Inventory(
    ImmutableDictionary<Guid, QuotaCount> Quotas,
    ImmutableDictionary<Guid, Hold> Holds,
    ImmutableDictionary<string, Seat> Seats,
    ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> FreeSeats,
    ImmutableDictionary<string, Guid> Holders,
    ImmutableSortedDictionary<long, ImmutableHashSet<Guid>> Deadlines) : IEventSourced<Inventory>
{
    public static Inventory Empty { get; } = new(ImmutableDictionary<Guid, QuotaCount>.Empty, ImmutableDictionary<Guid, Hold>.Empty,
        ImmutableDictionary<string, Seat>.Empty, ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>>.Empty, ImmutableDictionary<string, Guid>.Empty, ImmutableSortedDictionary<long, ImmutableHashSet<Guid>>.Empty);

    /// <summary>Places left in the scarcest of these quotas.</summary>
    public int Free(Guid[] quotas)
    {
        var least = int.MaxValue;
        foreach (var id in quotas) least = Math.Min(least, Quotas.TryGetValue(id, out var q) ? q.Free : 0);
        return least == int.MaxValue ? 0 : least;
    }

    public static Inventory Evolve(Inventory s, object fact) => fact switch
    {
        PlacesHeld e => s.Count(e.Places, held: 1, sold: 0).Seat(e.Places, e.HoldId) with
        {
            Holds = s.Holds.SetItem(e.HoldId, new(e.Places, e.Until, 0)),
            Deadlines = s.AddDeadline(e.HoldId, e.Until),
        },
        PlacesSold e when s.Holds.TryGetValue(e.HoldId, out var hold) => s.Count(hold.Places, held: -1, sold: 1).Drop(e.HoldId, hold),
        PlacesSold e => s.Count(e.Places ?? [], held: 0, sold: 1).Seat(e.Places ?? [], e.HoldId),
        HoldsEnded e => s.End(e.HoldIds),
        HoldExtended e when s.Holds.TryGetValue(e.HoldId, out var hold) => s.Drop(e.HoldId, hold) is var rest
            ? rest with { Holds = s.Holds.SetItem(e.HoldId, hold with { Until = e.Until, Extensions = hold.Extensions + 1 }), Deadlines = rest.AddDeadline(e.HoldId, e.Until) } : s,
        PlacesReturned e => s.Count(e.Places, held: 0, sold: -1).Unseat(e.Places, e.HoldId),
        CapacitySet e => s with { Quotas = s.Quotas.SetItem(e.QuotaId, (s.Quotas.GetValueOrDefault(e.QuotaId) ?? new(0, 0, 0)) with { Capacity = e.Capacity, AskedAt = e.AskedAt }) },
        SeatsOpened e => s.Open(e),
        SeatsClosed e => s.Close(e),
        _ => s,
    };

    Inventory Count(Places[] places, int held, int sold)
    {
        var quotas = Quotas;
        foreach (var p in places)
            foreach (var id in p.Quotas)
                if (quotas.TryGetValue(id, out var q)) quotas = quotas.SetItem(id, q with { Held = q.Held + held * p.Count, Sold = q.Sold + sold * p.Count });
        return this with { Quotas = quotas };
    }

    Inventory Open(SeatsOpened opened)
    {
        var (seats, free) = (Seats, FreeSeats);
        // After seats were closed there are fewer of them than places in the order.
        var next = seats.IsEmpty ? 0 : seats.Values.Max(s => s.Order) + 1;
        foreach (var name in opened.Seats)
        {
            if (seats.TryGetValue(name, out var known)) free = Taken(free, known);
            var seat = new Seat(opened.QuotaId, known.Quota == Guid.Empty ? next++ : known.Order);
            seats = seats.SetItem(name, seat);
            if (!Holders.ContainsKey(name)) free = Freed(free, name, seat);
        }
        return this with { Seats = seats, FreeSeats = free };
    }

    Inventory Close(SeatsClosed closed)
    {
        var (seats, free) = (Seats, FreeSeats);
        foreach (var name in closed.Seats)
        {
            if (!seats.TryGetValue(name, out var seat) || seat.Quota != closed.QuotaId) continue;
            (seats, free) = (seats.Remove(name), Taken(free, seat));
        }
        return this with { Seats = seats, FreeSeats = free };
    }

    Inventory Seat(Places[] places, Guid holder)
    {
        var (holders, free) = (Holders, FreeSeats);
        foreach (var p in places)
        {
            foreach (var name in p.Seats ?? [])
            {
                holders = holders.SetItem(name, holder);
                if (Seats.TryGetValue(name, out var seat)) free = Taken(free, seat);
            }
        }
        return ReferenceEquals(holders, Holders) ? this : this with { Holders = holders, FreeSeats = free };
    }

    Inventory Unseat(Places[] places, Guid holder)
    {
        var (holders, free) = (Holders, FreeSeats);
        foreach (var p in places)
        {
            foreach (var name in p.Seats ?? [])
            {
                if (!holders.TryGetValue(name, out var has) || has != holder) continue;
                holders = holders.Remove(name);
                if (Seats.TryGetValue(name, out var seat)) free = Freed(free, name, seat);
            }
        }
        return ReferenceEquals(holders, Holders) ? this : this with { Holders = holders, FreeSeats = free };
    }

    static ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> Taken(ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> free, Seat seat) =>
        free.TryGetValue(seat.Quota, out var of) ? free.SetItem(seat.Quota, of.Remove(seat.Order)) : free;

    static ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> Freed(ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> free, string name, Seat seat) =>
        free.SetItem(seat.Quota, (free.GetValueOrDefault(seat.Quota) ?? ImmutableSortedDictionary<int, string>.Empty).SetItem(seat.Order, name));

    Inventory End(Guid[] holds)
    {
        var s = this;
        foreach (var id in holds)
            if (s.Holds.TryGetValue(id, out var hold)) s = s.Count(hold.Places, held: -1, sold: 0).Unseat(hold.Places, id).Drop(id, hold);
        return s;
    }

    Inventory Drop(Guid id, Hold hold)
    {
        var second = hold.Until.ToUnixTimeSeconds();
        var deadlines = Deadlines;
        if (deadlines.TryGetValue(second, out var due)) deadlines = due.Count == 1 ? deadlines.Remove(second) : deadlines.SetItem(second, due.Remove(id));
        return this with { Holds = Holds.Remove(id), Deadlines = deadlines };
    }

    // Deadlines stand by the second, so that the sorted part stays as small as a hold is long.
    ImmutableSortedDictionary<long, ImmutableHashSet<Guid>> AddDeadline(Guid hold, DateTimeOffset until)
    {
        var second = until.ToUnixTimeSeconds();
        return Deadlines.SetItem(second, (Deadlines.GetValueOrDefault(second) ?? []).Add(hold));
    }
}
