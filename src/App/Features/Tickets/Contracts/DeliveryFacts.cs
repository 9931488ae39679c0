namespace App.Features.Tickets.Contracts;

/// <summary>The mail provider took the mail with an order's tickets.</summary>
/// <param name="Revision">1, and one more each time the buyer asks for them again.</param>
public sealed record TicketsSent(Guid OrderId, Guid EventId, Guid OrganizationId, int Tickets, int Revision, DateTimeOffset At);

/// <summary>It never will: the address is none, or refused. The promoter sees it; the tickets are on the order's page all the same.</summary>
/// <param name="Reason">The provider's, without personal data.</param>
public sealed record DeliveryFailed(Guid OrderId, Guid EventId, Guid OrganizationId, int Revision, string Reason, DateTimeOffset At);

/// <summary>A mail without tickets is settled: the provider took it, or never will.</summary>
/// <param name="Mail">One of <see cref="OrderMail"/>'s kinds.</param>
/// <param name="About">Which of that kind: the refund's id, the late payment's, the number of the link.</param>
/// <param name="Refused">Null: it was taken. Else the provider's reason, without personal data.</param>
public sealed record BuyerTold(Guid OrderId, Guid EventId, Guid OrganizationId, string Mail, string About, DateTimeOffset At, string? Refused = null);
