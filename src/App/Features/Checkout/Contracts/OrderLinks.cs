using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>A link to an order that is ours.</summary>
/// <param name="Made">The day. Null: before links carried one.</param>
public readonly record struct OrderLink(Guid OrderId, DateOnly? Made);

/// <summary>
/// The capability to see one order: its id, the day the link was made and a 128-bit code over both (HMAC-SHA256, key shared by all replicas), as one word in the address. An id alone opens nothing; codes are compared in
/// constant time. What it opens is for <see cref="OrderAccess"/> to say. A promoter may change an order's address: the code is over the number of changes as well, which every process knows of the few orders that have any.
/// </summary>
public sealed class OrderLinks(Secrets secrets, HotStreams<RenewedLinks> links, TimeProvider clock) : IHostedService
{
    const int Id = 16, Day = 2, Code = 16;
    static readonly DateOnly First = new(2020, 1, 1);

    HotStream<RenewedLinks>? renewed; // null before the process serves
    readonly Lazy<byte[]> key = new(() => secrets.Get("order-links"));

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public string Token(Guid orderId)
    {
        Span<byte> token = stackalloc byte[Id + Day + Code];
        orderId.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(token[Id..], (ushort)(Today.DayNumber - First.DayNumber));
        Sign(orderId, token[..(Id + Day)], token[(Id + Day)..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null for anything that we didn't make.</summary>
    public Guid? Read(string? token) => Find(token)?.OrderId;

    /// <inheritdoc cref="Read"/>
    public OrderLink? Find(string? token)
    {
        Span<byte> given = stackalloc byte[Id + Day + Code], right = stackalloc byte[Code];
        if (token is not { Length: 43 or 46 } || Base64Url.DecodeFromChars(token, given, out _, out var written) != OperationStatus.Done) return null;
        var (id, isDated) = (new Guid(given[..Id], bigEndian: true), written == given.Length);
        var signed = isDated ? given[..(Id + Day)] : given[..Id];
        Sign(id, signed, right);
        if (!CryptographicOperations.FixedTimeEquals(given[signed.Length..written], right)) return null;
        return new(id, isDated ? First.AddDays(BinaryPrimitives.ReadUInt16BigEndian(given[Id..])) : null);
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
        // A link without a day is signed as ever, so that addresses that are out stay good.
        HMACSHA256.HashData(key.Value, words.Length == Id && generation == 0 ? words : signed, mac);
        mac[..Code].CopyTo(code);
    }
}
