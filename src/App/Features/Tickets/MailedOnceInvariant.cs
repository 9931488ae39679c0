using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Tickets;

/// <summary>Nothing is remembered: each mail's fact has one stream and one version where it may stand (the n-th revision of an order's tickets is version n), and I7 holds that a version is there once.</summary>
public sealed class MailedOnceInvariant : IInvariant
{
    readonly FaultList faults = new();

    public string Id => "I5";
    public string Says => "Each mail about an order is settled once";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case TicketsSent e: Check(fact, TicketDelivery.IdOf(e.OrderId), e.Revision, e.OrderId, "tickets"); break;
            case DeliveryFailed e: Check(fact, TicketDelivery.IdOf(e.OrderId), e.Revision, e.OrderId, "tickets"); break;
            case BuyerTold e: Check(fact, BuyerNotice.IdOf(e.OrderId, e.Mail, e.About), 1, e.OrderId, e.Mail); break;
        }
    }

    void Check(in LogFact fact, Guid stream, int version, Guid order, string mail)
    {
        if (fact.Stream != stream) faults.Add($"order {order}: the mail '{mail}' is settled on stream {fact.Stream}, which isn't its own");
        else if (fact.Version != version) faults.Add($"order {order}: the mail '{mail}' of revision {version} is settled as number {fact.Version}: a second time, or out of turn");
    }

    public Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct) => Task.FromResult(faults.ToList());
}
