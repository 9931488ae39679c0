using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Tests.Features.Checkout;

/// <summary>A random past of one inventory, made by the real rules from a seed: the same seed, the same past.</summary>
sealed class History(int seed, bool careless = false)
{
    static readonly Guid[] Quotas = [Stock.Floor, Stock.Balcony, Stock.Both];
    static readonly string[] SeatNames = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"];
    readonly Random random = new(seed);
    readonly Dictionary<Guid, Places[]> orders = [];
    readonly Dictionary<Guid, List<Places>> sold = [];
    DateTimeOffset now = Stock.Noon;
    int number;

    public List<object> Log { get; } = [];
    public Inventory State { get; private set; } = Inventory.Empty;

    /// <summary>After each fact.</summary>
    public Action? Check { get; init; }

    public void Run(int steps)
    {
        foreach (var quota in Quotas) Record([new CapacitySet(quota, random.Next(0, 12))]);
        Record([new SeatsOpened(Stock.Balcony, SeatNames[..4])]);
        for (var i = 0; i < steps; i++)
        {
            now += TimeSpan.FromSeconds(random.Next(0, 90));
            Record(EndHolds.Due(State, now)); // as every batch begins
            Step(random.Next(100));
        }
    }

    void Step(int dice)
    {
        switch (dice)
        {
            case < 40: Hold(); break;
            case < 55: Known(id => Held(id, ExtendHoldHandler.Decide(id, orders[id], now.AddMinutes(5), random.Next(2) == 0, State))); break;
            case < 75: Known(Pay); break;
            case < 86: Refund(); break;
            case < 93: Record(SetCapacityHandler.Decide(new QuotaSet(Guid.Empty, Quotas[random.Next(3)], "", random.Next(0, 12), now.AddSeconds(random.Next(-60, 60))), State).Facts); break;
            default: Record(OpenSeatsHandler.Decide(random.Next(3) == 0 ? Stock.Floor : Stock.Balcony, [.. SeatNames.Where(_ => random.Next(3) > 0)], State).Facts); break;
        }
    }

    void Hold()
    {
        var id = Ids.From(Stock.Ada, ++number);
        orders[id] = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Wanted())];
        if (careless) Held(id, Decision.Accept(new PlacesHeld(id, [.. orders[id].Select(p => p.Seats is [] ? p with { Seats = SeatNames[..p.Count] } : p)], now.AddMinutes(5))));
        else Held(id, HoldPlacesHandler.Decide(id, orders[id], now.AddMinutes(5), State));
    }

    void Held(Guid id, Decision decision)
    {
        if (decision.Facts is not { } facts) return;
        // Seats that nobody named are known from the decision.
        if (facts is [PlacesHeld held]) orders[id] = held.Places;
        Record(facts);
    }

    /// <summary>What people ask for, foolish things among it.</summary>
    Places Wanted() => random.Next(8) switch
    {
        0 => new([Stock.Floor, Stock.Both], random.Next(1, 4), null),
        1 => new([Stock.Floor], random.Next(1, 4), null),
        2 => new([Stock.Both, Stock.Both], 1, null),
        3 => new([], 1, null),
        4 => new([Stock.Balcony, Stock.Both], random.Next(1, 4), []),
        5 => new([random.Next(2) == 0 ? Stock.Floor : Stock.Balcony], random.Next(1, 3), []),
        _ => Seats([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => SeatNames[random.Next(SeatNames.Length)])]),
    };

    static Places Seats(string[] seats) => new([Stock.Balcony, Stock.Both], seats.Length, seats);

    void Known(Action<Guid> act)
    {
        if (orders.Count > 0) act(orders.Keys.ElementAt(random.Next(orders.Count)));
    }

    /// <summary>In time, late, or never held at all. The order's own stream sees to it that an order is sold once.</summary>
    void Pay(Guid id)
    {
        if (sold.ContainsKey(id) || Sale.Decide(id, orders[id], State).Facts is not { } facts) return;
        sold[id] = [.. orders[id].SelectMany(p => Enumerable.Range(0, p.Count).Select(i => p with { Count = 1, Seats = p.Seats is null ? null : [p.Seats[i]] }))];
        Record(facts);
    }

    /// <summary>Some tickets of an order; Refunds sees to it that a ticket is refunded once.</summary>
    void Refund()
    {
        if (sold.Where(o => o.Value.Count > 0).Select(o => o.Key).ToArray() is not { Length: > 0 } open) return;
        var order = open[random.Next(open.Length)];
        var back = sold[order].Take(random.Next(1, sold[order].Count + 1)).ToArray();
        sold[order].RemoveRange(0, back.Length);
        Record([new PlacesReturned(Ids.From(order, ++number), order, back)]);
    }

    void Record(IReadOnlyList<object>? facts)
    {
        foreach (var fact in facts ?? [])
        {
            Log.Add(fact);
            State = Inventory.Evolve(State, fact);
            Check?.Invoke();
        }
    }
}
