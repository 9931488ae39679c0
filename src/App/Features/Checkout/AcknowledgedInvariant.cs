using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Checkout;

/// <summary>What somebody was answered must be there, whatever crashed since. Needs that somebody's own notes; without them it says nothing.</summary>
public sealed class AcknowledgedInvariant : IInvariant
{
    readonly HashSet<Guid> held = [], paid = [];
    readonly FaultList faults = new();
    readonly int promised;

    public AcknowledgedInvariant(VerifyOptions options)
    {
        if (options.Acknowledged is not { } path) return;
        foreach (var line in File.ReadLines(path))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            // A client that was killed may have left half a line.
            if (space < 0 || !Guid.TryParse(line.AsSpan(space + 1), out var order)) { if (line.Length > 0) faults.Add($"not understood: '{line}'"); continue; }
            (line.AsSpan(0, space) is "paid" ? paid : held).Add(order);
        }
        promised = held.Count + paid.Count;
    }

    public string Id => "I4";
    public string Says => promised == 0 ? "Every acknowledged write exists (no client's notes given)" : $"Every acknowledged write exists ({promised} by the client's notes)";

    public void Observe(in LogFact fact)
    {
        if (fact.Fact is OrderStarted started) held.Remove(started.OrderId);
        if (fact.Fact is OrderPaid e) paid.Remove(e.OrderId);
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        foreach (var order in held) faults.Add($"order {order} was held, and is not there");
        foreach (var order in paid) faults.Add($"order {order} was paid, and is not");
        return Task.FromResult(faults.ToList());
    }
}
