namespace App.Features.Checkout.Contracts;

/// <summary>One ticket of an order, as its lines say: number 1 … n in the order of the lines, an id that follows from it, its own price.</summary>
public readonly record struct OrderPlace(Guid TicketId, int Number, OrderLine Line, string? Seat)
{
    public Places Places => new(Line.Quotas, 1, Seat is null ? null : [Seat]);

    public static IReadOnlyList<OrderPlace> Of(Guid orderId, OrderLine[] lines)
    {
        var tickets = new List<OrderPlace>();
        foreach (var line in lines)
            for (var i = 0; i < line.Count; i++) tickets.Add(new(Tickets.Contracts.TicketId.Of(orderId, tickets.Count + 1), tickets.Count + 1, line, line.Seats?[i]));
        return tickets;
    }
}
