using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace App.Infrastructure.Vendors.Tito;

/// <summary>
/// Tito's Admin API 3.0, reading only. All states are asked for by name, since void and archived tickets are left out otherwise and nobody would ever lose access. Each ticket is read once and the number compared with the one promised: tickets move between pages
/// while they are read. Waits as told after 429. Throws <see cref="TitoException"/> for an answer that is a no, <see cref="TitoUnavailableException"/> for none that counts.
/// </summary>
public sealed class TitoClient
{
    const int MaxTries = 4, MaxPages = 500;
    const string States = "search[states][]=complete&search[states][]=incomplete&search[states][]=unassigned&search[states][]=void&search[states][]=archived";
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly CircuitBreaker breaker;

    public TitoClient(TitoOptions options, TimeProvider clock)
        : this(options, clock, new SocketsHttpHandler { MaxConnectionsPerServer = 4, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { }

    internal TitoClient(TitoOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        (Options, this.clock, breaker) = (options, clock, new(clock));
        http = new(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", $"token={options.Token}");
        http.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    public TitoOptions Options { get; }

    /// <param name="since">Only what changed at this time or later; null: all.</param>
    public async Task<IReadOnlyList<TitoTicket>> ListTickets(string account, string slug, DateTimeOffset? since, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(Options.Token)) throw new TitoUnavailableException("Tito:Token is not set.");
        // Without "+UTC" Tito reads the time in the event's zone.
        var changed = since is { } at ? $"&search[updated_at][gte]={at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}+UTC" : "";
        var path = $"/v3/{Uri.EscapeDataString(account)}/{Uri.EscapeDataString(slug)}/tickets?{States}&search[sort]=updated_at&search[direction]=asc{changed}";
        var (all, count) = (new Dictionary<string, TitoTicket>(StringComparer.Ordinal), 0);
        for (var passes = 0; passes < 3; passes++)
        {
            for (var page = 1; page <= MaxPages; page++)
            {
                var answer = await Get(string.Create(CultureInfo.InvariantCulture, $"{path}&page[number]={page}&page[size]={Options.PageSize}"), ct);
                // One that changed while we read comes again, newer.
                foreach (var ticket in answer.Tickets ?? []) if (!all.TryGetValue(ticket.Slug, out var had) || had.Updated <= ticket.Updated) all[ticket.Slug] = ticket;
                count = answer.Meta?.TotalCount ?? all.Count;
                if (answer.Meta?.NextPage is null || answer.Tickets is not { Length: > 0 }) break;
            }
            if (all.Count >= count) return [.. all.Values.OrderBy(t => t.Updated)];
        }
        throw new TitoUnavailableException($"Tito promised {count} tickets of {account}/{slug} and gave {all.Count}.");
    }

    async Task<TitoTickets> Get(string path, CancellationToken ct)
    {
        if (!breaker.Enter()) throw new TitoUnavailableException("Tito has been failing; not asked for a few seconds.");
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                using var response = await http.GetAsync(path, ct);
                if (response.IsSuccessStatusCode)
                {
                    var found = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), TitoJson.Default.TitoTickets) ?? throw new JsonException("null");
                    breaker.Succeeded();
                    return found;
                }
                var status = (int)response.StatusCode;
                if (status is not (429 or 408 or >= 500)) throw await Refusal(response, status, ct);
                wait = RetryAfter(response) ?? BackOff(tries);
                if (tries == MaxTries || wait > LongestWait) throw Unavailable($"Tito answered {status}.");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                if (tries == MaxTries) throw Unavailable($"Tito could not be reached: {e.Message}", e);
                wait = BackOff(tries);
            }
            await Task.Delay(wait, clock, ct);
        }
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date is { } date ? date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero : null) : null;

    static TimeSpan BackOff(int tries) => TimeSpan.FromMilliseconds(250 * Math.Pow(2, tries - 1) * (0.75 + Random.Shared.NextDouble() / 2));

    TitoUnavailableException Unavailable(string message, Exception? inner = null)
    {
        breaker.Failed();
        return new(message, inner);
    }

    async Task<TitoException> Refusal(HttpResponseMessage response, int status, CancellationToken ct)
    {
        breaker.Succeeded(); // an answer is an answer
        var said = "no reason given";
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message)) said = message.ToString();
        }
        catch (JsonException) { }
        return new(status, said.Length > 200 ? said[..200] : said);
    }
}
