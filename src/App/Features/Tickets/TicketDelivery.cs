using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>What became of the mails with an order's tickets.</summary>
/// <param name="Revision">The last one that is settled.</param>
public sealed record TicketDelivery(int Revision, DateTimeOffset? SentAt, string? Failed) : IEventSourced<TicketDelivery>
{
    public static TicketDelivery Empty { get; } = new(0, null, null);

    public static Guid IdOf(Guid orderId) => Ids.From(orderId, "delivery");

    public static TicketDelivery Evolve(TicketDelivery s, object fact) => fact switch
    {
        TicketsSent e => new(e.Revision, e.At, null),
        DeliveryFailed e => s with { Revision = e.Revision, Failed = e.Reason },
        _ => s,
    };
}

/// <summary>An order whose tickets are mailed later, so that it is found when the event's date or rule moves.</summary>
/// <param name="Id">The order's.</param>
/// <param name="Due">Milliseconds since 1970.</param>
public sealed record WaitingTickets(Guid Id, Guid EventId, long Due, int Revision)
{
    public static WaitingTickets Until(DateTimeOffset due, Guid orderId, Guid eventId, int revision) => new(orderId, eventId, due.ToUnixTimeMilliseconds(), revision);
}
