using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace App.Infrastructure.Vendors.Pretalx;

/// <summary>
/// Pretalx's REST API v2, reading only (<see cref="VendorReader"/>). Lists are asked for in a stated order: pages can repeat and skip (pretalx#2155). They are always read whole: the API gives no ETag and no Last-Modified to ask by. Its published document (2026.2.1) names none and no 304,
/// the views (src/pretalx/api/views) set none, MIDDLEWARE (src/pretalx/settings.py) has no ConditionalGetMiddleware; ETags are the exported files' (pretalx#492). Throws <see cref="PretalxException"/> and <see cref="PretalxUnavailableException"/>.
/// </summary>
public sealed class PretalxClient
{
    static readonly VendorWords Words = new("Pretalx", "detail", (status, said) => new PretalxException(status, said), (message, inner) => new PretalxUnavailableException(message, inner));
    readonly VendorReader reader;

    public PretalxClient(PretalxOptions options, TimeProvider clock) : this(options, clock, VendorReader.Handler()) { }

    internal PretalxClient(PretalxOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        var http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = TimeSpan.FromSeconds(30) };
        if (!string.IsNullOrEmpty(options.Token)) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", options.Token);
        http.DefaultRequestHeaders.Add("Pretalx-Version", PretalxOptions.Version);
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        (Options, reader) = (options, new(http, clock, Words));
    }

    public PretalxOptions Options { get; }

    public Task<PretalxEvent> GetEvent(string slug, CancellationToken ct) => reader.Get(Path(slug, ""), PretalxJson.Default.PretalxEvent, ct);
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

    public Task<IReadOnlyList<PretalxQuestion>> ListQuestions(string slug, CancellationToken ct) => List(Path(slug, "questions/"), "o=id", PretalxJson.Default.PretalxPagePretalxQuestion, q => q.Id, ct);

    /// <summary>To one question only: what else people told an organizer is not ours to fetch.</summary>
    public Task<IReadOnlyList<PretalxAnswer>> ListAnswers(string slug, int question, CancellationToken ct) =>
        List(Path(slug, "answers/"), string.Create(CultureInfo.InvariantCulture, $"question={question}&o=id"), PretalxJson.Default.PretalxPagePretalxAnswer, a => a.Id, ct);

    static string Path(string slug, string rest) => $"/api/events/{Uri.EscapeDataString(slug)}/{rest}";

    async Task<IReadOnlyList<T>> List<T, TKey>(string path, string query, JsonTypeInfo<PretalxPage<T>> json, Func<T, TKey> key, CancellationToken ct) where TKey : notnull =>
        [.. await reader.List(page => $"{path}?page={page}&page_size={Options.PageSize}{(query.Length > 0 ? "&" + query : "")}", json, p => new VendorPage<T>(p.Results ?? [], p.Count, p.Next is null), key, null, ct)];
}
