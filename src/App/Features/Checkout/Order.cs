using System.Collections.Immutable;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

public enum OrderStatus { None, Open, Placed, Paid, TooLate, Abandoned }

/// <param name="Revision">How often it changed hands.</param>
public readonly record struct TicketGift(int Revision, bool IsGiven);

public sealed record Order(Guid Id, Guid EventId, Guid OrganizationId, OrderLine[] Lines, string Currency) : IEventSourced<Order>
{
    public static Order Empty { get; } = new(Guid.Empty, Guid.Empty, Guid.Empty, [], "EUR");

    public OrderStatus Status { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset Until { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public int Attempt { get; init; }
    /// <summary>Whose details these are: browsers are counted as they come to give some. 0: nobody has.</summary>
    public int Giver { get; init; }
    public string? PaymentId { get; init; }
    /// <summary>The provider's pages that were made for it. Any of them may have been paid on.</summary>
    public ImmutableArray<string> Sessions { get; init; } = [];
    public string? Account { get; init; }
    public string? DeclinedBecause { get; init; }
    public string? LateBecause { get; init; }
    public ImmutableArray<string> ReturnedPayments { get; init; } = [];
    public ImmutableArray<string> ForeignPayments { get; init; } = [];
    public long Refunded { get; init; }
    public ImmutableArray<Guid> RefundedTickets { get; init; } = [];
    public ImmutableArray<Guid> Refunds { get; init; } = [];

    /// <summary>Tickets that were given to somebody else, or were and came back.</summary>
    public ImmutableDictionary<Guid, TicketGift> Gifts { get; init; } = ImmutableDictionary<Guid, TicketGift>.Empty;

    /// <summary>How often its address was changed.</summary>
    public int LinkGeneration { get; init; }

    public long Total => Lines.Sum(l => l.Each.Gross * l.Count);
    public int Tickets => Lines.Sum(l => l.Count);

    public static Order Evolve(Order s, object fact) => fact switch
    {
        OrderStarted e => new(e.OrderId, e.EventId, e.OrganizationId, e.Lines, e.Currency) { Status = OrderStatus.Open, Until = e.Until, StartedAt = e.At },
        OrderProlonged e => s with { Until = e.Until },
        OrderPlaced => s with { Status = s.Status == OrderStatus.Open ? OrderStatus.Placed : s.Status, Giver = 1 },
        BuyerChanged e => s with { Giver = e.Giver, Attempt = e.Attempt },
        PaymentPrepared e => s with { Attempt = e.Attempt, PaymentId = e.PaymentId, Account = e.Account, DeclinedBecause = null },
        PayPagePrepared e => s with { Attempt = e.Attempt, Sessions = s.Sessions.Contains(e.SessionId) ? s.Sessions : s.Sessions.Add(e.SessionId), Account = e.Account, DeclinedBecause = null },
        PaymentDeclined e => s with { DeclinedBecause = e.Reason },
        OrderPaid e => s with { Status = OrderStatus.Paid, PaidAt = e.At, PaymentId = e.PaymentId, Account = e.Account, DeclinedBecause = null },
        PaymentCameTooLate e => s with { Status = s.Status == OrderStatus.Paid ? OrderStatus.Paid : OrderStatus.TooLate, LateBecause = e.Reason, ReturnedPayments = s.ReturnedPayments.Add(e.PaymentId) },
        PaymentMismatched e => s with { ForeignPayments = s.ForeignPayments.Add(e.PaymentId) },
        OrderAbandoned => s with { Status = s.Status is OrderStatus.Open or OrderStatus.Placed ? OrderStatus.Abandoned : s.Status },
        OrderRefundNoted e => s with { Refunded = s.Refunded + e.Amount, RefundedTickets = s.RefundedTickets.AddRange(e.TicketIds), Refunds = s.Refunds.Add(e.RefundId) },
        TicketGiven e => s with { Gifts = s.Gifts.SetItem(e.TicketId, new(e.Revision, e.ToGuest)) },
        OrderLinkRenewed e => s with { LinkGeneration = e.Generation },
        _ => s,
    };
}
