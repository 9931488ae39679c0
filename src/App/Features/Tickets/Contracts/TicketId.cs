using App.Infrastructure;

namespace App.Features.Tickets.Contracts;

/// <summary>A ticket's id follows from its order and number (1 … n): however often we are told about a payment, one ticket a place.</summary>
public static class TicketId
{
    public static Guid Of(Guid orderId, int number) => Ids.From(orderId, number);
}
