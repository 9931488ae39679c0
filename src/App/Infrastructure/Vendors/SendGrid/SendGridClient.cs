using System.Net.Http.Headers;
using System.Text.Json;

namespace App.Infrastructure.Vendors.SendGrid;

/// <summary>
/// SendGrid's v3 mail/send. One try a call: it knows no idempotency key, so whoever calls (a message with its retries) decides about another. Throws <see cref="SendGridException"/> for an answer
/// that is a no, <see cref="SendGridUnavailableException"/> for none, and then the mail may still have left.
/// </summary>
public sealed class SendGridClient
{
    readonly HttpClient http;
    readonly CircuitBreaker breaker;

    public SendGridClient(SendGridOptions options, TimeProvider clock)
        : this(options, clock, new SocketsHttpHandler { MaxConnectionsPerServer = 32, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { }

    internal SendGridClient(SendGridOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        Options = options;
        breaker = new(clock);
        http = new(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(15) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey ?? "none");
    }

    public SendGridOptions Options { get; }
    public bool IsAvailable => Options.IsConfigured && !breaker.IsOpen;

    /// <summary>The configured sender.</summary>
    public MailAddress From => new(Options.FromAddress ?? "", Options.FromName);

    /// <returns>SendGrid's id of the mail it took.</returns>
    public async Task<string?> Send(Mail mail, CancellationToken ct)
    {
        if (!Options.IsConfigured) throw new SendGridUnavailableException("SendGrid is not configured.");
        if (!breaker.Enter()) throw new SendGridUnavailableException("SendGrid has been failing; not asked for a few seconds.");
        try
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(mail, SendGridJson.Default.Mail)) { Headers = { ContentType = new("application/json") } };
            using var response = await http.PostAsync("/v3/mail/send", content, ct);
            if (!response.IsSuccessStatusCode) throw await Failure(response, ct);
            breaker.Succeeded();
            return response.Headers.TryGetValues("X-Message-Id", out var id) ? id.First() : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            breaker.Failed();
            throw new SendGridUnavailableException($"SendGrid could not be reached: {e.Message}", e);
        }
    }

    async Task<Exception> Failure(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (status is >= 500 or 429 or 408)
        {
            breaker.Failed();
            return new SendGridUnavailableException($"SendGrid answered {status}.");
        }
        breaker.Succeeded(); // an answer is an answer
        SendGridFault[]? faults = null;
        try { faults = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), SendGridJson.Default.SendGridFaults)?.Errors; }
        catch (JsonException) { }
        return new SendGridException(status, faults ?? []);
    }
}
