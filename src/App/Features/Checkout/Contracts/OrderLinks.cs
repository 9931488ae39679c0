using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>
/// The capability to see one order: its id and a 128-bit code over it (HMAC-SHA256, key shared by all replicas), as one word in the address. Who has the link sees the order; no cookie is needed, so it works in a frame.
/// An id alone opens nothing; codes are compared in constant time. A promoter may change an order's address: the code is over the number of changes as well, which every process knows of the few orders that have any.
/// </summary>
public sealed class OrderLinks(Secrets secrets, HotStreams<RenewedLinks> links) : IHostedService
{
    const int Id = 16, Code = 16;

    HotStream<RenewedLinks>? renewed; // null before the process serves
    readonly Lazy<byte[]> key = new(() => secrets.Get("order-links"));

    public string Token(Guid orderId)
    {
        Span<byte> token = stackalloc byte[Id + Code];
        orderId.TryWriteBytes(token, bigEndian: true, out _);
        Sign(orderId, token[..Id], token[Id..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null for anything that we didn't make.</summary>
    public Guid? Read(string? token)
    {
        Span<byte> given = stackalloc byte[Id + Code], right = stackalloc byte[Code];
        if (token is not { Length: 43 } || Base64Url.DecodeFromChars(token, given, out _, out var written) != OperationStatus.Done || written != given.Length) return null;
        var id = new Guid(given[..Id], bigEndian: true);
        Sign(id, given[..Id], right);
        return CryptographicOperations.FixedTimeEquals(given[Id..], right) ? id : null;
    }

    public async Task StartAsync(CancellationToken cancellationToken) => renewed = await links.Get(RenewedLinks.Id);
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string CheckoutPath(Guid orderId) => "/checkout/" + Token(orderId);
    public string OrderPath(Guid orderId) => "/order/" + Token(orderId);

    /// <summary>The code over some words about an order. Each kind of them has a length of its own, so that none is good for another.</summary>
    internal void Sign(Guid orderId, ReadOnlySpan<byte> words, Span<byte> code)
    {
        Span<byte> mac = stackalloc byte[32], signed = stackalloc byte[words.Length + 4];
        words.CopyTo(signed);
        var generation = renewed?.State.Of(orderId) ?? 0;
        BinaryPrimitives.WriteInt32BigEndian(signed[words.Length..], generation);
        // What was never changed is signed as ever, so that addresses that are out stay good.
        HMACSHA256.HashData(key.Value, words.Length == Id && generation == 0 ? words : signed, mac);
        mac[..Code].CopyTo(code);
    }
}
