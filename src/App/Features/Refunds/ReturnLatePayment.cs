using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <summary>Money for which there are no places goes back whole, by itself. One refund a payment, however often we hear of it.</summary>
public static class ReturnLatePaymentHandler
{
    public static async Task Handle(PaymentCameTooLate late, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(late.OrderId), ct);
        if (Decide(late, refunds.State, clock.GetUtcNow()) is not { } approved) return;
        refunds.Append([approved]);
        db.Store(refunds.State.Find(approved.RefundId)!.Card(null));
    }

    public static RefundApproved? Decide(PaymentCameTooLate late, OrderRefunds refunds, DateTimeOffset now)
    {
        var id = Ids.From(late.OrderId, "late-" + late.PaymentId);
        return refunds.Find(id) is not null ? null
            : new(id, late.OrderId, late.EventId, late.OrganizationId, RefundKind.LatePayment, [], late.Amount, late.Currency, late.PaymentId, late.Account, "system", late.Reason, now);
    }
}
