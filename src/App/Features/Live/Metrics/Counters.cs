using App.Infrastructure.Store;

namespace App.Features.Live.Metrics;

/// <summary>
/// Counts by the hour, in memory, written once a second at the most and never on a request's path. A process that is killed loses its last second: these are no sales. So many different things in a second as nobody does are not counted,
/// so nothing that comes from outside can fill memory or table.
/// </summary>
public sealed class Counters(EventStore store, TimeProvider clock, ILogger<Counters> log) : BackgroundService
{
    const int Most = 5_000;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A number at its highest, not added up.</summary>
    internal const string MostPeople = "people/most";

    readonly Lock gate = new();
    readonly Dictionary<Guid, (DateTimeOffset Hour, long People)> highest = [];
    Dictionary<(Guid Event, DateTimeOffset Hour, string Name, string Subject), long> counts = [];

    public void Count(Guid eventId, string name, string subject = "")
    {
        var key = (eventId, Hour(), name, subject);
        lock (gate)
        {
            if (counts.TryGetValue(key, out var n)) counts[key] = n + 1;
            else if (counts.Count < Most) counts[key] = 1;
        }
    }

    /// <summary>So many people look now: the most of each hour is kept.</summary>
    public void Peak(Guid eventId, long people)
    {
        var hour = Hour();
        lock (gate)
        {
            if (people == 0 || (highest.TryGetValue(eventId, out var known) && known.Hour == hour && known.People >= people)) return;
            highest[eventId] = (hour, people);
            counts[(eventId, hour, MostPeople, "")] = people;
        }
    }

    DateTimeOffset Hour() => clock.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)) : default;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try { while (await timer.WaitForNextTickAsync(stoppingToken)) await Write(); }
        catch (OperationCanceledException) { await Write(); }
    }

    /// <summary>What a failed write held is lost, not written twice.</summary>
    internal async Task Write()
    {
        Dictionary<(Guid Event, DateTimeOffset Hour, string Name, string Subject), long> taken;
        lock (gate)
        {
            if (counts.Count == 0) return;
            (taken, counts) = (counts, []);
        }
        // In one order, so that two replicas never wait for each other.
        var rows = taken.OrderBy(t => t.Key).ToArray();
        try
        {
            await using var command = store.Command("""
                insert into live_counts as c (event_id, hour, name, subject, count) select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[])
                on conflict (event_id, hour, name, subject) do update set count = case c.name when 'people/most' then greatest(c.count, excluded.count) else c.count + excluded.count end
                """, rows.Select(r => r.Key.Event).ToArray(), rows.Select(r => r.Key.Hour.UtcDateTime).ToArray(), rows.Select(r => r.Key.Name).ToArray(), rows.Select(r => r.Key.Subject).ToArray(), rows.Select(r => r.Value).ToArray());
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException) { log.LogWarning("{Rows} counts could not be written: {Reason}", rows.Length, e.Message); }
    }
}
