using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace App.Infrastructure.Vendors;

/// <summary>How a vendor that is read from differs from others.</summary>
/// <param name="Reason">The field in which an answer that is a no says why.</param>
/// <param name="Refused">From a status and what was said.</param>
public sealed record VendorWords(string Name, string Reason, Func<int, string, Exception> Refused, Func<string, Exception?, Exception> Unavailable);

/// <param name="Count">Of the whole list; null: not said.</param>
public readonly record struct VendorPage<T>(IReadOnlyList<T> Items, int? Count, bool IsLast);

/// <summary>
/// Reads from a vendor's JSON API. Lists are read page by page, each thing once, and compared with the count that was promised: things move between pages while they are read, and half a list must never pass for a whole one. Waits as told after 429,
/// tries four times, and asks nobody who has been failing. Throws the vendor's own exceptions: one for an answer that is a no, one for none that counts.
/// </summary>
public sealed class VendorReader(HttpClient http, TimeProvider clock, VendorWords words)
{
    const int MaxTries = 4, MaxPages = 500, MaxPasses = 3;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    readonly CircuitBreaker breaker = new(clock);

    /// <summary>Connections for such an API: few, without cookies, never sent elsewhere.</summary>
    public static SocketsHttpHandler Handler() => new() { MaxConnectionsPerServer = 4, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null };

    /// <param name="page">The address of a page, from 1.</param>
    /// <param name="replaces">Whether one that comes a second time (the second argument) stands for what was had; null: the first one stays.</param>
    public async Task<IReadOnlyCollection<T>> List<T, TPage, TKey>(Func<int, string> page, JsonTypeInfo<TPage> json, Func<TPage, VendorPage<T>> read, Func<T, TKey> key, Func<T, T, bool>? replaces, CancellationToken ct) where TKey : notnull
    {
        var (all, count) = (new Dictionary<TKey, T>(), 0);
        // What one pass misses, another one finds.
        for (var passes = 0; passes < MaxPasses; passes++)
        {
            for (var number = 1; number <= MaxPages; number++)
            {
                var answer = read(await Get(page(number), json, ct));
                foreach (var item in answer.Items)
                    if (!all.TryGetValue(key(item), out var had) || replaces?.Invoke(had, item) == true) all[key(item)] = item;
                count = answer.Count ?? all.Count;
                if (answer.IsLast || answer.Items.Count == 0) break;
            }
            if (all.Count >= count) return all.Values;
        }
        throw words.Unavailable($"{words.Name} promised {count} at {page(1).Split('?')[0]} and gave {all.Count}.", null);
    }

    public async Task<T> Get<T>(string path, JsonTypeInfo<T> json, CancellationToken ct)
    {
        if (!breaker.Enter()) throw words.Unavailable($"{words.Name} has been failing; not asked for a few seconds.", null);
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                using var response = await http.GetAsync(path, ct);
                if (response.IsSuccessStatusCode)
                {
                    var found = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), json) ?? throw new JsonException("null");
                    breaker.Succeeded();
                    return found;
                }
                var status = (int)response.StatusCode;
                if (status is not (429 or 408 or >= 500)) throw await Refusal(response, status, ct);
                wait = RetryAfter(response) ?? BackOff(tries);
                if (tries == MaxTries || wait > LongestWait) throw Unavailable($"{words.Name} answered {status}.");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                if (tries == MaxTries) throw Unavailable($"{words.Name} could not be reached: {e.Message}", e);
                wait = BackOff(tries);
            }
            await Task.Delay(wait, clock, ct);
        }
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date is { } date ? date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero : null) : null;

    static TimeSpan BackOff(int tries) => TimeSpan.FromMilliseconds(250 * Math.Pow(2, tries - 1) * (0.75 + Random.Shared.NextDouble() / 2));

    Exception Unavailable(string message, Exception? inner = null)
    {
        breaker.Failed();
        return words.Unavailable(message, inner);
    }

    async Task<Exception> Refusal(HttpResponseMessage response, int status, CancellationToken ct)
    {
        breaker.Succeeded(); // an answer is an answer
        var said = await response.Content.ReadAsStringAsync(ct);
        try
        {
            using var json = JsonDocument.Parse(said);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(words.Reason, out var reason)) said = reason.ToString();
        }
        catch (JsonException) { said = "no reason given"; }
        return words.Refused(status, said.Length > 200 ? said[..200] : said);
    }
}
