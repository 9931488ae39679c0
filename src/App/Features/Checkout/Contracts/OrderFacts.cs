using App.Features.Shared;

namespace App.Features.Checkout.Contracts;

/// <summary>One kind of ticket in an order, with the price it had when the hold was taken.</summary>
public sealed record OrderLine(Guid TicketTypeId, string Name, int Count, Price Each, Guid[] Quotas, string[]? Seats);

public sealed record OrderStarted(Guid OrderId, Guid EventId, Guid OrganizationId, OrderLine[] Lines, string Currency, DateTimeOffset Until, DateTimeOffset At);

/// <summary>The hold was extended, or its places taken again after it had ended.</summary>
public sealed record OrderProlonged(DateTimeOffset Until, DateTimeOffset At);

/// <summary>The buyer gave their details. Who they are is in a document under the order's id.</summary>
public sealed record OrderPlaced(Guid OrderId, Guid EventId, Guid OrganizationId, int Tickets, long Total, string Currency, DateTimeOffset At);

/// <summary>Another browser gave details for an order that was placed. Others than before: what had been begun to pay it was closed at the provider, so that whoever pays is who gave the details last.</summary>
/// <param name="Giver">2 for the first change.</param>
/// <param name="Attempt">The payment's that begins now. The one before: the same details came again, and what was begun goes on.</param>
public sealed record BuyerChanged(int Giver, int Attempt, DateTimeOffset At);

/// <summary>The provider has an intent for this attempt; the browser confirms it.</summary>
/// <param name="Account">The promoter's connected account, or null for the platform's own.</param>
public sealed record PaymentPrepared(int Attempt, string PaymentId, string? Account, DateTimeOffset At);

/// <summary>For a browser without script: a page of the provider's, to pay on.</summary>
public sealed record PayPagePrepared(int Attempt, string SessionId, string? Account, DateTimeOffset At);

public sealed record PaymentDeclined(string PaymentId, string Reason, DateTimeOffset At);

/// <summary>Paid (or free) and the places are sold: tickets follow.</summary>
/// <param name="PaymentId">Null for a free order.</param>
public sealed record OrderPaid(Guid OrderId, Guid EventId, Guid OrganizationId, OrderLine[] Lines, long Total, string Currency, string? PaymentId, string? Account, DateTimeOffset At);

/// <summary>Money came for which there are no places any more, or a second time: it goes back by itself.</summary>
/// <param name="Reason"><c>sold-out</c> or <c>paid-twice</c>.</param>
public sealed record PaymentCameTooLate(Guid OrderId, Guid EventId, Guid OrganizationId, string PaymentId, string? Account, long Amount, string Currency, string Reason, DateTimeOffset At);

/// <summary>The buyer began to type. What they typed is in the document under the order's id.</summary>
public sealed record DetailsKept(DateTimeOffset At);

/// <summary>Money came that names this order but isn't what it asks for: another amount, currency or account. Nothing was changed; somebody has to look.</summary>
/// <param name="Amount">Minor units, as the provider said.</param>
public sealed record PaymentMismatched(string PaymentId, string? Account, long Amount, string Currency, DateTimeOffset At);

/// <summary>Nobody paid, and the provider was told that nobody will.</summary>
public sealed record OrderAbandoned(Guid OrderId, DateTimeOffset At);

/// <summary>Part or all of an order was given back, as Refunds said.</summary>
/// <param name="Lines">What was given back, by kind, at the price it was sold for.</param>
public sealed record OrderRefundNoted(Guid RefundId, Guid OrderId, Guid EventId, Guid OrganizationId, long Amount, string Currency, Guid[] TicketIds, DateTimeOffset At, OrderLine[]? Lines = null);

/// <summary>The order's page has another address from here on; the ones before open nothing.</summary>
/// <param name="Generation">1 for the first change.</param>
/// <param name="By">A member's id.</param>
public sealed record OrderLinkRenewed(Guid OrderId, Guid EventId, Guid OrganizationId, int Generation, string By, DateTimeOffset At);

/// <summary>The promoter corrected who bought, or where the tickets go. Both stand in the document under the order's id.</summary>
public sealed record BuyerCorrected(Guid OrderId, Guid EventId, DateTimeOffset At);
