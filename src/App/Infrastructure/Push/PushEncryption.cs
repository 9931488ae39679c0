using System.Buffers.Binary;
using System.Security.Cryptography;

namespace App.Infrastructure.Push;

/// <summary>Messages that only the browser can read, not the push service between (RFC 8291, with the coding aes128gcm of RFC 8188). One record: a message has 3,993 bytes at the most.</summary>
public static class PushEncryption
{
    public const int Most = RecordSize - Header - Tag - 1;
    const int RecordSize = 4096, Header = 16 + 4 + 1 + PointLength, Tag = 16, PointLength = 65;

    /// <param name="browser">The subscription's <c>p256dh</c>: an uncompressed point of P-256.</param>
    /// <param name="secret">The subscription's <c>auth</c>: 16 bytes.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> browser, ReadOnlySpan<byte> secret)
    {
        using var ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(message, browser, secret, ours, RandomNumberGenerator.GetBytes(16));
    }

    internal static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> browser, ReadOnlySpan<byte> secret, ECDiffieHellman ours, ReadOnlySpan<byte> salt)
    {
        if (message.Length > Most) throw new ArgumentException($"A push message has {Most} bytes at the most, this one {message.Length}.");
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(browser) });
        var (shared, own) = (ours.DeriveRawSecretAgreement(theirs.PublicKey), Bytes(ours.ExportParameters(false).Q));
        Span<byte> input = stackalloc byte[32], key = stackalloc byte[16], nonce = stackalloc byte[12];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, input, secret, [.. "WebPush: info\0"u8, .. browser, .. own]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, input, key, salt, "Content-Encoding: aes128gcm\0"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, input, nonce, salt, "Content-Encoding: nonce\0"u8);

        var body = new byte[Header + message.Length + 1 + Tag];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(16), RecordSize);
        body[20] = PointLength;
        own.CopyTo(body.AsSpan(21));
        // 2: the last record, no padding after it.
        byte[] plain = [.. message, 2];
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(nonce, plain, body.AsSpan(Header, plain.Length), body.AsSpan(Header + plain.Length));
        return body;
    }

    /// <summary>Whether these could be a browser's keys; others would only fail later.</summary>
    public static bool AreKeys(ReadOnlySpan<byte> browser, ReadOnlySpan<byte> secret)
    {
        if (browser.Length != PointLength || browser[0] != 4 || secret.Length != 16) return false;
        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(browser) });
            return true;
        }
        catch (CryptographicException) { return false; } // not on the curve
    }

    internal static ECPoint Point(ReadOnlySpan<byte> uncompressed) => new() { X = uncompressed[1..33].ToArray(), Y = uncompressed[33..65].ToArray() };

    internal static byte[] Bytes(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
