using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using App.Infrastructure.Web;

namespace App.Infrastructure.Push;

/// <summary>A browser's mailbox at its push service.</summary>
/// <param name="P256dh">Its public key.</param>
/// <param name="Auth">What we share with it.</param>
public sealed record PushTarget(string Endpoint, byte[] P256dh, byte[] Auth);

/// <summary>Gone: there is no such mailbox any more. Refused: the same message would be refused again.</summary>
public enum PushAnswer { Taken, Gone, Refused }

/// <summary>The service is busy or away (429, 5xx, no answer): try again later. Says nothing of whose mailbox it was.</summary>
public sealed class PushUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);

/// <summary>Hands messages to push services (RFC 8030). Their addresses come from browsers, so they are treated as anything that people type: https, never inside, no redirects, a small answer.</summary>
public sealed class WebPush(Vapid vapid, PushOptions options) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Patience, ActivityHeadersPropagator = null,
        ConnectCallback = (context, ct) => Downloads.Connect(context.DnsEndPoint, options.PrivateHosts, ct),
    }) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>Whether an address may be written to at all; where its name leads is judged when it is connected to.</summary>
    public static bool IsEndpoint(string address, PushOptions options) => address.Length <= 1_000 && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
        && (options.PrivateHosts.Contains(url.Host) || (url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && !(IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && Downloads.IsInside(ip))));

    /// <param name="lives">How long the service may keep it for a browser that is away.</param>
    /// <param name="urgent">Wakes a phone that saves its battery.</param>
    public async Task<PushAnswer> Send(PushTarget to, byte[] message, TimeSpan lives, bool urgent, CancellationToken ct)
    {
        if (!IsEndpoint(to.Endpoint, options)) return PushAnswer.Refused;
        var endpoint = new Uri(to.Endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(PushEncryption.Encrypt(message, to.P256dh, to.Auth)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", vapid.Authorization(endpoint));
        request.Headers.TryAddWithoutValidation("TTL", ((int)lives.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", urgent ? "high" : "normal");
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => PushAnswer.Gone,
                _ when response.IsSuccessStatusCode => PushAnswer.Taken,
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw new PushUnavailableException($"{endpoint.Host} answered {(int)response.StatusCode}."),
                _ => PushAnswer.Refused,
            };
        }
        catch (HttpRequestException e) when (e.InnerException is Refused) { return PushAnswer.Refused; } // its name leads inside
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested)) { throw new PushUnavailableException($"{endpoint.Host} does not answer.", e); }
    }

    public void Dispose() => http.Dispose();
}
