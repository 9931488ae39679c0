using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using StripeRefund = App.Infrastructure.Vendors.Stripe.Refund;

namespace App.Features.Refunds;

/// <summary>Sends the money. A no of the provider's is a fact; no answer is an exception, and the worker asks again with the same key.</summary>
[Lane(Lanes.Mail)]
public static class SendRefundHandler
{
    /// <summary>Stripe may forget a key after a day. An attempt older than this may have happened without our knowing, so nobody but a person may repeat it.</summary>
    static readonly TimeSpan KeyLives = TimeSpan.FromHours(23);

    public static Task Handle(RefundApproved approved, DocumentSession db, StripeClient stripe, TimeProvider clock, CancellationToken ct) =>
        Send(approved.OrderId, approved.RefundId, 1, db, stripe, clock, ct);

    public static Task Handle(RefundRetried again, DocumentSession db, StripeClient stripe, TimeProvider clock, CancellationToken ct) =>
        Send(again.OrderId, again.RefundId, again.Attempt, db, stripe, clock, ct);

    static async Task Send(Guid orderId, Guid refundId, int attempt, DocumentSession db, StripeClient stripe, TimeProvider clock, CancellationToken ct)
    {
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(orderId), ct);
        if (refunds.State.Find(refundId) is not { Status: RefundStatus.Approved } refund || refund.Attempt != attempt) return;
        refunds.Append(await Ask(refund, await PlatformFee.WasTaken(orderId, refund.Approved.Account, db, ct), stripe, clock, ct));
        var note = (await db.Load<RefundCard>(refundId, ct))?.Note;
        db.Store(refunds.State.Find(refundId)!.Card(note));
    }

    static async Task<object[]> Ask(Refund refund, bool returnFee, StripeClient stripe, TimeProvider clock, CancellationToken ct)
    {
        if (clock.GetUtcNow() - refund.AskedAt > KeyLives) return [refund.FailedAs(null, "outcome-unknown", clock.GetUtcNow())];
        try
        {
            // We may be run again after the provider said yes and before we committed; the key makes the second call harmless.
            var answer = await stripe.CreateRefund(refund.Approved.PaymentId!, refund.Approved.Amount, refund.Approved.RefundId, refund.Approved.Account, refund.Key, ct, returnFee);
            return Decide(refund, answer, clock.GetUtcNow());
        }
        catch (StripeException no) { return [refund.FailedAs(null, no.Fault.Code ?? no.Fault.Type ?? $"status-{no.Status}", clock.GetUtcNow())]; }
    }

    public static object[] Decide(Refund refund, StripeRefund answer, DateTimeOffset now) => NoteRefundOutcomeHandler.Decide(refund, answer.Id, answer.Status ?? "pending", answer.FailureReason, now);
}
