using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Tickets;

/// <summary>Every code that was ever issued, signature and all, on every core. A code names its ticket and revision, so codes are as unique as tickets.</summary>
public sealed class TicketCodesInvariant(TicketKeys keys) : IInvariant
{
    readonly List<TicketIssued> open = [];
    readonly FaultList faults = new();

    public string Id => "I10";
    public string Says => "Every ticket's code verifies with a published key and names that ticket";

    public void Observe(in LogFact fact)
    {
        if (fact.Fact is TicketIssued ticket) open.Add(ticket);
    }

    public async ValueTask Settle(CancellationToken ct)
    {
        await Parallel.ForEachAsync(open.Chunk(64), ct, async (tickets, stop) => { foreach (var ticket in tickets) await Check(ticket, stop); });
        open.Clear();
    }

    async ValueTask Check(TicketIssued ticket, CancellationToken ct)
    {
        if (await keys.Verify(ticket.Code, ct) is { } code && code.TicketId == ticket.TicketId && code.Revision == ticket.Revision) return;
        lock (faults) faults.Add($"ticket {ticket.TicketId}, revision {ticket.Revision}: its code is not its own");
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());
}
