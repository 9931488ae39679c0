using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace App.Infrastructure.Vendors.Google;

/// <summary>
/// Links that save a ticket to Google Wallet: class and object in a signed token (RS256), so that nothing has to be told to Google before somebody wants it. A key that can't be used stops nobody from starting:
/// <see cref="Fault"/> says why there are no links.
/// </summary>
public sealed class GoogleWallet
{
    /// <summary>Longer tokens are cut by some browsers, says Google.</summary>
    public const int LongestToken = 1800;

    const string Save = "https://pay.google.com/gp/v/save/";
    readonly Lock signing = new(); // a key of OpenSSL's is not promised to serve two threads at once
    readonly RSA? key;
    readonly string account = "", issuer;
    readonly string? keyId;
    readonly TimeProvider clock;

    public GoogleWallet(WalletOptions options, TimeProvider clock)
    {
        this.clock = clock;
        issuer = options.IssuerId ?? "";
        IsConfigured = !string.IsNullOrEmpty(options.ServiceAccount);
        Fault = !IsConfigured ? "Wallet:Google:ServiceAccount is not set" : issuer.Length == 0 ? "Wallet:Google:IssuerId is not set" : null;
        if (Fault is not null) return;
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(options.ServiceAccount!), WalletJson.Default.ServiceAccountKey);
            account = read?.ClientEmail ?? throw new JsonException("there is no client_email in it");
            keyId = read.PrivateKeyId;
            key = RSA.Create();
            key.ImportFromPem(read.PrivateKey);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException) { Fault = $"Wallet:Google:ServiceAccount can't be read: {e.Message}"; }
    }

    public bool IsConfigured { get; }

    /// <summary>Null while links are made.</summary>
    public string? Fault { get; }
    public bool IsReady => Fault is null;

    /// <summary>Google's ids begin with the issuer's.</summary>
    public string IdOf(Guid id) => $"{issuer}.{id:N}";

    /// <param name="origin">The site's host, on which the link stands.</param>
    public string Token(EventTicketClass of, EventTicketObject ticket, string origin)
    {
        if (!IsReady) throw new InvalidOperationException($"No link can be made: {Fault}.");
        var head = JsonSerializer.SerializeToUtf8Bytes(new TokenHead("RS256", "JWT", keyId), WalletJson.Short.TokenHead);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new SaveClaims(account, [origin], clock.GetUtcNow().ToUnixTimeSeconds(), new([of], [ticket])), WalletJson.Short.SaveClaims);
        var signed = $"{Base64Url.EncodeToString(head)}.{Base64Url.EncodeToString(claims)}";
        byte[] signature;
        lock (signing) signature = key!.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static string Link(string token) => Save + token;
}
