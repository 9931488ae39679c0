using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Checkout;

/// <summary>Webhook, return page and reconciler all end here, with the provider's word about a payment: whichever comes first decides, the others find it done.</summary>
public sealed class SettlePayment(MessageBus bus, ILogger<SettlePayment> log)
{
    /// <param name="delivery">The provider's event id, when it came as one: its effect happens once.</param>
    public async Task Settle(Guid orderId, PaymentIntent payment, string? account, string? delivery, CancellationToken ct)
    {
        if (payment.Status != "succeeded") return;
        try
        {
            switch (await Confirm(orderId, payment, account, delivery, ct))
            {
                case Confirmed.Returned: await Return(orderId, payment, account, "paid-twice", delivery, ct); break;
                case Confirmed.Mismatch: log.LogError("Payment {Payment} for order {Order} does not match it (amount, currency or account): nothing was changed.", payment.Id, orderId); break;
            }
        }
        catch (DuplicateException) { } // this delivery had its effect before
    }

    async Task<Confirmed> Confirm(Guid orderId, PaymentIntent payment, string? account, string? delivery, CancellationToken ct)
    {
        try { return await bus.InvokeAsync<Confirmed>(new ConfirmPayment(orderId, payment.Id, account, payment.AmountReceived, payment.Currency, delivery), ct); }
        catch (Refused refused) when (refused.Key == "checkout.sold-out-meanwhile")
        {
            await Return(orderId, payment, account, "sold-out", delivery, ct);
            return Confirmed.Already;
        }
    }

    Task Return(Guid orderId, PaymentIntent payment, string? account, string reason, string? delivery, CancellationToken ct) =>
        bus.InvokeAsync(new ReturnPayment(orderId, payment.Id, account, payment.AmountReceived, reason, delivery), ct);
}

/// <summary>Payments as Stripe tells of them.</summary>
sealed class HearPayments(SettlePayment settle, StripeClient stripe, MessageBus bus) : IStripeEvents
{
    public IReadOnlySet<string> Types { get; } = new HashSet<string> { "payment_intent.succeeded", "payment_intent.payment_failed" };

    public async Task Handle(StripeEvent e, CancellationToken ct)
    {
        if (e.Data.AsPaymentIntent() is not { } payment || payment.Metadata?.GetValueOrDefault("order_id") is not { } id || !Guid.TryParse(id, out var orderId)) return; // not ours
        if (e.Type == "payment_intent.succeeded") { await settle.Settle(orderId, payment, e.Account, e.Id, ct); return; }
        // A decline may come after the next try has begun: what counts is how the payment stands now (security.md S33).
        var now = await stripe.GetPaymentIntent(payment.Id, e.Account, ct);
        await settle.Settle(orderId, now, e.Account, e.Id, ct);
        if (now.Status == "requires_payment_method") await bus.InvokeAsync(new NoteDecline(orderId, now.Id, e.Account, now.LastPaymentError?.Message ?? ""), ct);
    }
}
