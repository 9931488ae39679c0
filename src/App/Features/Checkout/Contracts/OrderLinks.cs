using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>
/// The capability to one order: its id and a 128-bit code over it (HMAC-SHA256, key shared by all replicas), as one word in the address. Who has the link has the order; no cookie is
/// needed, so it works in a frame. An id alone opens nothing. Codes are compared in constant time. A promoter may change an order's address: the code is over the number of changes as well, which every process knows
/// of the few orders that have any.
/// </summary>
public sealed class OrderLinks(Secrets secrets, HotStreams<RenewedLinks> links) : IHostedService
{
    HotStream<RenewedLinks>? renewed; // null before the process serves
    readonly Lazy<byte[]> key = new(() => secrets.Get("order-links"));

    public string Token(Guid orderId)
    {
        Span<byte> token = stackalloc byte[32];
        Sign(orderId, Generation(orderId), token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null for anything that we didn't make.</summary>
    public Guid? Read(string? token)
    {
        if (token is not { Length: 43 }) return null;
        Span<byte> given = stackalloc byte[32], right = stackalloc byte[32];
        if (Base64Url.DecodeFromChars(token, given, out _, out var written) != OperationStatus.Done || written != 32) return null;
        var id = new Guid(given[..16], bigEndian: true);
        Sign(id, Generation(id), right);
        return CryptographicOperations.FixedTimeEquals(given, right) ? id : null;
    }

    public async Task StartAsync(CancellationToken cancellationToken) => renewed = await links.Get(RenewedLinks.Id);
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string CheckoutPath(Guid orderId) => "/checkout/" + Token(orderId);
    public string OrderPath(Guid orderId) => "/order/" + Token(orderId);

    int Generation(Guid orderId) => renewed?.State.Of(orderId) ?? 0;

    void Sign(Guid orderId, int generation, Span<byte> token)
    {
        Span<byte> mac = stackalloc byte[32], signed = stackalloc byte[20];
        orderId.TryWriteBytes(token, bigEndian: true, out _);
        token[..16].CopyTo(signed);
        BinaryPrimitives.WriteInt32BigEndian(signed[16..], generation);
        // What was never changed is signed as ever, so that addresses that are out stay good.
        HMACSHA256.HashData(key.Value, generation == 0 ? signed[..16] : signed, mac);
        mac[..16].CopyTo(token[16..]);
    }
}
