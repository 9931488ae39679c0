using App.Features.Refunds.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <summary>The provider said no; a promoter has seen to it and asks again, under a new key.</summary>
public sealed record RetryRefund(Guid RefundId, Guid OrganizationId, string By);

public static class RetryRefundHandler
{
    public static async Task Handle(RetryRefund command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Load<RefundCard>(command.RefundId, ct) is not { } card || card.OrganizationId != command.OrganizationId) throw new Refused("refunds.no-such-refund");
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(card.OrderId), ct);
        refunds.Append(Decide(command, refunds.State.Find(command.RefundId), clock.GetUtcNow()));
        db.Store(refunds.State.Find(command.RefundId)!.Card(card.Note));
    }

    public static object[] Decide(RetryRefund command, Refund? refund, DateTimeOffset now) => refund?.Status switch
    {
        RefundStatus.Failed => [new RefundRetried(command.RefundId, refund.Approved.OrderId, refund.Attempt + 1, command.By, now)],
        null => throw new Refused("refunds.no-such-refund"),
        _ => [], // a second click, or it went through meanwhile
    };
}
