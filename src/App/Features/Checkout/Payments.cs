using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Checkout;

/// <summary>An order in the payment provider's terms. Keys follow from order and attempt, so that asking twice begins one payment.</summary>
public sealed class Payments(StripeClient stripe, OrganizationDirectory organizations, EventCatalogue catalogue)
{
    public async ValueTask<string?> AccountOf(Guid organizationId, CancellationToken ct) => (await organizations.Find(organizationId, ct))?.StripeAccount;

    public async Task<(string Id, string ClientSecret)> Intent(Order order, int attempt, string? account, CancellationToken ct)
    {
        var intent = await stripe.CreatePaymentIntent(order.Total, order.Currency, order.Id, account, Fee(order), $"pay-{order.Id}-{attempt}", ct);
        return (intent.Id, intent.ClientSecret!);
    }

    /// <summary>Where to pay without script. Stripe asks for half an hour at the least from when the page is made, which is before the hold ends; so it ends half an hour after the hold. The same hold is always asked for in the same words.</summary>
    public async Task<(string SessionId, string Url)> HostedPage(Order order, int attempt, string? account, string email, string returnUrl, string backUrl, CancellationToken ct)
    {
        var e = await catalogue.Find(order.EventId);
        var request = new CheckoutSessionRequest(order.Id, order.Total, order.Currency, $"{order.Tickets} × {e?.Title}", email, Fee(order), returnUrl, backUrl, order.Until.AddMinutes(31));
        // The key carries the hold's end: after an extension a new page may be asked for.
        var session = await stripe.CreateCheckoutSession(request, account, $"page-{order.Id}-{attempt}-{order.Until.ToUnixTimeSeconds()}", ct);
        return (session.Id, session.Url ?? throw new StripeUnavailableException("Stripe gave no page to pay on."));
    }

    /// <summary>The order's payment as the provider knows it; null when none was begun.</summary>
    public static async Task<PaymentIntent?> Find(Order order, StripeClient stripe, CancellationToken ct)
    {
        if (order.PaymentId is { } id) return await stripe.GetPaymentIntent(id, order.Account, ct);
        if (order.SessionId is not { } sessionId) return null;
        var session = await stripe.GetCheckoutSession(sessionId, order.Account, ct);
        return session.PaymentIntent is { } paid ? await stripe.GetPaymentIntent(paid, order.Account, ct) : null;
    }

    static long Fee(Order order) => order.Lines.Sum(l => l.Each.Fee * l.Count);
}
