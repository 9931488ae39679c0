using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>In the gift's own commit: a ticket that changed hands has a new code, and papers and passes with the old one open nothing.</summary>
[Inline]
public static class ReissueTicketHandler
{
    public static async Task Handle(TicketGiven given, DocumentSession db, TicketKeys keys, CancellationToken ct)
    {
        if (given.Again) return;
        var stream = await db.FetchForWriting<Ticket>(given.TicketId, ct);
        var t = stream.State;
        // A refund that was faster: issuing it anew would bring it back to life.
        if (t.RevokedAt is not null) throw new Refused("order.guests-void");
        var revision = t.Revision + 1;
        stream.Append(new TicketIssued(t.Id, t.OrderId, t.EventId, t.OrganizationId, t.TicketTypeId, t.Kind, t.Seat, t.Number, t.Of, revision, await keys.Sign(t.OrganizationId, t.Id, revision), given.At));
    }
}
