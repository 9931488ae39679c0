using System.Buffers.Text;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace App.Infrastructure.Passkeys;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">The authenticator's name for it: it opens nothing.</param>
/// <param name="UsedAt">Null: never, since it was added.</param>
public sealed record Passkey(byte[] Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt)
{
    /// <summary>As forms and files name it.</summary>
    public string Number => Ids.ToText(Id);
}

/// <summary>Whose passkeys they are, as ASP.NET Core Identity's handler knows them: a number, nothing about a person.</summary>
public sealed record PasskeyHolder(Guid Id);

/// <summary>The rows of <c>passkeys</c>, and what Identity's handler asks of them. Whom a holder is, and whether they may come in, is for the feature to say.</summary>
public sealed class PasskeyStore(EventStore store, QuerySession db, TimeProvider clock) : IUserPasskeyStore<PasskeyHolder>
{
    /// <summary>So many of one holder.</summary>
    public const int Most = 10;
    public const int LongestName = 60;
    const string Columns = "id, public_key, created_at, sign_count, transports, backup_eligible, backed_up";

    public Task<IReadOnlyList<Passkey>> Of(string realm, Guid[] holders, CancellationToken ct) =>
        db.Query<Passkey>("select id, name, created_at, used_at from passkeys where holder = any($1) and realm = $2 order by created_at, id", ct, holders, realm);

    /// <summary>False: they have as many as they may, or it is there already.</summary>
    public async Task<bool> Add(string realm, Guid holder, string name, UserPasskeyInfo passkey, CancellationToken ct)
    {
        await using var command = store.Command("""
            insert into passkeys (id, realm, holder, name, public_key, sign_count, backup_eligible, backed_up, transports, created_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 where (select count(*) from passkeys where holder = $3) < $11 on conflict do nothing
            """, passkey.CredentialId, realm, holder, name, passkey.PublicKey, (long)passkey.SignCount, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.Transports ?? [], clock.GetUtcNow(), Most);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Keeps its counter and when it was used. False: it is gone, of another realm, or the counter was here already: two copies of it are about.</summary>
    public async Task<bool> Use(string realm, UserPasskeyInfo passkey, CancellationToken ct)
    {
        await using var command = store.Command("""
            update passkeys set sign_count = $3, backed_up = $4, used_at = $5 where id = $1 and realm = $2 and (sign_count < $3 or (sign_count = 0 and $3 = 0))
            """, passkey.CredentialId, realm, (long)passkey.SignCount, passkey.IsBackedUp, clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Only of these holders'. False: there is none of that number any more.</summary>
    public async Task<bool> Remove(string realm, Guid[] holders, string? number, CancellationToken ct)
    {
        if (number is null || !Base64Url.IsValid(number)) return false;
        await using var command = store.Command("delete from passkeys where id = $1 and holder = any($2) and realm = $3", Base64Url.DecodeFromChars(number), holders, realm);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>With the person, in the same commit.</summary>
    public static Task RemoveAll(Guid holder, DocumentSession session, CancellationToken ct) => session.Execute("delete from passkeys where holder = $1", ct, holder);

    public async Task<PasskeyHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.QueryFirst<Guid?>("select holder from passkeys where id = $1", cancellationToken, credentialId) is { } holder ? new(holder) : null;

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => First("id = $1 and holder = $2", cancellationToken, credentialId, user.Id);

    async Task<UserPasskeyInfo?> First(string where, CancellationToken ct, params object[] values)
    {
        await using var command = db.Command($"select {Columns} from passkeys where {where}", values);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row) : null;
    }

    // What was said when it was added is not kept: nothing is ever asked of it.
    static UserPasskeyInfo Read(NpgsqlDataReader row) => new(row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<DateTimeOffset>(2), (uint)row.GetInt64(3), row.GetFieldValue<string[]>(4),
        isUserVerified: true, isBackupEligible: row.GetBoolean(5), isBackedUp: row.GetBoolean(6), attestationObject: [], clientDataJson: []);

    // Which ones an authenticator must not make again is told by the feature, which knows all of a person's holders.
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>([]);

    public Task<string> GetUserIdAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("N"));
    public Task<PasskeyHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(Guid.TryParseExact(userId, "N", out var id) ? new PasskeyHolder(id) : null);

    // Identity's other business, which the features see to themselves.
    public Task<PasskeyHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<PasskeyHolder?>(null);
    public Task<string?> GetUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    public Task<string?> GetNormalizedUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    public Task SetUserNameAsync(PasskeyHolder user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(PasskeyHolder user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task AddOrUpdatePasskeyAsync(PasskeyHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task RemovePasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() { }
}
