using System.Runtime.InteropServices;
using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Tickets;

/// <summary>A paid order and its tickets are one commit; what balances is forgotten.</summary>
public sealed class TicketsIssuedInvariant : IInvariant
{
    readonly Dictionary<Guid, int> owed = [];
    readonly FaultList faults = new();

    public string Id => "I9";
    public string Says => "Each paid order has its tickets, one a place, each once";

    public void Observe(in LogFact fact)
    {
        if (fact.Fact is OrderPaid paid) Add(paid.OrderId, paid.Lines.Sum(l => l.Count));
        if (fact.Fact is not TicketIssued ticket || fact.Version != 1) return;
        if (ticket.TicketId != fact.Stream || ticket.TicketId != TicketId.Of(ticket.OrderId, ticket.Number)) faults.Add($"ticket {ticket.TicketId} is not number {ticket.Number} of order {ticket.OrderId}");
        Add(ticket.OrderId, -1);
    }

    void Add(Guid order, int by)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(owed, order, out _);
        value += by;
        if (value == 0) owed.Remove(order);
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        foreach (var (order, tickets) in owed) faults.Add(tickets > 0 ? $"order {order} was paid and lacks {tickets} tickets" : $"order {order} has {-tickets} tickets too many");
        return Task.FromResult(faults.ToList());
    }
}
