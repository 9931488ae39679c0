using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using App.Infrastructure.Push;

namespace App.Tests.Support;

/// <summary>The part of a browser that push messages are encrypted for, and read by.</summary>
public sealed class PushMailbox : IDisposable
{
    readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

    public string P256dh => Base64Url.EncodeToString(Own);
    public string Auth => Base64Url.EncodeToString(secret);
    byte[] Own => PushEncryption.Bytes(key.ExportParameters(false).Q);

    /// <summary>As the browser does (RFC 8291, 4).</summary>
    public JsonElement Open(byte[] body)
    {
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PushEncryption.Point(body.AsSpan(21, 65)) });
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.DeriveRawSecretAgreement(theirs.PublicKey), 32, secret, [.. "WebPush: info\0"u8, .. Own, .. body.AsSpan(21, 65)]);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, body[..16], "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, body[..16], "Content-Encoding: nonce\0"u8.ToArray());
        var plain = new byte[body.Length - 86 - 16];
        using var aes = new AesGcm(content, 16);
        aes.Decrypt(nonce, body.AsSpan(86, plain.Length), body.AsSpan(86 + plain.Length), plain);
        plain[^1].ShouldBe((byte)2);
        return JsonDocument.Parse(plain.AsMemory(0, plain.Length - 1)).RootElement;
    }

    public void Dispose() => key.Dispose();
}
