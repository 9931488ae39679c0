using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

public sealed record Ticket(Guid Id, Guid OrderId, Guid EventId, Guid OrganizationId, Guid TicketTypeId, string Kind, string? Seat, int Number, int Of, int Revision, string Code) : IEventSourced<Ticket>
{
    public static Ticket Empty { get; } = new(Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, "", null, 0, 0, 0, "");

    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevokedBecause { get; init; }

    public static Ticket Evolve(Ticket s, object fact) => fact switch
    {
        TicketIssued e => new(e.TicketId, e.OrderId, e.EventId, e.OrganizationId, e.TicketTypeId, e.Kind, e.Seat, e.Number, e.Of, e.Revision, e.Code),
        TicketRevoked e => s with { RevokedAt = e.At, RevokedBecause = e.Reason },
        _ => s,
    };
}
