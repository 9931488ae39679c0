using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Schedule.Mine;

/// <summary>A session with a capacity never had more people in than places when the last one came in; nobody has two places. A room that was made smaller afterwards keeps who is in.</summary>
public sealed class SessionPlacesInvariant : IInvariant
{
    readonly Dictionary<Guid, int> capacities = [];
    readonly Dictionary<Guid, HashSet<Guid>> taken = [];
    readonly FaultList faults = new();

    public string Id => "S1";
    public string Says => "No session with a capacity has more people in than places, nobody two places in one";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            // The largest it ever was: a place may have been taken before the smaller number was known to that process.
            case SessionDescribed { Details.Capacity: { } capacity } e: capacities[e.SessionId] = Math.Max(capacity, capacities.GetValueOrDefault(e.SessionId)); break;
            case PlaceTaken e: Take(e, fact); break;
            case PlaceReleased e when taken.TryGetValue(e.SessionId, out var people): people.Remove(e.Person); break;
        }
    }

    void Take(PlaceTaken e, in LogFact fact)
    {
        if (!taken.TryGetValue(e.SessionId, out var people)) taken[e.SessionId] = people = [];
        if (!people.Add(e.Person)) faults.Add($"session {e.SessionId} at version {fact.Version}: {e.Person} got a second place");
        if (capacities.TryGetValue(e.SessionId, out var capacity) && people.Count > capacity) faults.Add($"session {e.SessionId} at version {fact.Version}: {people.Count} places taken of {capacity}");
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());
}
