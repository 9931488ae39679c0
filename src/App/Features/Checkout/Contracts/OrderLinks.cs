using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>
/// The capability to one order: its id and a 128-bit code over it (HMAC-SHA256, key shared by all replicas), as one word in the address. Who has the link has the order; no cookie is
/// needed, so it works in a frame. An id alone opens nothing. Codes are compared in constant time.
/// </summary>
public sealed class OrderLinks(Secrets secrets)
{
    readonly Lazy<byte[]> key = new(() => secrets.Get("order-links"));

    public string Token(Guid orderId)
    {
        Span<byte> token = stackalloc byte[32];
        Sign(orderId, token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null for anything that we didn't make.</summary>
    public Guid? Read(string? token)
    {
        if (token is not { Length: 43 }) return null;
        Span<byte> given = stackalloc byte[32], right = stackalloc byte[32];
        if (Base64Url.DecodeFromChars(token, given, out _, out var written) != OperationStatus.Done || written != 32) return null;
        var id = new Guid(given[..16], bigEndian: true);
        Sign(id, right);
        return CryptographicOperations.FixedTimeEquals(given, right) ? id : null;
    }

    public string CheckoutPath(Guid orderId) => "/checkout/" + Token(orderId);
    public string OrderPath(Guid orderId) => "/order/" + Token(orderId);

    void Sign(Guid orderId, Span<byte> token)
    {
        Span<byte> mac = stackalloc byte[32];
        orderId.TryWriteBytes(token, bigEndian: true, out _);
        HMACSHA256.HashData(key.Value, token[..16], mac);
        mac[..16].CopyTo(token[16..]);
    }
}
