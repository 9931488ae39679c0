using App.Features.Refunds.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <summary>A promoter has seen to a refund that didn't go through. The provider had said no: it is asked anew, under a new key. We had given up asking: that goes on under the key it had, so that what happened without our knowing doesn't happen twice.</summary>
public sealed record RetryRefund(Guid RefundId, Guid OrganizationId, string By);

public static class RetryRefundHandler
{
    public static async Task Handle(RetryRefund command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Load<RefundCard>(command.RefundId, ct) is not { } card || card.OrganizationId != command.OrganizationId) throw new Refused("refunds.no-such-refund");
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(card.OrderId), ct);
        var facts = Decide(command, refunds.State.Find(command.RefundId), clock.GetUtcNow());
        if (facts.Length == 0)
        {
            db.Outbox.TryAgain("refundId", command.RefundId);
            return;
        }
        refunds.Append(facts);
        db.Store(refunds.State.Find(command.RefundId)!.Card(card.Note));
    }

    public static object[] Decide(RetryRefund command, Refund? refund, DateTimeOffset now) => refund?.Status switch
    {
        RefundStatus.Failed => [new RefundRetried(command.RefundId, refund.Approved.OrderId, refund.Attempt + 1, command.By, now)],
        null => throw new Refused("refunds.no-such-refund"),
        _ => [], // we gave up asking, it went through meanwhile, or this is a second click
    };
}
