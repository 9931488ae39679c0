using System.Net;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>Section <c>Registration</c>.</summary>
public sealed record RegistrationOptions
{
    /// <summary>In a quarter of an hour, by one network address: a venue's guests share one.</summary>
    public int SignInsPerOrigin { get; init; } = 100;
}

/// <summary>
/// How often a link may be asked for (security.md S18): by the address named, known or not, and by where the request comes from. Two buckets that know nothing of each other, shared by all replicas; kept as keyed hashes.
/// </summary>
public sealed class SignInAllowance(EventStore store, Secrets secrets, RegistrationOptions options, TimeProvider clock)
{
    public const int PerAddress = 3;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>False: too often. Both are counted, whichever is full.</summary>
    public async Task<bool> Takes(string email, IPAddress? origin, CancellationToken ct)
    {
        var byOrigin = await Hit("origin:" + Origins.Network(origin), ct) <= options.SignInsPerOrigin;
        return await Hit("address:" + email, ct) <= PerAddress && byOrigin;
    }

    async Task<int> Hit(string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = store.Command("""
            with over as (delete from registration_limits where ends_at < $3 and key <> $1)
            insert into registration_limits as l (key, hits, ends_at) values ($1, 1, $2)
            on conflict (key) do update set hits = case when l.ends_at <= $3 then 1 else l.hits + 1 end, ends_at = case when l.ends_at <= $3 then $2 else l.ends_at end
            returning hits
            """, HMACSHA256.HashData(secrets.Get("attendee-sign-in"), Encoding.UTF8.GetBytes(what)), now + Window, now);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
