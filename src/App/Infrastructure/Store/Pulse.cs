using App.Infrastructure.Messaging;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// The one poll of an idle process: once a second, one query that says which lanes have something due, how far the log reaches and which hot streams a rival has moved on.
/// Everything this process commits itself is known without it.
/// </summary>
sealed class Pulse(EventStore store, MessageWorkers workers, IEnumerable<IHotStreams> hot, IEnumerable<ILogFollower> followers, ILogger<Pulse> log) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(900);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await Next(timer, stoppingToken))
        {
            try { await Beat(stoppingToken); }
            catch (OperationCanceledException) { }
            catch (Exception e) { log.LogWarning("The database did not answer the pulse: {Reason}", e.Message); }
        }
    }

    static async Task<bool> Next(PeriodicTimer timer, CancellationToken ct)
    {
        try { return await timer.WaitForNextTickAsync(ct); }
        catch (OperationCanceledException) { return false; }
    }

    internal async Task Beat(CancellationToken ct)
    {
        var now = store.Clock.GetUtcNow();
        var awake = hot.SelectMany(h => h.Awake.Select(s => (Streams: h, Stream: s))).ToArray();
        await using var command = store.Command("""
            select array(select lane from unnest($1) lane where exists (select from messages m where m.lane = lane.lane and m.due <= $2 and m.dead is null)),
                   (select (xid::text || '/' || seq) from events order by xid desc, seq desc limit 1),
                   array(select id from streams where id = any($3)), array(select version from streams where id = any($3))
            """, Lanes.All.ToArray(), now, awake.Select(a => a.Stream.Id).ToArray());
        var versions = new Dictionary<Guid, int>();
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            await row.ReadAsync(ct);
            foreach (var lane in row.GetFieldValue<short[]>(0)) workers.Wake(lane);
            if (!row.IsDBNull(1)) foreach (var follower in followers) follower.Grown(row.GetString(1));
            foreach (var (id, version) in row.GetFieldValue<Guid[]>(2).Zip(row.GetFieldValue<int[]>(3))) versions[id] = version;
        }
        foreach (var (streams, stream) in awake)
            if (versions.GetValueOrDefault(stream.Id) > stream.Version || streams.NeedsHousekeeping(stream, now)) stream.Wake();
    }
}

/// <summary>Told how far the log reaches, as (xid/seq).</summary>
public interface ILogFollower
{
    void Grown(string head);
}
