using System.Collections.Immutable;
using App.Features.Refunds.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <param name="Attempt">How often the provider was (or will be) asked; part of its key.</param>
/// <param name="AskedAt">When this attempt began: the provider remembers a key for a day.</param>
/// <param name="GivenUp">The provider's ids of attempts that failed: what comes of them later changes nothing.</param>
/// <param name="Doubt">The last word of the provider's about it that didn't fit.</param>
public sealed record Refund(RefundApproved Approved, RefundStatus Status, int Attempt, DateTimeOffset AskedAt, DateTimeOffset ChangedAt, string? ProviderId, string? FailedBecause, ImmutableArray<string> GivenUp, RefundDoubted? Doubt = null)
{
    /// <summary>What makes asking twice harmless: one key an attempt.</summary>
    public string Key => (Approved.Kind == RefundKind.LatePayment ? $"late-{Approved.OrderId}-{Approved.PaymentId}" : $"refund-{Approved.RefundId}") + (Attempt > 1 ? $"-{Attempt}" : "");

    public RefundSent SentAs(string? providerId, DateTimeOffset now) => new(Approved.RefundId, Approved.OrderId, Approved.EventId, Approved.OrganizationId, Approved.Kind,
        Approved.TicketIds, Approved.Amount, Approved.Currency, Approved.PaymentId, providerId, now);

    public RefundFailed FailedAs(string? providerId, string reason, DateTimeOffset now) =>
        new(Approved.RefundId, Approved.OrderId, Approved.EventId, Approved.OrganizationId, providerId, reason, now);

    public RefundCard Card(string? note) => new(Approved.RefundId, Approved.OrderId, Approved.EventId, Approved.OrganizationId, Approved.Kind, Approved.TicketIds, Approved.Amount, Approved.Currency,
        Status, Approved.By, Approved.Reason, FailedBecause, ProviderId, note, Approved.At, ChangedAt, Doubt);
}

/// <summary>Every refund of one order in one stream: two promoters who press at once meet here, so no ticket is refunded twice and never more than was paid.</summary>
public sealed record OrderRefunds(ImmutableList<Refund> All) : IEventSourced<OrderRefunds>
{
    public static OrderRefunds Empty { get; } = new(ImmutableList<Refund>.Empty);

    public static Guid IdOf(Guid orderId) => Ids.From(orderId, "refunds");

    public Refund? Find(Guid refundId) => All.Find(r => r.Approved.RefundId == refundId);
    public bool Has(Guid ticketId) => All.Exists(r => r.Approved.TicketIds.Contains(ticketId));

    public static OrderRefunds Evolve(OrderRefunds s, object fact) => fact switch
    {
        RefundApproved e => new(s.All.Add(new(e, RefundStatus.Approved, 1, e.At, e.At, null, null, []))),
        RefundSent e => s.Change(e.RefundId, r => r with { Status = RefundStatus.Sent, ProviderId = e.ProviderId, FailedBecause = null, ChangedAt = e.At }),
        RefundSettled e => s.Change(e.RefundId, r => r with { Status = RefundStatus.Settled, ChangedAt = e.At }),
        RefundFailed e => s.Change(e.RefundId, r => r with { Status = RefundStatus.Failed, FailedBecause = e.Reason, ChangedAt = e.At, GivenUp = e.ProviderId is null ? r.GivenUp : r.GivenUp.Add(e.ProviderId) }),
        RefundRetried e => s.Change(e.RefundId, r => r with { Status = RefundStatus.Approved, Attempt = e.Attempt, AskedAt = e.At, ChangedAt = e.At }),
        RefundDoubted e => s.Change(e.RefundId, r => r with { Doubt = e }),
        _ => s,
    };

    OrderRefunds Change(Guid refundId, Func<Refund, Refund> change) =>
        All.FindIndex(r => r.Approved.RefundId == refundId) is >= 0 and var at ? new(All.SetItem(at, change(All[at]))) : this;
}
