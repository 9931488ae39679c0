using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Links;

/// <summary>A mail under way, or pressed, that shows whose an order is.</summary>
public sealed record LinkProof(Guid Id, Guid OrderId, DateTimeOffset AskedAt, DateTimeOffset EndsAt, DateTimeOffset? UsedAt);

/// <summary>
/// Mails to an order's own address whose link shows that the order is whoever's presses it (security.md S26). The link is good for ten minutes, once, with that order's address and in whichever browser it is pressed: nothing is
/// opened for the browser that asked, which may be anybody's who has the address. Its word follows from the proof's id, so that a mail sent twice says the same twice.
/// </summary>
public sealed class LinkProofs(EventStore store, QuerySession db, Secrets secrets, OrderLinks links, MessageBus bus, TimeProvider clock)
{
    public const int PerOrder = 3, PerOrigin = 300;
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(10), Window = TimeSpan.FromMinutes(15);
    const int Id = 16, Code = 16;

    readonly Allowance asked = new(store, secrets, clock, "link-proofs", Window);

    /// <summary>False: too often, for this order or from this network (a venue's guests share one). The same work whether or not the order's address is known still.</summary>
    public async Task<bool> Ask(Guid orderId, IPAddress? origin, CancellationToken ct)
    {
        var byOrigin = await asked.Hit("origin:" + Origins.Network(origin), ct) <= PerOrigin;
        if (await asked.Hit($"order:{orderId:N}", ct) > PerOrder || !byOrigin) return false;
        await bus.InvokeAsync(new AskForProof(Ids.New(clock.GetUtcNow()), orderId), ct);
        return true;
    }

    /// <summary>The last word of the mail's link.</summary>
    public string Word(LinkProof proof)
    {
        Span<byte> word = stackalloc byte[Id + Code];
        proof.Id.TryWriteBytes(word, bigEndian: true, out _);
        Sign(proof.Id, proof.OrderId, word[Id..]);
        return Base64Url.EncodeToString(word);
    }

    /// <summary>Null: not ours, or not this order's. It may have been used, or its time may be over.</summary>
    public async Task<LinkProof?> Find(Guid orderId, string word, CancellationToken ct) => Read(orderId, word) is { } id ? await Find(id, ct) : null;

    public async Task<LinkProof?> Find(Guid id, CancellationToken ct) => await db.QueryFirst<LinkProof>("select id, order_id, asked_at, ends_at, used_at from checkout_link_proofs where id = $1", ct, id);

    public bool IsOpen(LinkProof proof) => proof.UsedAt is null && proof.EndsAt > clock.GetUtcNow();

    /// <summary>Uses it up, in one statement: of two who press at once one has it.</summary>
    public async Task<bool> Take(LinkProof proof, CancellationToken ct)
    {
        await using var command = store.Command("update checkout_link_proofs set used_at = $2 where id = $1 and used_at is null and ends_at > $2", proof.Id, clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    Guid? Read(Guid orderId, string word)
    {
        Span<byte> given = stackalloc byte[Id + Code], right = stackalloc byte[Code];
        if (word.Length != 43 || Base64Url.DecodeFromChars(word, given, out _, out var written) != OperationStatus.Done || written != given.Length) return null;
        var id = new Guid(given[..Id], bigEndian: true);
        Sign(id, orderId, right);
        return CryptographicOperations.FixedTimeEquals(given[Id..], right) ? id : null;
    }

    void Sign(Guid id, Guid orderId, Span<byte> code)
    {
        Span<byte> words = stackalloc byte[Id * 2];
        id.TryWriteBytes(words, bigEndian: true, out _);
        orderId.TryWriteBytes(words[Id..], bigEndian: true, out _);
        links.Sign(orderId, words, code);
    }
}
