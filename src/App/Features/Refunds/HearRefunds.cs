using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Refunds;

/// <summary>Refunds as Stripe tells of them. Which of ours it is stands in the metadata that we gave; whether it can be is asked of account, amount and currency.</summary>
sealed class HearRefunds(MessageBus bus) : IStripeEvents
{
    public IReadOnlySet<string> Types { get; } = new HashSet<string> { "refund.created", "refund.updated", "refund.failed" };

    public async Task Handle(StripeEvent e, CancellationToken ct)
    {
        if (e.Data.AsRefund() is not { Status: { } status } refund || !Guid.TryParse(refund.Metadata?.GetValueOrDefault("refund_id"), out var refundId)) return; // not ours
        try { await bus.InvokeAsync<bool>(new NoteRefundOutcome(refundId, refund.Id, status, refund.FailureReason, e.Account, refund.Amount, refund.Currency, e.Id), ct); }
        catch (DuplicateException) { } // this delivery had its effect before
    }
}
