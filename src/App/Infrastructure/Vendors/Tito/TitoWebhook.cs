using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace App.Infrastructure.Vendors.Tito;

/// <summary>
/// Tito-Signature: Base64 of HMAC-SHA256 over the body's bytes with the security token, compared in constant time. It holds no time and no number of the delivery: whoever repeats one is known by what it says.
/// </summary>
public static class TitoWebhook
{
    public static bool Verify(ReadOnlySpan<byte> body, string? signature, IReadOnlyList<string> tokens)
    {
        Span<byte> given = stackalloc byte[32], right = stackalloc byte[32];
        if (signature is null || signature.Trim() is not { Length: 44 } text || !Convert.TryFromBase64String(text, given, out var n) || n != 32) return false;
        var valid = false;
        foreach (var token in tokens.Where(t => t.Length > 0))
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), body, right);
            valid |= CryptographicOperations.FixedTimeEquals(right, given);
        }
        return valid;
    }

    public static string Signature(ReadOnlySpan<byte> body, string token) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), body));

    /// <summary>Null for what is no body of Tito's.</summary>
    public static TitoNews? Parse(ReadOnlySpan<byte> body)
    {
        try { return JsonSerializer.Deserialize(body, TitoJson.Default.TitoNews) is { Slug.Length: > 0 } news ? news : null; }
        catch (JsonException) { return null; }
    }

    public static TitoTicket Ticket(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, TitoJson.Default.TitoTicket)!;
}
