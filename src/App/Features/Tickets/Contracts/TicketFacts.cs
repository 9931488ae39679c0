namespace App.Features.Tickets.Contracts;

/// <param name="Number">1 … n within the order.</param>
/// <param name="Kind">The ticket type's name as it was sold.</param>
/// <param name="Code">What the QR says: signed by the organization's key, verifiable without us.</param>
public sealed record TicketIssued(Guid TicketId, Guid OrderId, Guid EventId, Guid OrganizationId, Guid TicketTypeId, string Kind, string? Seat, int Number, int Of, int Revision, string Code, DateTimeOffset At);

/// <param name="Reason"><c>refunded</c>.</param>
public sealed record TicketRevoked(Guid TicketId, string Reason, DateTimeOffset At);
