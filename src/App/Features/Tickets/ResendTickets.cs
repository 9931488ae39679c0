using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>The buyer asks for the mail again, perhaps at a corrected address.</summary>
public sealed record ResendTickets(Guid OrderId);

public static class ResendTicketsHandler
{
    const int Most = 10;

    public static async Task Handle(ResendTickets command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (delivery, _) = await db.FoldFresh<TicketDelivery>(TicketDelivery.IdOf(command.OrderId), ct);
        if (delivery.Revision == 0) return; // the first one is still on its way
        if (delivery.Revision >= Most) throw new Refused("tickets.sent-too-often");
        SendTickets.At(clock.GetUtcNow(), command.OrderId, delivery.Revision + 1, db);
    }
}
