using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>Something that happened to an order, in words.</summary>
public sealed record Happening(DateTimeOffset At, string Words);

/// <summary>An order's life as its facts tell it: its own stream, its refunds, its mails.</summary>
public static class OrderStory
{
    sealed record Row(string Type, byte[] Data);

    public static async Task<IReadOnlyList<Happening>> Of(Order order, IReadOnlyList<RefundCard> refunds, EventStore store, QuerySession db, CancellationToken ct)
    {
        var rows = await db.Query<Row>("select type, convert_to(data::text, 'UTF8') as data from events where stream = $1 order by version", ct, order.Id);
        var facts = rows.Select(r => store.Types.Read(StoredKind.Fact, r.Type, r.Data)).OfType<object>().ToArray();
        var gifts = facts.OfType<TicketGiven>().Where(g => g.ToGuest).Select(g => OrderMail.AboutGuest(g.TicketId, g.Revision));
        var happened = facts.Select(f => Say(f, order)).OfType<Happening>().Concat(refunds.Select(r => Say(r))).Concat(refunds.Select(r => r.Doubt).OfType<RefundDoubted>().Select(d => Say(d)))
            .Concat((await OrderMail.Of(order.Id, order.Refunds, order.ReturnedPayments, order.LinkGeneration, store, db, ct)).Concat(await OrderMail.ToGuests(order.Id, gifts, store, db, ct)).Select(m => Say(m, refunds)));
        return [.. happened.OrderBy(h => h.At)];
    }

    static Happening? Say(object fact, Order order) => fact switch
    {
        OrderStarted e => new(e.At, $"Chose {string.Join(", ", e.Lines.Select(l => $"{l.Count} × {l.Name}"))}. Places held."),
        OrderProlonged e => new(e.At, "Took more time."),
        OrderPlaced e => new(e.At, "Gave their details."),
        BuyerChanged e => new(e.At, "Details were given in another browser."),
        PaymentPrepared e => new(e.At, "Went to pay."),
        PayPagePrepared e => new(e.At, "Went to the provider’s page to pay."),
        PaymentDeclined e => new(e.At, "The bank declined the card. Nothing was charged."),
        OrderPaid { Total: 0 } e => new(e.At, "Took free tickets."),
        OrderPaid e => new(e.At, $"Paid {new Money(e.Total, e.Currency)}."),
        PaymentCameTooLate { Reason: "paid-twice" } e => new(e.At, $"Paid {new Money(e.Amount, e.Currency)} a second time. It goes back by itself."),
        PaymentCameTooLate e => new(e.At, $"Paid {new Money(e.Amount, e.Currency)} after the last place had gone. It goes back by itself."),
        OrderLinkRenewed e => new(e.At, "The order’s page got a new link; the old one stopped working."),
        PaymentMismatched e => new(e.At, $"A payment of {new Money(e.Amount, e.Currency)} came that names this order but does not fit it (amount, currency or account). Nothing was changed: look at {e.PaymentId} with the payment provider."),
        TicketGiven { Again: true } e => new(e.At, "Had a ticket mailed to its guest once more."),
        TicketGiven { ToGuest: true } e => new(e.At, "Gave a ticket to somebody else."),
        TicketGiven e => new(e.At, "Took a ticket back."),
        OrderAbandoned e => new(e.At, "Never paid. Places freed."),
        OrderRefundNoted e => new(e.At, $"{Tickets(e.TicketIds.Length)} void, back on sale."),
        _ => null,
    };

    static Happening Say(RefundCard r) => new(r.RequestedAt, r.Status switch
    {
        RefundStatus.Failed => $"Refund of {new Money(r.Amount, r.Currency)} failed.",
        RefundStatus.Settled => $"{new Money(r.Amount, r.Currency)} refunded.",
        _ => $"Refund of {new Money(r.Amount, r.Currency)} under way.",
    });

    static Happening Say(RefundDoubted d) => new(d.At, $"The payment provider spoke of a refund of {new Money(d.Amount, d.Currency)} ({d.ProviderId}) that isn’t ours as we know it. Nothing was changed.");

    static Happening Say(OrderMail m, IReadOnlyList<RefundCard> refunds)
    {
        var (sent, told) = m.Mail switch
        {
            OrderMail.Tickets => (m.About == "1" ? "Tickets mailed." : "Tickets mailed again.", "with the tickets"),
            OrderMail.Scheduled => ("Told by mail when the tickets come.", "about when the tickets come"),
            OrderMail.Guest => ("A ticket was mailed to its guest.", "with a guest’s ticket"),
            OrderMail.NewLink => ("The new link was mailed.", "with the new link"),
            OrderMail.Refunded when refunds.FirstOrDefault(r => r.Id.ToString() == m.About) is { } r => ($"Told by mail that {new Money(r.Amount, r.Currency)} is on its way back.", "about the refund"),
            OrderMail.Refunded => ("Told by mail of the refund.", "about the refund"),
            _ => ("Told by mail that the payment goes back.", "about the payment that goes back"),
        };
        return new(m.At, m.Refused is null ? sent : m.Refused == "no-address" ? $"No address to send the mail {told} to." : $"The mail {told} was refused ({m.Refused}).");
    }

    static string Tickets(int n) => n == 1 ? "1 ticket" : $"{n} tickets";
}
