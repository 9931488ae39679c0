namespace App.Features.Refunds.Contracts;

/// <summary>What is given back: tickets of an order, or a payment for which there were no places.</summary>
public enum RefundKind { Tickets, LatePayment }

/// <summary>Decided: the tickets are void from here on, and the money is on its way.</summary>
/// <param name="Amount">Minor units; what the buyer paid for these tickets, fees and taxes included.</param>
/// <param name="PaymentId">Null for a free order: then there is no money to send.</param>
/// <param name="By">A member's id, or <c>system</c>.</param>
/// <param name="Reason">One of <see cref="RefundReason"/>.</param>
public sealed record RefundApproved(Guid RefundId, Guid OrderId, Guid EventId, Guid OrganizationId, RefundKind Kind, Guid[] TicketIds, long Amount, string Currency,
    string? PaymentId, string? Account, string By, string Reason, DateTimeOffset At);

/// <summary>The provider took it on (or there was no money to send).</summary>
/// <param name="ProviderId">The provider's own id of it; null when there was no money to send.</param>
public sealed record RefundSent(Guid RefundId, Guid OrderId, Guid EventId, Guid OrganizationId, RefundKind Kind, Guid[] TicketIds, long Amount, string Currency,
    string? PaymentId, string? ProviderId, DateTimeOffset At);

/// <summary>The money has left for the buyer's account.</summary>
public sealed record RefundSettled(Guid RefundId, Guid OrderId, string? ProviderId, DateTimeOffset At);

/// <summary>The provider said no, at once or later. The tickets stay void; a promoter may try again.</summary>
/// <param name="Reason">The provider's code.</param>
public sealed record RefundFailed(Guid RefundId, Guid OrderId, Guid EventId, Guid OrganizationId, string? ProviderId, string Reason, DateTimeOffset At);

/// <param name="Attempt">2 for the first repetition: it is part of the provider's key.</param>
public sealed record RefundRetried(Guid RefundId, Guid OrderId, int Attempt, string By, DateTimeOffset At);

/// <summary>The provider spoke of a refund under our id whose account, amount or currency isn't ours. Nothing was changed by it.</summary>
/// <param name="Account">Null: the platform's own.</param>
public sealed record RefundDoubted(Guid RefundId, Guid OrderId, string ProviderId, string? Account, long Amount, string Currency, DateTimeOffset At);

/// <summary>Why tickets are refunded: a word, never a sentence, since facts hold nothing personal.</summary>
public static class RefundReason
{
    public const string Requested = "requested", EventCancelled = "event-cancelled", Duplicate = "duplicate", Mistake = "mistake", SoldOut = "sold-out", PaidTwice = "paid-twice";

    /// <summary>Those a promoter may choose from.</summary>
    public static IReadOnlyList<string> Choices { get; } = [Requested, EventCancelled, Duplicate, Mistake];
}
