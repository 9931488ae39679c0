using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Where to pay without script. Stripe asks for half an hour at the least from when the page is made, which is before the hold ends; so it ends half an hour after the hold.</summary>
    public async Task<(string SessionId, string Url)> HostedPage(Order order, int attempt, string? account, string email, string returnUrl, string backUrl, CancellationToken ct)
    {
        var e = await catalogue.Find(order.EventId);
        var request = new CheckoutSessionRequest(order.Id, order.Total, order.Currency, $"{order.Tickets} × {e?.Title}", email, Fee(order), returnUrl, backUrl, order.Until.AddMinutes(31));
        var session = await stripe.CreateCheckoutSession(request, account, $"page-{order.Id}-{attempt}-{Print(request)}", ct);
        return (session.Id, session.Url ?? throw new StripeUnavailableException("Stripe gave no page to pay on."));
    }

    /// <summary>The order's payments as the provider knows them: from our page and from each of its own. Empty when none was begun.</summary>
    public static async Task<IReadOnlyList<PaymentIntent>> Find(Order order, StripeClient stripe, CancellationToken ct)
    {
        var found = new List<PaymentIntent>(1);
        if (order.PaymentId is { } id) found.Add(await stripe.GetPaymentIntent(id, order.Account, ct));
        foreach (var page in order.Sessions)
            if ((await stripe.GetCheckoutSession(page, order.Account, ct)).PaymentIntent is { } paid && !found.Exists(p => p.Id == paid)) found.Add(await stripe.GetPaymentIntent(paid, order.Account, ct));
        return found;
    }

    /// <summary>Nobody can pay any more with what was begun. False: too late, it is paid or being paid.</summary>
    public async Task<bool> Close(Order order, CancellationToken ct)
    {
        foreach (var page in order.Sessions)
            if ((await stripe.GetCheckoutSession(page, order.Account, ct)).Status == "open") await stripe.ExpireCheckoutSession(page, order.Account, $"expire-{page}", ct);
        var begun = await Find(order, stripe, ct);
        if (begun.Any(p => p.Status is "succeeded" or "processing")) return false;
        try
        {
            foreach (var open in begun.Where(p => p.Status != "canceled")) await stripe.CancelPaymentIntent(open.Id, order.Account, $"cancel-{open.Id}", ct);
            return true;
        }
        catch (StripeException no) when (no.Fault.Code == "payment_intent_unexpected_state") { return false; } // paid in this moment
    }

    /// <summary>What was begun was closed, and a death came before the order knew: its key would bring the same closed payment again.</summary>
    public async Task<bool> IsClosed(Order order, CancellationToken ct) =>
        (order.PaymentId is { } id && (await stripe.GetPaymentIntent(id, order.Account, ct)).Status == "canceled")
        || (order.Sessions is [.., var page] && (await stripe.GetCheckoutSession(page, order.Account, ct)).Status == "expired");

    /// <summary>What the page will say, in short. The key carries it, since a key may only come again with the same words: after more time or another address a new page is asked for.</summary>
    static string Print(CheckoutSessionRequest r)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{r.Amount} {r.Title}\n{r.Email}\n{r.ApplicationFee} {r.SuccessUrl} {r.CancelUrl} {r.ExpiresAt.ToUnixTimeSeconds()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)).AsSpan(..8));
    }

    static long Fee(Order order) => order.Lines.Sum(l => l.Each.Fee * l.Count);
}
