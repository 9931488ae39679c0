using App.Features.Checkout.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Checkout;

/// <summary>Asks about every order that has waited two minutes for its payment: no webhook is needed for a paid order to get its tickets (reliability.md F31).</summary>
public sealed record ReconcilePayments;

[Lane(Lanes.Jobs)]
public static class ReconcilePaymentsHandler
{
    const int Most = 500;

    public static async Task Handle(ReconcilePayments message, DocumentSession db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        _ = message;
        var now = clock.GetUtcNow();
        var waiting = await db.Query<Guid>("select id from checkout_orders where status = 'placed' and placed_at < $1 order by placed_at limit $2", ct, now.AddMinutes(-2), Most);
        foreach (var id in waiting) outbox.Schedule(new ReconcileOrder(id), now, $"reconcile:{id}");
        // Details typed into a checkout that came to nothing are forgotten after a day.
        await db.Execute("delete from doc_order_contact c where c.id < $1 and not exists (select from checkout_orders o where o.id = c.id and o.status <> 'abandoned')", ct, OrderIdBefore(now.AddDays(-1)));
    }

    // An order's id begins with the millisecond it was made in (UUIDv7).
    static Guid OrderIdBefore(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(id, bigEndian: true);
    }
}

public sealed record ReconcileOrder(Guid OrderId);

[Lane(Lanes.Jobs)]
public static class ReconcileOrderHandler
{
    /// <summary>After its hold has ended by so much, an unpaid order is closed at the provider too, so that no money can come for it. The provider's own page has ended by then.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(32);

    public static async Task Handle(ReconcileOrder message, DocumentSession db, SettlePayment settle, StripeClient stripe, TimeProvider clock, CancellationToken ct)
    {
        var (order, version) = await db.FoldFresh<Order>(message.OrderId, ct);
        if (version == 0 || order.Status != OrderStatus.Placed) return;
        var payment = await Payments.Find(order, stripe, ct);
        if (payment is { Status: "succeeded" }) { await settle.Settle(order.Id, payment, order.Account, null, ct); return; }
        // Under way at the bank: days may pass.
        if (payment is { Status: "processing" } || clock.GetUtcNow() < order.Until + Patience) return;
        if (payment is { Status: not "canceled" }) await stripe.CancelPaymentIntent(payment.Id, order.Account, $"cancel-{payment.Id}", ct);
        var stream = await db.FetchForWriting<Order>(order.Id, ct);
        if (stream.State.Status == OrderStatus.Placed) stream.Append([new OrderAbandoned(order.Id, clock.GetUtcNow())]);
    }
}
