using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using App.Features.Live.Contracts;
using App.Infrastructure;
using App.Infrastructure.Live;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>
/// How many people look at a conference: people, not windows, over all processes. A browser draws a number for itself and sends it only if its owner lets it; what is kept is a hash of it with a key of the day, in memory and, so that
/// processes can be added up, in a row that is worth nothing after a quarter of a minute.
/// </summary>
public sealed class Presence(QuerySession db, Secrets secrets, TimeProvider clock) : ILivePeople
{
    static readonly TimeSpan Counts = TimeSpan.FromSeconds(15), Renewed = TimeSpan.FromSeconds(5);

    sealed record Told(int Version, byte[] Sketch, int People, DateTimeOffset At);
    sealed record Other(Guid EventId, int People, byte[] Sketch);

    readonly Guid replica = Ids.New(clock.GetUtcNow());
    readonly Lazy<byte[]> key = new(() => secrets.Get("live-people"));
    readonly Dictionary<Guid, Told> told = [];
    volatile IReadOnlyDictionary<Guid, long> counted = new Dictionary<Guid, long>();

    public long Of(Guid eventId) => counted.GetValueOrDefault(eventId);

    /// <summary>Null: not a number that our script draws, so nobody is counted.</summary>
    /// <param name="drawn">What a browser calls itself.</param>
    public ulong? Face(Guid eventId, string? drawn)
    {
        if (drawn is not { Length: >= 16 and <= 40 } || drawn.AsSpan().ContainsAnyExcept(Drawn)) return null;
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd}/{eventId:N}/{drawn}")), mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac);
    }

    static readonly System.Buffers.SearchValues<char> Drawn = System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    /// <summary>Tells the other processes who is here and hears of theirs, in one round trip.</summary>
    public async Task Exchange(IReadOnlyCollection<LiveChannel> channels, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var gone in told.Keys.Except(channels.Select(c => c.Id)).ToArray()) told.Remove(gone);
        var (mine, news) = (new Dictionary<Guid, Told>(), new List<(Guid Id, Told Told)>());
        foreach (var channel in channels)
        {
            var (version, people) = channel.People;
            var before = told.GetValueOrDefault(channel.Id);
            var standing = before?.Version == version ? before : new Told(version, PeopleSketch.Of(people), people.Length, DateTimeOffset.MinValue);
            mine[channel.Id] = standing;
            if (now - standing.At > Renewed || now < standing.At) news.Add((channel.Id, standing with { At = now }));
        }
        var others = await db.Query<Other>("""
            with told as (
                insert into live_presence (event_id, replica, people, sketch, seen_at) select e, $1, p, s, $5 from unnest($2::uuid[], $3::int[], $4::bytea[]) w(e, p, s)
                on conflict (event_id, replica) do update set people = excluded.people, sketch = excluded.sketch, seen_at = excluded.seen_at),
            gone as (delete from live_presence where event_id = any($6) and seen_at < $5 - interval '10 minutes')
            select event_id, people, sketch from live_presence where event_id = any($6) and replica <> $1 and seen_at > $7 and people > 0
            """, ct, replica, news.Select(n => n.Id).ToArray(), news.Select(n => n.Told.People).ToArray(), news.Select(n => n.Told.Sketch).ToArray(), now, mine.Keys.ToArray(), now - Counts);
        foreach (var (id, standing) in news) told[id] = standing;
        counted = mine.ToDictionary(m => m.Key, m => Together(m.Value, [.. others.Where(o => o.EventId == m.Key)]));
    }

    static long Together(Told mine, Other[] others) => PeopleSketch.Count([mine.Sketch, .. others.Select(o => o.Sketch)], Math.Max(mine.People, others.Length == 0 ? 0 : others.Max(o => o.People)));
}
