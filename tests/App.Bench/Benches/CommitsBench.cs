using System.Diagnostics;
using App.Bench.House;
using App.Bench.Load;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Bench.Benches;

/// <summary>Units of work a second into the store without HTTP: a new stream with one fact and one document each, by the same 512 writers, one unit to a transaction and grouped.</summary>
static class CommitsBench
{
    const int Writers = 512;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("commits", options, machine);
        var tpcb = await Pgbench.Prepare(office);
        var baseline = tpcb is null ? (double?)null : (await tpcb.Measure(options.Seconds)).PerSecond;
        (double Rate, Histogram Times) alone = (0, new()), grouped = (0, new());
        await office.With(async services =>
        {
            await Commit(services, unitsPerCommit: 512, TimeSpan.FromSeconds(Math.Min(5, options.Seconds))); // warm
            alone = await Commit(services, unitsPerCommit: 1, TimeSpan.FromSeconds(options.Seconds));
            grouped = await Commit(services, unitsPerCommit: 512, TimeSpan.FromSeconds(options.Seconds));
        });
        Console.WriteLine($"one to a transaction {alone.Rate:N0}/s, grouped {grouped.Rate:N0}/s (p50 {grouped.Times.Milliseconds(.5):F1}, p99 {grouped.Times.Milliseconds(.99):F1} ms)");
        return new("commits", grouped.Rate, "units/s, grouped", machine)
        {
            Baseline = alone.Rate, Ratio = grouped.Rate / alone.Rate, Floor = 5, P50 = grouped.Times.Milliseconds(.5), P99 = grouped.Times.Milliseconds(.99), Verify = await office.Verify(),
            More = new() { ["tpcb"] = baseline ?? 0, ["againstTpcb"] = grouped.Rate / baseline ?? 0 },
        };
    }

    static async Task<(double Rate, Histogram Times)> Commit(IServiceProvider services, int unitsPerCommit, TimeSpan length)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        await using var store = new EventStore(services.GetRequiredKeyedService<NpgsqlDataSource>("writes"), services.GetRequiredKeyedService<NpgsqlDataSource>("reads"),
            services.GetRequiredService<StoredTypes>(), clock, services.GetRequiredService<ILogger<EventStore>>(), unitsPerCommit: unitsPerCommit);
        var (handlers, times, done, began) = (services.GetRequiredService<HandlerRegistry>(), new Histogram(), 0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                var (from, now) = (Stopwatch.GetTimestamp(), clock.GetUtcNow());
                var (session, id) = (new DocumentSession(store, handlers, Cause.System), Ids.New(now));
                session.StartStream<Order>(id).Append([new OrderStarted(id, id, BoxOffice.OrganizationId, [], "EUR", now, now)]);
                session.Store(new OrderContact(id, "Ada Lovelace", "ada.lovelace@example.org"));
                await session.SaveChangesAsync(services, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(from));
                Interlocked.Increment(ref done);
            }
        })));
        return (done / Stopwatch.GetElapsedTime(began).TotalSeconds, times);
    }
}
