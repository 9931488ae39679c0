using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace App.Infrastructure.Vendors.Stripe;

/// <summary>
/// Stripe-Signature: <c>t=…,v1=…</c>, HMAC-SHA256 over <c>t.body</c> with the whole secret. Any v1 may match any of our secrets, so that one can be rotated; compared in constant time;
/// not older than five minutes. Anything malformed is a plain no.
/// </summary>
public static class StripeWebhook
{
    const int Tolerance = 300;

    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(header) || !TryTime(header, out var time, out var text) || Math.Abs(now.ToUnixTimeSeconds() - time) > Tolerance) return false;
        Span<byte> right = stackalloc byte[32], given = stackalloc byte[32];
        var valid = false;
        foreach (var secret in secrets)
        {
            if (secret.Length == 0) continue;
            Sign(Encoding.UTF8.GetBytes(secret), text, body, right);
            foreach (var part in header.AsSpan().Split(','))
            {
                var item = header.AsSpan(part).Trim();
                if (item.StartsWith("v1=", StringComparison.Ordinal) && item.Length == 67 && Convert.FromHexString(item[3..], given, out _, out var n) == System.Buffers.OperationStatus.Done && n == 32)
                    valid |= CryptographicOperations.FixedTimeEquals(right, given);
            }
        }
        return valid;
    }

    /// <summary>Null for what is not a v1 event.</summary>
    public static StripeEvent? Parse(ReadOnlySpan<byte> body)
    {
        try { return JsonSerializer.Deserialize(body, StripeJson.Default.StripeEvent) is { Id.Length: > 0, Type.Length: > 0, Data.Object.ValueKind: JsonValueKind.Object } e ? e : null; }
        catch (JsonException) { return null; }
    }

    public static string Header(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        Span<byte> mac = stackalloc byte[32];
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Sign(Encoding.UTF8.GetBytes(secret), time, body, mac);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }

    static bool TryTime(string header, out long time, out string text)
    {
        (time, text) = (0, "");
        foreach (var part in header.AsSpan().Split(','))
        {
            var item = header.AsSpan(part).Trim();
            if (!item.StartsWith("t=", StringComparison.Ordinal)) continue;
            text = item[2..].ToString();
            return text.Length is > 0 and < 20 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out time);
        }
        return false;
    }

    static void Sign(byte[] secret, string time, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        Span<byte> prefix = stackalloc byte[24];
        var n = Encoding.ASCII.GetBytes(time, prefix);
        prefix[n++] = (byte)'.';
        hmac.AppendData(prefix[..n]);
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
    }
}
