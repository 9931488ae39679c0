using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Checkout;

public sealed class OneHolderInvariant : IInvariant
{
    readonly Dictionary<(Guid Inventory, string Seat), Guid> holders = [];
    readonly Dictionary<(Guid Inventory, Guid Hold), string[]> holds = [];
    readonly FaultList faults = new();

    public string Id => "I2";
    public string Says => "A seat has one holder or none, at any prefix of the log";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case PlacesHeld e:
                Take(e.Places, e.HoldId, fact);
                if (Seats(e.Places) is { Length: > 0 } seats) holds[(fact.Stream, e.HoldId)] = seats;
                break;
            case PlacesSold e:
                if (!holds.Remove((fact.Stream, e.HoldId)) && e.Places is { } places) Take(places, e.HoldId, fact);
                break;
            case HoldsEnded e:
                foreach (var hold in e.HoldIds) if (holds.Remove((fact.Stream, hold), out var ended)) foreach (var seat in ended) holders.Remove((fact.Stream, seat));
                break;
            case PlacesReturned e:
                foreach (var seat in Seats(e.Places)) Release(seat, e.HoldId, fact);
                break;
        }
    }

    void Take(Places[] places, Guid holder, in LogFact fact)
    {
        foreach (var p in places)
            foreach (var seat in p.Seats ?? [])
                if (!holders.TryAdd((fact.Stream, seat), holder)) faults.Add($"inventory {fact.Stream} at version {fact.Version}: seat {seat} of {holders[(fact.Stream, seat)]} was also taken by {holder}");
    }

    void Release(string seat, Guid holder, in LogFact fact)
    {
        if (holders.TryGetValue((fact.Stream, seat), out var has) && has == holder) holders.Remove((fact.Stream, seat));
        else faults.Add($"inventory {fact.Stream} at version {fact.Version}: seat {seat} was given back by {holder}, who hadn't it");
    }

    static string[] Seats(Places[] places) => Array.TrueForAll(places, p => p.Seats is null) ? [] : [.. places.SelectMany(p => p.Seats ?? [])];

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());
}
