using System.Net;
using System.Text.Json;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>One window's stream, as its script hears it.</summary>
sealed class LiveListener : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120); // passes at once; a busy machine may take its time
    readonly HttpClient http;
    readonly HttpResponseMessage response;
    readonly StreamReader lines;

    LiveListener(HttpClient http, HttpResponseMessage response, StreamReader lines) => (this.http, this.response, this.lines) = (http, response, lines);

    public HttpStatusCode Status => response.StatusCode;
    public HttpResponseMessage Response => response;

    /// <summary>Everything said so far, the newest word on each topic.</summary>
    public Dictionary<string, string> State { get; } = new(StringComparer.Ordinal);

    public int Messages { get; private set; }
    public List<string> Rest { get; } = [];

    public static async Task<LiveListener> Open(AppHost app, string path, string? visitor = null, params (string Name, string Value)[] headers)
    {
        var http = new HttpClient { BaseAddress = app.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "/live" + (visitor is null ? "" : "?v=" + Uri.EscapeDataString(visitor)));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new(http, response, new(await response.Content.ReadAsStreamAsync()));
    }

    public async Task Until(string topic, Func<string, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(State.TryGetValue(topic, out var value) && wanted(value)))
            if (!await Read(patience.Token)) throw new InvalidOperationException($"The stream ended before {topic} was as wanted.");
    }

    /// <summary>Reads on until the server ends it.</summary>
    public async Task ToTheEnd()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await Read(patience.Token)) { }
    }

    async Task<bool> Read(CancellationToken ct)
    {
        if (await lines.ReadLineAsync(ct) is not { } line) return false;
        if (!line.StartsWith("data:", StringComparison.Ordinal)) { Rest.Add(line); return true; }
        Messages++;
        using var news = JsonDocument.Parse(line[5..]);
        foreach (var topic in news.RootElement.EnumerateObject()) State[topic.Name] = topic.Value.GetRawText();
        return true;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
        http.Dispose();
    }
}
