using System.Net;
using System.Net.Sockets;

namespace App.Infrastructure.Web;

/// <summary>Section <c>Downloads</c>.</summary>
/// <param name="PrivateHosts">Names or addresses of the inside that may be fetched from all the same.</param>
public sealed record DownloadOptions(string[] PrivateHosts)
{
    public DownloadOptions() : this([]) { }
}

/// <summary>What may be fetched.</summary>
/// <param name="Allows">Which addresses, those that redirects lead to as well; null: any of the web. Inside the house is another question (<see cref="DownloadOptions"/>).</param>
public sealed record DownloadRule(int MostBytes, TimeSpan Patience, Func<Uri, bool>? Allows = null);

/// <summary>By what a server knows a version of a file, as it said.</summary>
public sealed record FileMark(string? Etag, DateTimeOffset? Modified)
{
    public static FileMark None { get; } = new(null, null);
    public bool IsNone => Etag is null && Modified is null;
}

/// <summary>
/// Fetches files from addresses that people typed or sources name: http and https only, of a bearable size, in a bearable time, and never from inside the house. The address is judged when it is connected to, after the name was looked up, so neither a name
/// that leads inside nor a redirect gets there.
/// </summary>
public sealed class Downloads(DownloadOptions options) : IDisposable
{
    const int MostRedirects = 3;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly HttpClient http = Client(options);

    /// <param name="known">What was fetched last; <see cref="FileMark.None"/>: nothing.</param>
    /// <returns>Null: the server says that it hasn't changed since then.</returns>
    public Task<(byte[] Bytes, FileMark Mark)?> Fetch(string address, int most, FileMark known, CancellationToken ct) => Fetch(address, new DownloadRule(most, Patience), known, ct);

    /// <inheritdoc cref="Fetch(string, int, FileMark, CancellationToken)"/>
    public async Task<(byte[] Bytes, FileMark Mark)?> Fetch(string address, DownloadRule rule, FileMark known, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url)) throw new Refused("downloads.not-an-address");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(rule.Patience);
        try
        {
            using var response = await Follow(url, rule, known, limit.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && !known.IsNone) return null;
            if (!response.IsSuccessStatusCode) throw new Refused("downloads.answered", (int)response.StatusCode);
            return (await Read(response, rule.MostBytes, limit.Token), new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified));
        }
        catch (HttpRequestException e) when (e.InnerException is Refused refused) { throw new Refused(refused.Key, [.. refused.Arguments]); }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new Refused("downloads.no-answer", e is OperationCanceledException ? $"it took more than {rule.Patience.TotalSeconds:0} seconds" : e.Message);
        }
    }

    /// <summary>Each step is judged as the first one was.</summary>
    async Task<HttpResponseMessage> Follow(Uri url, DownloadRule rule, FileMark known, CancellationToken ct)
    {
        for (var hops = 0; ; hops++)
        {
            if (url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0) throw new Refused("downloads.not-an-address");
            if (rule.Allows?.Invoke(url) == false) throw new Refused("downloads.elsewhere", url.Host);
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (known.Etag is { } etag) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            request.Headers.IfModifiedSince = known.Modified;
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (hops == MostRedirects || Next(url, response) is not { } next) return response;
            response.Dispose();
            url = next;
        }
    }

    /// <summary>Null: the answer is no redirect, or one that would leave https.</summary>
    static Uri? Next(Uri from, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location && new Uri(from, location) is var to && (from.Scheme == "http" || to.Scheme == "https") ? to : null;

    static async Task<byte[]> Read(HttpResponseMessage response, int most, CancellationToken ct)
    {
        var tooBig = new Refused("downloads.too-big", most / 1024 / 1024);
        if (response.Content.Headers.ContentLength > most) throw tooBig;
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var to = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            // Counted as it comes, after decompression: a small file can hold a large one.
            if (to.Length + read > most) throw tooBig;
            to.Write(buffer, 0, read);
        }
        return to.ToArray();
    }

    static HttpClient Client(DownloadOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(10), ActivityHeadersPropagator = null,
            ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, options.PrivateHosts, ct),
        };
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { { "User-Agent", "Foyer" } } };
    }

    /// <summary>Connects to where a name leads now, unless that is inside: then it is a <see cref="Refused"/>.</summary>
    internal static async ValueTask<Stream> Connect(DnsEndPoint to, string[] privateHosts, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, ct);
        if (!privateHosts.Contains(to.Host) && Array.Exists(addresses, IsInside)) throw new Refused("downloads.inside", to.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch { socket.Dispose(); throw; }
    }

    /// <summary>Loopback, link-local, private, shared, multicast and reserved addresses, in any of their disguises (mapped, translated, 6to4).</summary>
    internal static bool IsInside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 100 && b[1] is >= 64 and < 128) || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] == 0))) || (b[0] == 198 && b[1] is 18 or 19);
        if (b[0] is 0 && b.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0) return true; // ::, ::1 and IPv4-compatible
        if (b is [0x00, 0x64, 0xFF, 0x9B, ..]) return IsInside(new IPAddress(b.AsSpan(12)));
        if (b is [0x20, 0x02, ..]) return IsInside(new IPAddress(b.AsSpan(2, 4)));
        return (b[0] & 0xFE) == 0xFC || (b[0] == 0xFE && (b[1] & 0xC0) >= 0x80) || b[0] == 0xFF;
    }

    public void Dispose() => http.Dispose();
}
