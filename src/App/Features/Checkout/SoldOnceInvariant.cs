using System.Runtime.InteropServices;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Checkout;

/// <summary>A paid order takes its places once, and gives back each refund's once. What balances is forgotten.</summary>
public sealed class SoldOnceInvariant : IInvariant
{
    readonly Dictionary<Guid, int> held = []; // live holds, by order
    readonly Dictionary<Guid, int> owed = []; // places paid for and not sold (or sold and not paid for)
    readonly Dictionary<Guid, int> unnoted = []; // places given back and not noted by their order, by refund
    readonly HashSet<Guid> refunds = [];
    readonly FaultList faults = new();

    public string Id => "I9";
    public string Says => "Each paid order's places were sold once, each refund's given back once";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case PlacesHeld e: held[e.HoldId] = Places(e.Places); break;
            case HoldsEnded e: foreach (var hold in e.HoldIds) held.Remove(hold); break;
            case PlacesSold e: Add(owed, e.HoldId, held.Remove(e.HoldId, out var n) ? -n : -Places(e.Places ?? [])); break;
            case OrderPaid e: Add(owed, e.OrderId, e.Lines.Sum(l => l.Count)); break;
            case PlacesReturned e:
                if (!refunds.Add(e.RefundId)) faults.Add($"inventory {fact.Stream} at version {fact.Version}: refund {e.RefundId} gave its places back twice");
                Add(unnoted, e.RefundId, Places(e.Places));
                break;
            case OrderRefundNoted e: Add(unnoted, e.RefundId, -e.TicketIds.Length); break;
        }
    }

    static int Places(Places[] places) => places.Sum(p => p.Count);

    static void Add(Dictionary<Guid, int> balance, Guid id, int by)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(balance, id, out _);
        value += by;
        if (value == 0) balance.Remove(id);
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        foreach (var (order, places) in owed) faults.Add(places > 0 ? $"order {order} paid for {places} places that it didn't get" : $"order {order} has {-places} places that it didn't pay for");
        foreach (var (refund, places) in unnoted) faults.Add($"refund {refund}: {places} more places given back than tickets noted");
        return Task.FromResult(faults.ToList());
    }
}
