using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Infrastructure.Push;

/// <summary>Section <c>Push</c>. Without keys a pair is made from a secret that is kept in the database, so that all replicas and every later start have the same.</summary>
/// <param name="PublicKey">base64url, 65 bytes.</param>
/// <param name="PrivateKey">base64url, 32 bytes.</param>
/// <param name="Subject">Whom a push service may write to: <c>mailto:…</c> or an https address. Empty: the site's own.</param>
/// <param name="PrivateHosts">Push services inside that may be reached all the same, also by http: the demo's and the tests'.</param>
public sealed record PushOptions(string PublicKey, string PrivateKey, string Subject, string[] PrivateHosts)
{
    public PushOptions() : this("", "", "", []) { }
}

/// <summary>Says to a push service who sends (RFC 8292): a token signed with our key, for that service only, for half a day.</summary>
public sealed class Vapid(PushOptions options, SiteOptions site, Secrets secrets, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Lives = TimeSpan.FromHours(12); // 24 at the most
    readonly Lazy<ECDsa> key = new(() => ECDsa.Create(Keys(options, secrets)));

    /// <summary>What a browser subscribes with.</summary>
    public string PublicKey => Base64Url.EncodeToString(PushEncryption.Bytes(key.Value.ExportParameters(false).Q));

    /// <summary>The value of <c>Authorization</c>.</summary>
    public string Authorization(Uri endpoint)
    {
        var subject = options.Subject.Length > 0 ? options.Subject : site.PublicUrl.GetLeftPart(UriPartial.Authority);
        var claims = string.Create(CultureInfo.InvariantCulture, $$"""{"aud":"{{endpoint.GetLeftPart(UriPartial.Authority)}}","exp":{{(clock.GetUtcNow() + Lives).ToUnixTimeSeconds()}},"sub":"{{System.Text.Json.JsonEncodedText.Encode(subject)}}"}""");
        var signed = $"{Encode("""{"typ":"JWT","alg":"ES256"}""")}.{Encode(claims)}";
        lock (key) return $"vapid t={signed}.{Base64Url.EncodeToString(key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}, k={PublicKey}";
    }

    static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    static ECParameters Keys(PushOptions options, Secrets secrets)
    {
        var curve = ECCurve.NamedCurves.nistP256;
        if (options.PrivateKey.Length > 0) return new() { Curve = curve, D = Base64Url.DecodeFromChars(options.PrivateKey), Q = PushEncryption.Point(Base64Url.DecodeFromChars(options.PublicKey)) };
        // The curve's order is a hair below 2^256: of four thousand million secrets one is no key, and its hash is.
        for (var d = secrets.Get("push-key"); ; d = SHA256.HashData(d))
            try
            {
                using var made = ECDsa.Create(new ECParameters { Curve = curve, D = d });
                return made.ExportParameters(true);
            }
            catch (CryptographicException) { }
    }

    public void Dispose()
    {
        if (key.IsValueCreated) key.Value.Dispose();
    }
}
