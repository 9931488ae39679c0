using System.Net;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live.Feedback;

/// <summary>Section <c>Feedback</c>.</summary>
public sealed record FeedbackOptions
{
    /// <summary>Of devices about one session in an hour, by one network address.</summary>
    public int PerOrigin { get; init; } = 300;
}

/// <summary>
/// How often devices that nobody is signed in on may say something about one session in an hour, by network: a hall's guests share one, so it is many, and who is signed in is never counted. It keeps one machine from
/// outvoting a hall, not a crowd of them: that is why devices are counted apart. Shared by all replicas; kept as keyed hashes.
/// </summary>
public sealed class FeedbackAllowance(EventStore store, Secrets secrets, FeedbackOptions options, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>False: too often. It is counted all the same.</summary>
    public async Task<bool> Takes(Guid sessionId, IPAddress? origin, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = store.Command("""
            with over as (delete from live_feedback_limits where ends_at < $3 and key <> $1)
            insert into live_feedback_limits as l (key, hits, ends_at) values ($1, 1, $2)
            on conflict (key) do update set hits = case when l.ends_at <= $3 then 1 else l.hits + 1 end, ends_at = case when l.ends_at <= $3 then $2 else l.ends_at end
            returning hits
            """, HMACSHA256.HashData(secrets.Get("feedback"), Encoding.UTF8.GetBytes($"{sessionId:N}:{Origins.Network(origin)}")), now + Window, now);
        return (int)(await command.ExecuteScalarAsync(ct))! <= options.PerOrigin;
    }
}
