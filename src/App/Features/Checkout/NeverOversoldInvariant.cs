using System.Runtime.InteropServices;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Checkout;

/// <summary>Counts once more, by itself: what it must find is a fault in <see cref="Inventory"/> too.</summary>
public sealed class NeverOversoldInvariant : IInvariant
{
    sealed class Count { public int Capacity, Held, Sold; }

    sealed class Stock
    {
        public readonly Dictionary<Guid, Count> Quotas = [];
        public readonly Dictionary<Guid, Places[]> Holds = [];
    }

    readonly Dictionary<Guid, Stock> stocks = [];
    readonly FaultList faults = new();

    public string Id => "I1";
    public string Says => "Never oversold, at any prefix of the log";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case CapacitySet e: Quota(Of(fact), e.QuotaId).Capacity = e.Capacity; break;
            case PlacesHeld e: Hold(e, fact); break;
            case PlacesSold e: Sell(e, fact); break;
            case HoldsEnded e: foreach (var hold in e.HoldIds) if (Of(fact).Holds.Remove(hold, out var places)) Move(places, -1, 0, fact); break;
            case PlacesReturned e: Move(e.Places, 0, -1, fact); break;
        }
    }

    void Hold(PlacesHeld e, in LogFact fact)
    {
        if (!Of(fact).Holds.TryAdd(e.HoldId, e.Places)) faults.Add($"{Place(fact)}: hold {e.HoldId} was taken twice");
        Move(e.Places, 1, 0, fact);
    }

    void Sell(PlacesSold e, in LogFact fact)
    {
        if (Of(fact).Holds.Remove(e.HoldId, out var held)) Move(held, -1, 1, fact);
        else if (e.Places is not null) Move(e.Places, 0, 1, fact);
        else faults.Add($"{Place(fact)}: hold {e.HoldId} was sold after it had ended");
    }

    /// <summary>What is taken may not grow past the capacity; a capacity that was lowered below what is taken already sold nothing.</summary>
    void Move(Places[] places, int held, int sold, in LogFact fact)
    {
        var stock = Of(fact);
        foreach (var p in places)
        {
            foreach (var id in p.Quotas)
            {
                var q = Quota(stock, id);
                (q.Held, q.Sold) = (q.Held + held * p.Count, q.Sold + sold * p.Count);
                if (held + sold > 0 && q.Held + q.Sold > q.Capacity) faults.Add($"{Place(fact)}: quota {id} has {q.Capacity} places, {q.Held} held and {q.Sold} sold");
                if (q.Held < 0 || q.Sold < 0) faults.Add($"{Place(fact)}: quota {id} gave back more than was taken");
            }
        }
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());

    Stock Of(in LogFact fact) => CollectionsMarshal.GetValueRefOrAddDefault(stocks, fact.Stream, out _) ??= new();
    static Count Quota(Stock stock, Guid id) => CollectionsMarshal.GetValueRefOrAddDefault(stock.Quotas, id, out _) ??= new();
    static string Place(in LogFact fact) => $"inventory {fact.Stream} at version {fact.Version}";
}
