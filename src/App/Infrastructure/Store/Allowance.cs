using System.Security.Cryptography;
using System.Text;

namespace App.Infrastructure.Store;

/// <summary>Counts how often something was asked for within a while, for all replicas together. What is counted is kept as a keyed hash.</summary>
/// <param name="purpose">Names the key of the hash, so that purposes don't count each other's.</param>
public sealed class Allowance(EventStore store, Secrets secrets, TimeProvider clock, string purpose, TimeSpan window)
{
    /// <summary>Counted first, then answered: many at once are not more.</summary>
    public async Task<int> Hit(string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = store.Command("""
            with over as (delete from allowances where ends_at < $3 and key <> $1)
            insert into allowances as l (key, hits, ends_at) values ($1, 1, $2)
            on conflict (key) do update set hits = case when l.ends_at <= $3 then 1 else l.hits + 1 end, ends_at = case when l.ends_at <= $3 then $2 else l.ends_at end
            returning hits
            """, HMACSHA256.HashData(secrets.Get(purpose), Encoding.UTF8.GetBytes(what)), now + window, now);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
