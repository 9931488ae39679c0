using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace App.Infrastructure.Vendors.Stripe;

/// <summary>
/// The part of Stripe's API that Foyer uses. Every POST carries an idempotency key that follows from our own ids, so it may be repeated after any failure. Tries three times where Stripe says
/// that makes sense (no connection, 409, 5xx, Stripe-Should-Retry), but begins no try after ten seconds; throws <see cref="StripeException"/> for an answer that is a no, <see cref="StripeUnavailableException"/> for no answer.
/// </summary>
public sealed class StripeClient
{
    const int MaxTries = 3;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly CircuitBreaker breaker;

    public StripeClient(StripeOptions options, TimeProvider clock)
        : this(options, clock, new SocketsHttpHandler { MaxConnectionsPerServer = 128, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { }

    internal StripeClient(StripeOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        Options = options;
        this.clock = clock;
        breaker = new(clock);
        http = new(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(8) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.SecretKey ?? "none");
        http.DefaultRequestHeaders.Add("Stripe-Version", StripeOptions.Version);
    }

    public StripeOptions Options { get; }
    public bool IsAvailable => Options.IsConfigured && !breaker.IsOpen;

    /// <param name="amount">Minor units.</param>
    /// <param name="applicationFee">The platform's share, on a connected account only.</param>
    public Task<PaymentIntent> CreatePaymentIntent(long amount, string currency, Guid orderId, string? account, long? applicationFee, string idempotencyKey, CancellationToken ct) =>
        Post("/v1/payment_intents", new FormWriter().Add("amount", amount).Add("currency", Lower(currency)).Add("automatic_payment_methods[enabled]", true)
            .Add("application_fee_amount", FeeOn(account, applicationFee)).Add("metadata[order_id]", orderId), account, idempotencyKey, StripeJson.Default.PaymentIntent, ct);

    public Task<PaymentIntent> GetPaymentIntent(string id, string? account, CancellationToken ct) =>
        Get("/v1/payment_intents/" + Uri.EscapeDataString(id), account, StripeJson.Default.PaymentIntent, ct);

    public Task<PaymentIntent> CancelPaymentIntent(string id, string? account, string idempotencyKey, CancellationToken ct) =>
        Post($"/v1/payment_intents/{Uri.EscapeDataString(id)}/cancel", new FormWriter().Add("cancellation_reason", "abandoned"), account, idempotencyKey, StripeJson.Default.PaymentIntent, ct);

    /// <summary>A page of Stripe's on which to pay: for a browser without script.</summary>
    public Task<CheckoutSession> CreateCheckoutSession(CheckoutSessionRequest request, string? account, string idempotencyKey, CancellationToken ct) =>
        Post("/v1/checkout/sessions", new FormWriter().Add("mode", "payment").Add("success_url", request.SuccessUrl).Add("cancel_url", request.CancelUrl).Add("customer_email", request.Email)
            .Add("expires_at", request.ExpiresAt.ToUnixTimeSeconds())
            .Add("line_items[0][quantity]", 1).Add("line_items[0][price_data][currency]", Lower(request.Currency)).Add("line_items[0][price_data][unit_amount]", request.Amount)
            .Add("line_items[0][price_data][product_data][name]", request.Title)
            .Add("payment_intent_data[metadata][order_id]", request.OrderId).Add("payment_intent_data[application_fee_amount]", FeeOn(account, request.ApplicationFee))
            .Add("metadata[order_id]", request.OrderId), account, idempotencyKey, StripeJson.Default.CheckoutSession, ct);

    public Task<CheckoutSession> GetCheckoutSession(string id, string? account, CancellationToken ct) =>
        Get("/v1/checkout/sessions/" + Uri.EscapeDataString(id), account, StripeJson.Default.CheckoutSession, ct);

    /// <summary>Only an open one can be: nobody pays on it any more, and Stripe cancels a payment that was begun there.</summary>
    public Task<CheckoutSession> ExpireCheckoutSession(string id, string? account, string idempotencyKey, CancellationToken ct) =>
        Post($"/v1/checkout/sessions/{Uri.EscapeDataString(id)}/expire", new FormWriter(), account, idempotencyKey, StripeJson.Default.CheckoutSession, ct);

    /// <param name="returnFee">The platform's share goes back in proportion; only where one was taken: Stripe refuses it otherwise.</param>
    public Task<Refund> CreateRefund(string paymentIntent, long amount, Guid refundId, string? account, string idempotencyKey, CancellationToken ct, bool returnFee = false) =>
        Post("/v1/refunds", new FormWriter().Add("payment_intent", paymentIntent).Add("amount", amount).Add("reason", "requested_by_customer")
            .Add("refund_application_fee", returnFee ? true : (bool?)null).Add("metadata[refund_id]", refundId), account, idempotencyKey, StripeJson.Default.Refund, ct);

    public Task<Refund> GetRefund(string id, string? account, CancellationToken ct) => Get("/v1/refunds/" + Uri.EscapeDataString(id), account, StripeJson.Default.Refund, ct);

    /// <summary>Newest first, a page of up to 100, for whoever missed webhooks.</summary>
    public async Task<(IReadOnlyList<StripeEvent> Events, bool HasMore)> ListEvents(string type, DateTimeOffset since, string? after, string? account, CancellationToken ct)
    {
        var query = new FormWriter().Add("type", type).Add("created[gte]", since.ToUnixTimeSeconds()).Add("limit", 100).Add("starting_after", after);
        var page = await Get("/v1/events?" + query, account, StripeJson.Default.StripeEvents, ct);
        return (page.Data, page.HasMore);
    }

    // Stripe writes currencies in small letters, takes a fee on connected accounts only, and none of zero.
    static string Lower(string currency) => currency.ToLowerInvariant();
    static long? FeeOn(string? account, long? fee) => account is not null && fee > 0 ? fee : null;

    Task<T> Get<T>(string path, string? account, JsonTypeInfo<T> json, CancellationToken ct) => Send(() => new(HttpMethod.Get, path), account, json, ct);

    Task<T> Post<T>(string path, FormWriter form, string? account, string idempotencyKey, JsonTypeInfo<T> json, CancellationToken ct) => Send(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form.ToContent() };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }, account, json, ct);

