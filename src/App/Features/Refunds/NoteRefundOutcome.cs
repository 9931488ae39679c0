using App.Features.Refunds.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <summary>The provider tells what became of a refund: by webhook or because we asked; late, twice, in any order, or before our own commit. True: it was one of ours.</summary>
/// <param name="RefundId">From the metadata of the provider's object.</param>
/// <param name="Status">As Stripe has it: pending, requires_action, succeeded, failed, canceled.</param>
/// <param name="Account">The connected account it happened on; null for the platform's own.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Delivery">The provider's event id, when it came as one.</param>
public sealed record NoteRefundOutcome(Guid RefundId, string ProviderId, string Status, string? FailureReason, string? Account, long Amount, string Currency, string? Delivery);

public static class NoteRefundOutcomeHandler
{
    public static async Task<bool> Handle(NoteRefundOutcome command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Load<RefundCard>(command.RefundId, ct) is not { } card) return false;
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(card.OrderId), ct);
        var (refund, now) = (refunds.State.Find(command.RefundId)!, clock.GetUtcNow());
        var facts = Fits(command, refund.Approved) ? Decide(refund, command.ProviderId, command.Status, command.FailureReason, now) : Doubt(command, refund, now);
        if (facts.Length == 0) return true;
        if (command.Delivery is { } delivery) db.Receive(delivery);
        refunds.Append(facts);
        db.Store(refunds.State.Find(command.RefundId)!.Card(card.Note));
        return true;
    }

    static bool Fits(NoteRefundOutcome said, RefundApproved ours) =>
        said.Account == ours.Account && said.Amount == ours.Amount && said.Currency.Equals(ours.Currency, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of another account, amount or currency: it changes nothing but is written down once, for a person to look at.</summary>
    public static object[] Doubt(NoteRefundOutcome said, Refund refund, DateTimeOffset now) =>
        refund.Doubt is { } known && known.ProviderId == said.ProviderId ? [] : [new RefundDoubted(refund.Approved.RefundId, refund.Approved.OrderId, said.ProviderId, said.Account, said.Amount, said.Currency.ToUpperInvariant(), now)];

    public static object[] Decide(Refund refund, string providerId, string status, string? failure, DateTimeOffset now)
    {
        if (refund.GivenUp.Contains(providerId) || (refund.Status is RefundStatus.Sent or RefundStatus.Settled && refund.ProviderId != providerId)) return []; // of an attempt that is over, or not ours
        var settled = new RefundSettled(refund.Approved.RefundId, refund.Approved.OrderId, providerId, now);
        return (refund.Status, status) switch
        {
            (RefundStatus.Approved, "succeeded") => [refund.SentAs(providerId, now), settled],
            (RefundStatus.Approved, "pending" or "requires_action") => [refund.SentAs(providerId, now)],
            (RefundStatus.Sent, "succeeded") => [settled],
            // A bank may send money back that had been sent: also after it was settled.
            (not RefundStatus.Failed, "failed" or "canceled") => [refund.FailedAs(providerId, failure ?? status, now)],
            _ => [],
        };
    }
}
