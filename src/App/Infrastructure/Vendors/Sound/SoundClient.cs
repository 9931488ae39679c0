using System.Net;
using System.Net.Http.Headers;
using System.Text;
using App.Infrastructure.Web;

namespace App.Infrastructure.Vendors.Sound;

/// <param name="Session">What the provider keeps of it: deleted, it ends.</param>
public sealed record SoundAnswer(string Sdp, Uri Session);

/// <summary>The provider answered, and not as agreed.</summary>
public sealed class SoundException(int status, string says) : Exception($"The provider of sound said {status}: {says}")
{
    public int Status { get; } = status;
}

/// <summary>No answer that counts: away, too busy, too slow.</summary>
public sealed class SoundUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);

/// <summary>
/// Signalling of WHIP and WHEP: an offer goes there, an answer comes back, and what was begun is deleted. The simple way only: 201 or no. Where a session is kept is the provider's word, so it is judged as anything somebody types: on hosts that were named,
/// never inside, no matter where its name leads; a redirect likewise.
/// </summary>
public sealed class SoundClient(SoundOptions options) : IDisposable
{
    public const string Type = "application/sdp";
    public const int Longest = 64 * 1024;
    const int MostRedirects = 2;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Patience, ActivityHeadersPropagator = null,
        ConnectCallback = (context, ct) => Downloads.Connect(context.DnsEndPoint, options.PrivateHosts, ct),
    }) { Timeout = Patience, MaxResponseContentBufferSize = Longest };

    public SoundOptions Options => options;

    /// <summary>Offers and answers begin so (RFC 8866).</summary>
    public static bool IsSdp(string text) => text.StartsWith("v=0", StringComparison.Ordinal);

    public Task<SoundAnswer> Send(Guid channel, string offer, CancellationToken ct) => Begin(options.Whip(channel), offer, ct);

    public Task<SoundAnswer> Hear(Guid channel, string offer, CancellationToken ct) => Begin(options.Whep(channel), offer, ct);

    /// <summary>Ended, or over already.</summary>
    public async Task End(Uri session, CancellationToken ct)
    {
        // The settings may have changed since it began: then nobody there is told our token.
        if (!options.IsConfigured || !(options.Keeps(options.Whip(Guid.Empty), session) || options.Keeps(options.Whep(Guid.Empty), session))) return;
        using var response = await Ask(HttpMethod.Delete, session, null, ct);
        if (!response.IsSuccessStatusCode && response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone)) throw new SoundException((int)response.StatusCode, "a session can't be ended");
    }

    async Task<SoundAnswer> Begin(Uri endpoint, string offer, CancellationToken ct)
    {
        var at = endpoint;
        for (var hops = 0; ; hops++)
        {
            using var response = await Ask(HttpMethod.Post, at, offer, ct);
            if (response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && hops < MostRedirects) { at = Next(endpoint, at, response); continue; }
            if (response.StatusCode != HttpStatusCode.Created) throw new SoundException((int)response.StatusCode, $"no answer to an offer at {at.Host}");
            var session = Next(endpoint, at, response);
            var sdp = await response.Content.ReadAsStringAsync(ct);
            if (response.Content.Headers.ContentType?.MediaType != Type || !IsSdp(sdp)) throw new SoundException(201, "what came isn't an answer");
            return new(sdp, session);
        }
    }

    Uri Next(Uri endpoint, Uri from, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location) throw new SoundException((int)response.StatusCode, "no Location");
        var to = new Uri(from, location);
        return options.Keeps(endpoint, to) ? to : throw new SoundException((int)response.StatusCode, $"its Location leads elsewhere, to {to.Host}");
    }

    async Task<HttpResponseMessage> Ask(HttpMethod method, Uri url, string? offer, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, url);
        if (offer is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(offer)) { Headers = { ContentType = new(Type) } };
        if (!string.IsNullOrEmpty(options.Token)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        try
        {
            var response = await http.SendAsync(request, ct);
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)) return response;
            response.Dispose();
            throw new SoundUnavailableException($"{url.Host} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e) when (e.InnerException is Refused) { throw new SoundException(0, $"{url.Host} leads inside"); }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested)) { throw new SoundUnavailableException($"{url.Host} does not answer.", e); }
    }

    public void Dispose() => http.Dispose();
}

public static class SoundSetup
{
    public static IServiceCollection AddSound(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Sound").Get<SoundOptions>() ?? new SoundOptions();
        return options.Fault is { } fault ? throw new InvalidOperationException(fault) : services.AddSingleton(options).AddSingleton<SoundClient>();
    }
}
