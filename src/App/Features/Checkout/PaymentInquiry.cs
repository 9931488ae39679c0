using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Checkout;

/// <summary>
/// Asks the provider about an order whose buyer waits, for when its webhook is late. A few at a time: when many wait at once the reason is this machine's load, and asking for each would be what keeps it up. Whoever isn't
/// asked about loses nothing: the webhook comes, the page asks again, the reconciler looks every minute.
/// </summary>
public sealed class PaymentInquiry(StripeClient stripe, SettlePayment settle, ILogger<PaymentInquiry> log)
{
    readonly SemaphoreSlim asking = new(4);

    public async Task Ask(Order order, CancellationToken ct)
    {
        if (!await asking.WaitAsync(0, ct)) return;
        try
        {
            foreach (var payment in await Payments.Find(order, stripe, ct)) await settle.Settle(order.Id, payment, order.Account, null, ct);
        }
        catch (Exception e) when (e is StripeUnavailableException or StripeException) { log.LogWarning("The provider could not be asked about order {Order}: {Reason}", order.Id, e.Message); }
        finally { asking.Release(); }
    }
}
