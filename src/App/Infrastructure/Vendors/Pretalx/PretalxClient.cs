using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace App.Infrastructure.Vendors.Pretalx;

/// <summary>
/// Pretalx's REST API v2, reading only. Lists are read page by page in a stated order, each thing once, and compared with the count: pages can repeat and skip (pretalx#2155), and half a list must never pass for a whole one. Waits as told after 429.
/// Throws <see cref="PretalxException"/> for an answer that is a no, <see cref="PretalxUnavailableException"/> for none that counts.
/// </summary>
public sealed class PretalxClient
{
    const int MaxTries = 4, MaxPages = 400;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly CircuitBreaker breaker;

    public PretalxClient(PretalxOptions options, TimeProvider clock)
        : this(options, clock, new SocketsHttpHandler { MaxConnectionsPerServer = 4, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { }

    internal PretalxClient(PretalxOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        (Options, this.clock, breaker) = (options, clock, new(clock));
        http = new(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(30) };
        if (!string.IsNullOrEmpty(options.Token)) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", options.Token);
        http.DefaultRequestHeaders.Add("Pretalx-Version", PretalxOptions.Version);
        http.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    public PretalxOptions Options { get; }

    public Task<PretalxEvent> GetEvent(string slug, CancellationToken ct) => Get(Path(slug, ""), PretalxJson.Default.PretalxEvent, ct);
    public Task<IReadOnlyList<PretalxRoom>> ListRooms(string slug, CancellationToken ct) => List(Path(slug, "rooms/"), "o=position", PretalxJson.Default.PretalxPagePretalxRoom, r => r.Id, ct);
    public Task<IReadOnlyList<PretalxTrack>> ListTracks(string slug, CancellationToken ct) => List(Path(slug, "tracks/"), "o=id", PretalxJson.Default.PretalxPagePretalxTrack, t => t.Id, ct);
    public Task<IReadOnlyList<PretalxType>> ListTypes(string slug, CancellationToken ct) => List(Path(slug, "submission-types/"), "o=id", PretalxJson.Default.PretalxPagePretalxType, t => t.Id, ct);
    public Task<IReadOnlyList<PretalxTag>> ListTags(string slug, CancellationToken ct) => List(Path(slug, "tags/"), "o=id", PretalxJson.Default.PretalxPagePretalxTag, t => t.Id, ct);
    public Task<IReadOnlyList<PretalxSpeaker>> ListSpeakers(string slug, CancellationToken ct) => List(Path(slug, "speakers/"), "", PretalxJson.Default.PretalxPagePretalxSpeaker, s => s.Code, ct);

    /// <summary>Of the released schedule: every slot of every session, and the breaks.</summary>
    public Task<IReadOnlyList<PretalxSlot>> ListSlots(string slug, CancellationToken ct) => List(Path(slug, "slots/"), "o=start", PretalxJson.Default.PretalxPagePretalxSlot, s => s.Id, ct);

    public Task<IReadOnlyList<PretalxSubmission>> ListSubmissions(string slug, IEnumerable<string> states, CancellationToken ct) =>
        List(Path(slug, "submissions/"), $"o=code&expand=resources&{string.Join('&', states.Select(s => "state=" + s))}", PretalxJson.Default.PretalxPagePretalxSubmission, s => s.Code, ct);

    public Task<IReadOnlyList<PretalxSchedule>> ListSchedules(string slug, CancellationToken ct) => List(Path(slug, "schedules/"), "", PretalxJson.Default.PretalxPagePretalxSchedule, s => s.Id, ct);

    static string Path(string slug, string rest) => $"/api/events/{Uri.EscapeDataString(slug)}/{rest}";

    async Task<IReadOnlyList<T>> List<T, TKey>(string path, string query, JsonTypeInfo<PretalxPage<T>> json, Func<T, TKey> key, CancellationToken ct) where TKey : notnull
    {
        var (all, count) = (new Dictionary<TKey, T>(), 0);
        // What one pass misses, another one finds: things move between pages while they are read.
        for (var passes = 0; passes < 3; passes++)
        {
            for (var page = 1; page <= MaxPages; page++)
            {
                var answer = await Get($"{path}?page={page}&page_size={Options.PageSize}{(query.Length > 0 ? "&" + query : "")}", json, ct);
                foreach (var item in answer.Results ?? []) all.TryAdd(key(item), item);
                count = answer.Count ?? all.Count;
                if (answer.Next is null || answer.Results is not { Length: > 0 }) break;
            }
            if (all.Count >= count) return [.. all.Values];
        }
        throw new PretalxUnavailableException($"Pretalx promised {count} at {path} and gave {all.Count}.");
    }

    async Task<T> Get<T>(string path, JsonTypeInfo<T> json, CancellationToken ct)
    {
        if (!breaker.Enter()) throw new PretalxUnavailableException("Pretalx has been failing; not asked for a few seconds.");
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
                if (tries == MaxTries || wait > LongestWait) throw Unavailable($"Pretalx answered {status}.");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                if (tries == MaxTries) throw Unavailable($"Pretalx could not be reached: {e.Message}", e);
                wait = BackOff(tries);
            }
            await Task.Delay(wait, clock, ct);
        }
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date is { } date ? date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero : null) : null;

    static TimeSpan BackOff(int tries) => TimeSpan.FromMilliseconds(250 * Math.Pow(2, tries - 1) * (0.75 + Random.Shared.NextDouble() / 2));

    PretalxUnavailableException Unavailable(string message, Exception? inner = null)
    {
        breaker.Failed();
        return new(message, inner);
    }

    async Task<PretalxException> Refusal(HttpResponseMessage response, int status, CancellationToken ct)
    {
        breaker.Succeeded(); // an answer is an answer
        var body = await response.Content.ReadAsStringAsync(ct);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("detail", out var detail)) body = detail.ToString();
        }
        catch (JsonException) { body = "no reason given"; }
        return new(status, body.Length > 200 ? body[..200] : body);
    }
}