    async Task<T> Send<T>(Func<HttpRequestMessage> make, string? account, JsonTypeInfo<T> json, CancellationToken ct)
    {
        if (!Options.IsConfigured) throw new StripeUnavailableException("Stripe is not configured.");
        if (!breaker.Enter()) throw new StripeUnavailableException("Stripe has been failing; not asked for a few seconds.");
        var began = clock.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var last = tries == MaxTries;
            try
            {
                using var request = make();
                if (account is not null) request.Headers.Add("Stripe-Account", account);
                using var response = await http.SendAsync(request, ct);
                if (response.IsSuccessStatusCode)
                {
                    breaker.Succeeded();
                    return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), json)!;
                }
                if (!ShouldRetry(response) || last || clock.GetElapsedTime(began) > Patience) throw await Failure(response, ct);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                if (last || clock.GetElapsedTime(began) > Patience) { breaker.Failed(); throw new StripeUnavailableException($"Stripe could not be reached: {e.Message}", e); }
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, tries - 1) * (0.75 + Random.Shared.NextDouble() / 4)), ct);
        }
    }

    static bool ShouldRetry(HttpResponseMessage response) => response.Headers.TryGetValues("Stripe-Should-Retry", out var said)
        ? said.First() == "true"
        : response.StatusCode == HttpStatusCode.Conflict || (int)response.StatusCode >= 500;

    async Task<Exception> Failure(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (status >= 500 || status is 409 or 429)
        {
            breaker.Failed();
            return new StripeUnavailableException($"Stripe answered {status}.");
        }
        breaker.Succeeded(); // an answer is an answer
        StripeFault? fault = null;
        try { fault = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), StripeJson.Default.StripeFaultBody)?.Error; }
        catch (JsonException) { }
        return new StripeException(status, fault, response.Headers.TryGetValues("Request-Id", out var id) ? id.First() : null);
    }
}

/// <param name="Amount">Minor units, whole order.</param>
public sealed record CheckoutSessionRequest(Guid OrderId, long Amount, string Currency, string Title, string? Email, long? ApplicationFee, string SuccessUrl, string CancelUrl, DateTimeOffset ExpiresAt);
