using System.Collections.Concurrent;
using System.Security.Cryptography;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.DataProtection;

namespace App.Features.Tickets.Contracts;

/// <summary>A key as the world may know it.</summary>
/// <param name="Public">SubjectPublicKeyInfo, P-256.</param>
public sealed record PublicTicketKey(int KeyId, Guid OrganizationId, byte[] Public);

/// <summary>Signs and verifies ticket codes with each organization's own P-256 keys. A key is made when first needed; the newest signs, all verify.</summary>
public sealed class TicketKeys(EventStore store, QuerySession db, IDataProtectionProvider protection, TimeProvider clock)
{
    sealed record Signer(int KeyId, ThreadLocal<ECDsa> Key);
    sealed record StoredKey(int KeyId, byte[] Private);

    readonly IDataProtector protector = protection.CreateProtector("ticket-keys");
    readonly ConcurrentDictionary<Guid, Lazy<Task<Signer>>> signers = new();
    readonly ConcurrentDictionary<int, ThreadLocal<ECDsa>> verifiers = new();

    /// <summary>The signed code of a ticket's revision, in base45.</summary>
    public async ValueTask<string> Sign(Guid organizationId, Guid ticketId, int revision)
    {
        var starting = signers.GetOrAdd(organizationId, id => new(() => Load(id)));
        Signer signer;
        try { signer = await starting.Value; }
        catch { signers.TryRemove(new(organizationId, starting)); throw; } // a failed look must not be remembered
        return Sign(signer, ticketId, revision);
    }

    static string Sign(Signer signer, Guid ticketId, int revision)
    {
        Span<byte> bytes = stackalloc byte[TicketCode.Length];
        new TicketCode(signer.KeyId, ticketId, revision).WritePayload(bytes);
        signer.Key.Value!.SignData(bytes[..TicketCode.PayloadLength], bytes[TicketCode.PayloadLength..], HashAlgorithmName.SHA256);
        return Base45.Encode(bytes);
    }

    /// <summary>The code, when a key of ours signed it; null for anything else.</summary>
    public async ValueTask<TicketCode?> Verify(string text, CancellationToken ct)
    {
        var bytes = new byte[TicketCode.Length];
        if (!TicketCode.TryRead(text, bytes, out var code)) return null;
        if (await Verifier(code.Value.KeyId, ct) is not { } key) return null;
        return key.Value!.VerifyData(bytes.AsSpan(0, TicketCode.PayloadLength), bytes.AsSpan(TicketCode.PayloadLength), HashAlgorithmName.SHA256) ? code : null;
    }

    /// <summary>All public keys, newest first.</summary>
    public Task<IReadOnlyList<PublicTicketKey>> Published(CancellationToken ct) =>
        db.Query<PublicTicketKey>("select key_id, organization_id, public from ticket_keys order by created desc, key_id", ct);

    async ValueTask<ThreadLocal<ECDsa>?> Verifier(int keyId, CancellationToken ct)
    {
        if (verifiers.TryGetValue(keyId, out var known)) return known;
        var spki = await db.QueryFirst<byte[]>("select public from ticket_keys where key_id = $1", ct, keyId);
        return spki is null ? null : verifiers.GetOrAdd(keyId, _ => new(() => { var key = ECDsa.Create(); key.ImportSubjectPublicKeyInfo(spki, out var _); return key; }));
    }

    async Task<Signer> Load(Guid organizationId)
    {
        var stored = await Newest(organizationId) ?? await Make(organizationId);
        var pkcs8 = protector.Unprotect(stored.Private);
        // A handle of OpenSSL's is not promised to serve two threads at once: one each.
        return new(stored.KeyId, new(() => { var key = ECDsa.Create(); key.ImportPkcs8PrivateKey(pkcs8, out _); return key; }));
    }

    async Task<StoredKey> Make(Guid organizationId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Two replicas may both make one: each verifies, so nothing is lost but the row.
        await using var command = store.Command("insert into ticket_keys (key_id, organization_id, private, public, created) select $1, $2, $3, $4, $5 where not exists (select from ticket_keys where organization_id = $2)",
            RandomNumberGenerator.GetInt32(1, int.MaxValue), organizationId, protector.Protect(key.ExportPkcs8PrivateKey()), key.ExportSubjectPublicKeyInfo(), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync();
        return await Newest(organizationId) ?? throw new InvalidOperationException($"Organization {organizationId} got no ticket key.");
    }

    Task<StoredKey?> Newest(Guid organizationId) =>
        db.QueryFirst<StoredKey>("select key_id, private from ticket_keys where organization_id = $1 order by created desc, key_id limit 1", CancellationToken.None, organizationId);
}
