using App.Infrastructure.Store;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace App.Features.Organizations;

/// <summary>Identity's members on our own table. Failures and lockout are not part of an update: they are counted where the row is, so that guesses side by side all count (<see cref="MemberManager"/>).</summary>
public sealed class MemberStore(EventStore store, TimeProvider clock) : IUserPasswordStore<Member>, IUserSecurityStampStore<Member>, IUserLockoutStore<Member>
{
    const string Columns = "id, email, normalized_email, name, password_hash, security_stamp, must_change_password, failures, locked_until";

    public async Task<IdentityResult> CreateAsync(Member user, CancellationToken cancellationToken)
    {
        await using var command = store.Command("""
            insert into organizations_members (id, email, normalized_email, name, password_hash, security_stamp, must_change_password, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (normalized_email) do nothing
            """, user.Id, user.Email, user.NormalizedEmail, user.Name, user.PasswordHash, user.SecurityStamp, user.MustChangePassword, clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Email));
    }

    public async Task<IdentityResult> UpdateAsync(Member user, CancellationToken cancellationToken)
    {
        await using var command = store.Command(
            "update organizations_members set email = $2, normalized_email = $3, name = $4, password_hash = $5, security_stamp = $6, must_change_password = $7 where id = $1",
            user.Id, user.Email, user.NormalizedEmail, user.Name, user.PasswordHash, user.SecurityStamp, user.MustChangePassword);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
    }

    public async Task<IdentityResult> DeleteAsync(Member user, CancellationToken cancellationToken)
    {
        await using var command = store.Command("with keys as (delete from passkeys where holder = $1) delete from organizations_members where id = $1", user.Id);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<Member?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id) ? await Find("id = $1", id, cancellationToken) : null;

    public Task<Member?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Find("normalized_email = $1", normalizedUserName, cancellationToken);

    async Task<Member?> Find(string where, object value, CancellationToken ct)
    {
        await using var command = store.Command($"select {Columns} from organizations_members where {where}", value);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row) : null;
    }

    static Member Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), Email = row.GetString(1), NormalizedEmail = row.GetString(2), Name = row.GetString(3), PasswordHash = row.GetString(4), SecurityStamp = row.GetString(5),
        MustChangePassword = row.GetBoolean(6), Failures = row.GetInt32(7), LockedUntil = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
    };

    /// <summary>One more failure; the last one allowed locks the account. In one statement, so that no two count as one.</summary>
    public async Task Fail(Member member, int most, DateTimeOffset lockedUntil, CancellationToken ct)
    {
        await using var command = store.Command("""
            update organizations_members set failures = (failures + 1) % $2, locked_until = case when failures + 1 >= $2 then $3 else locked_until end
            where id = $1 returning failures, locked_until
            """, member.Id, most, lockedUntil);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return;
        (member.Failures, member.LockedUntil) = (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    public async Task ResetAccessFailedCountAsync(Member user, CancellationToken cancellationToken)
    {
        user.Failures = 0;
        await using var command = store.Command("update organizations_members set failures = 0 where id = $1 and failures <> 0", user.Id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task SetLockoutEndDateAsync(Member user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd;
        await using var command = store.Command("update organizations_members set locked_until = $2 where id = $1", user.Id, lockoutEnd);
        command.Parameters[1].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<int> IncrementAccessFailedCountAsync(Member user, CancellationToken cancellationToken)
    {
        await Fail(user, int.MaxValue, clock.GetUtcNow(), cancellationToken);
        return user.Failures;
    }

    public Task<int> GetAccessFailedCountAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.Failures);
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);
    public Task<bool> GetLockoutEnabledAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task SetLockoutEnabledAsync(Member user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string> GetUserIdAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());
    public Task<string?> GetUserNameAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<string?> GetNormalizedUserNameAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);
    public Task<string?> GetPasswordHashAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.PasswordHash);
    public Task<string?> GetSecurityStampAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);
    public Task<bool> HasPasswordAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash.Length > 0);

    public Task SetUserNameAsync(Member user, string? userName, CancellationToken cancellationToken)
    {
        user.Email = userName ?? "";
        return Task.CompletedTask;
    }

    public Task SetNormalizedUserNameAsync(Member user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedEmail = normalizedName ?? "";
        return Task.CompletedTask;
    }

    public Task SetPasswordHashAsync(Member user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash ?? "";
        return Task.CompletedTask;
    }

    public Task SetSecurityStampAsync(Member user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public void Dispose() { }
}
