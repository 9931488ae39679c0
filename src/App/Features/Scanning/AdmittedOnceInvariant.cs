using App.Features.Scanning.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Scanning;

public sealed class AdmittedOnceInvariant : IInvariant
{
    readonly HashSet<Guid> inside = [];
    readonly FaultList faults = new();

    public string Id => "I11";
    public string Says => "A ticket opens once, and again only after its admission was undone";

    public void Observe(in LogFact fact)
    {
        if (fact.Fact is TicketAdmitted a && !inside.Add(a.TicketId)) faults.Add($"ticket {a.TicketId} came in twice, the second time at {a.Gate} at {a.At:O}");
        if (fact.Fact is AdmissionUndone u && !inside.Remove(u.TicketId)) faults.Add($"ticket {u.TicketId} was sent out and wasn't in");
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());
}
