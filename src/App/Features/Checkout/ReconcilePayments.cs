using App.Features.Checkout.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Checkout;

/// <summary>Asks about every order that has waited a minute for its payment: no webhook is needed for a paid order to get its tickets (reliability.md F31).</summary>
public sealed record ReconcilePayments;

[Lane(Lanes.Jobs)]
public static class ReconcilePaymentsHandler
{
    const int Most = 500;

    // Each minute at first; from five minutes on each fifth; from two hours on, when only a slow bank is waited for, once an hour. An order's turn follows from its id, so that one that never ends keeps none from being asked.
    const string Due = """
        select id from checkout_orders where status = 'placed' and placed_at < $1
            and (placed_at > $2 or get_byte(uuid_send(id), 15) % case when placed_at > $3 then 5 else 60 end = $4 % case when placed_at > $3 then 5 else 60 end)
        order by placed_at limit $5
        """;

    public static async Task Handle(ReconcilePayments message, DocumentSession db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        _ = message;
        var now = clock.GetUtcNow();
        var minute = (int)(now.ToUnixTimeSeconds() / 60 % 60);
        var waiting = await db.Query<Guid>(Due, ct, now.AddMinutes(-1), now.AddMinutes(-5), now.AddHours(-2), minute, Most);
        foreach (var id in waiting) outbox.Schedule(new ReconcileOrder(id), now, $"reconcile:{id}");
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
        var payments = await Payments.Find(order, stripe, ct);
        foreach (var paid in payments.Where(p => p.Status == "succeeded")) await settle.Settle(order.Id, paid, order.Account, null, ct);
        // Under way at the bank: days may pass.
        if (payments.Any(p => p.Status is "succeeded" or "processing") || clock.GetUtcNow() < order.Until + Patience) return;
        foreach (var open in payments.Where(p => p.Status != "canceled")) await stripe.CancelPaymentIntent(open.Id, order.Account, $"cancel-{open.Id}", ct);
        var stream = await db.FetchForWriting<Order>(order.Id, ct);
        if (stream.State.Status == OrderStatus.Placed) stream.Append([new OrderAbandoned(order.Id, clock.GetUtcNow())]);
    }
}
