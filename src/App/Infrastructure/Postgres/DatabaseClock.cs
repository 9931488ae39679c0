using System.Diagnostics;
using Npgsql;

namespace App.Infrastructure.Postgres;

/// <summary>
/// The database's clock, so that all replicas compare times of one clock and a machine whose own is wrong ends no hold early. The difference is measured at start and every minute (the quickest of
/// five looks, half its round trip taken off); between looks the machine's monotonic clock carries on.
/// </summary>
public sealed class DatabaseClock : TimeProvider
{
    readonly TimeProvider machine = System;
    volatile Look known; // one reference, so that no reader sees half of a new look

    public DatabaseClock() => known = new(machine.GetUtcNow(), Stopwatch.GetTimestamp());

    sealed record Look(DateTimeOffset At, long Ticks);

    public override DateTimeOffset GetUtcNow()
    {
        var look = known;
        return look.At + Stopwatch.GetElapsedTime(look.Ticks);
    }

    public async Task Measure(NpgsqlDataSource db, CancellationToken ct)
    {
        var best = TimeSpan.MaxValue;
        var found = known;
        for (var i = 0; i < 5; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            await using var command = db.CreateCommand("select clock_timestamp()");
            var told = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!);
            var trip = Stopwatch.GetElapsedTime(asked);
            if (trip >= best) continue;
            best = trip;
            found = new(told + trip / 2, Stopwatch.GetTimestamp());
        }
        known = found;
    }
}

/// <summary>Keeps the clock true while the application runs.</summary>
sealed class ClockKeeper(DatabaseClock clock, [FromKeyedServices("reads")] NpgsqlDataSource db, ILogger<ClockKeeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await timer.WaitForNextTickAsync(stoppingToken); await clock.Measure(db, stoppingToken); }
            catch (OperationCanceledException) { }
            catch (Exception e) { log.LogWarning("The database's clock could not be read: {Reason}", e.Message); }
        }
    }
}
