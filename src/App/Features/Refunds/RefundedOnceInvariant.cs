using System.Runtime.InteropServices;
using App.Features.Refunds.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Refunds;

public sealed class RefundedOnceInvariant : IInvariant
{
    readonly Dictionary<Guid, (int Attempts, int Sent, RefundStatus Status)> refunds = [];
    readonly HashSet<Guid> tickets = [];
    readonly FaultList faults = new();

    public string Id => "I5";
    public string Says => "Each ticket is refunded once, each refund sent once an attempt, and its card says the same";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case RefundApproved e:
                if (!refunds.TryAdd(e.RefundId, (1, 0, RefundStatus.Approved))) faults.Add($"refund {e.RefundId} was approved twice");
                foreach (var ticket in e.TicketIds) if (!tickets.Add(ticket)) faults.Add($"ticket {ticket} was refunded twice, the second time by {e.RefundId}");
                break;
            case RefundRetried e: Change(e.RefundId, RefundStatus.Approved, attempts: 1); break;
            case RefundSent e: Change(e.RefundId, RefundStatus.Sent, sent: 1); break;
            case RefundSettled e: Change(e.RefundId, RefundStatus.Settled); break;
            case RefundFailed e: Change(e.RefundId, RefundStatus.Failed); break;
        }
    }

    void Change(Guid refund, RefundStatus status, int attempts = 0, int sent = 0)
    {
        ref var r = ref CollectionsMarshal.GetValueRefOrAddDefault(refunds, refund, out _);
        r = (r.Attempts + attempts, r.Sent + sent, status);
        if (r.Sent > r.Attempts) faults.Add($"refund {refund} was sent {r.Sent} times in {r.Attempts} attempts");
    }

    public async Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        await using var command = db.Command("select id, status from doc_refund");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            if (!refunds.Remove(rows.GetGuid(0), out var r) || r.Status.ToString() != rows.GetString(1)) faults.Add($"refund {rows.GetGuid(0)}: its card says {rows.GetString(1)}, its facts {r.Status}");
        foreach (var refund in refunds.Keys) faults.Add($"refund {refund} has no card");
        return faults.ToList();
    }
}
