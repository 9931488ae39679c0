using App.Features.Refunds.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Refunds;

/// <summary>Asks about refunds that the provider has had for ten minutes, each once an hour: whatever became of one is learned without a webhook. The least recently asked first, so that a run's limit passes nobody over.</summary>
public sealed record ReconcileRefunds;

[Lane(Lanes.Jobs)]
public static class ReconcileRefundsHandler
{
    const int Most = 50;

    public static async Task Handle(ReconcileRefunds message, DocumentSession db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        _ = message;
        var now = clock.GetUtcNow();
        var due = await db.Query<Guid>("""
            select id from doc_refund where status = 'Sent' and coalesce(asked <= $1, (data ->> 'changedAt')::timestamptz <= $2)
            order by asked nulls first, id limit $3
            """, ct, now.AddHours(-1), now.AddMinutes(-10), Most);
        if (due.Count == 0) return;
        foreach (var id in due) outbox.Schedule(new ReconcileRefund(id), now, $"reconcile-refund:{id}");
        await db.Execute("update doc_refund set asked = $1 where id = any($2)", ct, now, due.ToArray());
    }
}

public sealed record ReconcileRefund(Guid RefundId);

[Lane(Lanes.Jobs)]
public static class ReconcileRefundHandler
{
    public static async Task Handle(ReconcileRefund message, DocumentSession db, StripeClient stripe, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Load<RefundCard>(message.RefundId, ct) is not { Status: RefundStatus.Sent, ProviderId: { } providerId } card) return;
        var (refunds, _) = await db.FoldFresh<OrderRefunds>(OrderRefunds.IdOf(card.OrderId), ct);
        var account = refunds.Find(card.Id)!.Approved.Account;
        var told = await stripe.GetRefund(providerId, account, ct);
        await NoteRefundOutcomeHandler.Handle(new(card.Id, told.Id, told.Status ?? "pending", told.FailureReason, account, told.Amount, told.Currency, null), db, clock, ct);
    }
}
