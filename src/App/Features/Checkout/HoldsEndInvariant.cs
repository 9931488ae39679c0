using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Checkout;

/// <summary>Measured by the newest fact: while the system runs, time ends holds through whoever has the inventory in memory (see <see cref="WakeInventories"/>); of one that stands still it says nothing.</summary>
public sealed class HoldsEndInvariant : IInvariant
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(6); // a hold lives through the second it ends in, then five more for a busy system
    readonly Dictionary<Guid, DateTimeOffset> holds = [];
    DateTimeOffset newest = DateTimeOffset.UnixEpoch;

    public string Id => "I8";
    public string Says => "No hold lives past its deadline";

    public void Observe(in LogFact fact)
    {
        if (fact.At > newest) newest = fact.At;
        switch (fact.Fact)
        {
            case PlacesHeld e: holds[e.HoldId] = e.Until; break;
            case HoldExtended e when holds.ContainsKey(e.HoldId): holds[e.HoldId] = e.Until; break;
            case PlacesSold e: holds.Remove(e.HoldId); break;
            case HoldsEnded e: foreach (var hold in e.HoldIds) holds.Remove(hold); break;
        }
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        var (faults, late) = (new FaultList(), newest - Patience);
        foreach (var (hold, until) in holds) if (until < late) faults.Add($"hold {hold} should have ended at {until:O}");
        return Task.FromResult(faults.ToList());
    }
}
