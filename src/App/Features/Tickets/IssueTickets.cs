using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>In the payment's own commit: a paid order without tickets can't exist, whatever dies when.</summary>
[Inline]
public static class IssueTicketsHandler
{
    public static async Task Handle(OrderPaid paid, DocumentSession db, TicketKeys keys, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (number, of) = (0, paid.Lines.Sum(l => l.Count));
        foreach (var line in paid.Lines)
        {
            for (var i = 0; i < line.Count; i++)
            {
                var id = TicketId.Of(paid.OrderId, ++number);
                var code = await keys.Sign(paid.OrganizationId, id, revision: 1);
                db.StartStream<Ticket>(id).Append([new TicketIssued(id, paid.OrderId, paid.EventId, paid.OrganizationId, line.TicketTypeId, line.Name, line.Seats?[i], number, of, 1, code, paid.At)]);
            }
        }
    }
}
