using App.Features.Refunds.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>In the refund's own commit: nobody comes in on money that is on its way back.</summary>
[Inline]
public static class RevokeTicketsHandler
{
    public static async Task Handle(RefundApproved refund, DocumentSession db, CancellationToken ct)
    {
        foreach (var id in refund.TicketIds)
        {
            var ticket = await db.FetchForWriting<Ticket>(id, ct);
            if (ticket.State.RevokedAt is null) ticket.Append([new TicketRevoked(id, "refunded", refund.At)]);
        }
    }
}
