using System.Net.Http.Json;
using System.Text.Json;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Demo;

/// <summary>
/// The stand-in for the payment provider, where the demo's buyers pay as a browser would. It is recognised by paths that no real provider has, so nothing here can move real money. The payments are in its ledger afterwards,
/// like any other: they can be refunded, and <c>foyer verify</c> holds them against ours.
/// </summary>
public sealed class PaymentSandbox : IDisposable
{
    const string Behaviour = "/_sandbox/behaviour";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly bool isConfigured;

    public PaymentSandbox(StripeClient stripe, TimeProvider clock)
    {
        (this.clock, isConfigured) = (clock, stripe.Options.IsConfigured);
        http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = stripe.Options.BaseUrl, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Waits for one that is just starting.</summary>
    public async Task<bool> Answers(CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); isConfigured && clock.GetElapsedTime(began) < Patience; await Task.Delay(100, ct))
        {
            try
            {
                using var response = await http.GetAsync(Behaviour, ct);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException) { }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested) { }
        }
        return false;
    }

    /// <summary>The orders are written with their payments: a thousand webhooks would tell nothing new. Disposing restores what was set.</summary>
    public async Task<IAsyncDisposable> HoldWebhooks(CancellationToken ct)
    {
        var before = await http.GetFromJsonAsync<JsonElement>(Behaviour, ct);
        await Behave(new { webhooks = "drop" }, ct);
        return new Restore(() => Behave(before, CancellationToken.None));
    }

    async Task Behave(object wanted, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(Behaviour, wanted, ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>As the buyer's browser would confirm it. One that was paid before stays paid once.</summary>
    public async Task Pay(string paymentId, CancellationToken ct)
    {
        using var response = await http.PostAsync(new Uri($"/_sandbox/confirm?intent={Uri.EscapeDataString(paymentId)}", UriKind.Relative), null, ct);
        if (!response.IsSuccessStatusCode && !(await response.Content.ReadAsStringAsync(ct)).Contains("status of succeeded", StringComparison.Ordinal))
            throw new InvalidOperationException($"The payment sandbox did not take the payment {paymentId}: {(int)response.StatusCode}.");
    }

    public void Dispose() => http.Dispose();

    sealed class Restore(Func<Task> how) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await how();
    }
}
