using System.Diagnostics;
using System.Text.Json.Serialization;
using App.Bench.House;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Bench.Benches;

public sealed record Tick(int Number);

public static class TickHandler
{
    static long handled;
    public static long Handled => Interlocked.Read(ref handled);

    public static Task Handle(Tick message, DocumentSession db)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(db);
        Interlocked.Increment(ref handled);
        return Task.CompletedTask;
    }
}

[JsonSerializable(typeof(Tick))]
sealed partial class TickJson : JsonSerializerContext;

/// <summary>
/// Messages a second through the workers, each completed in the transaction of its handler (which does nothing): those that wait in the table, claimed and completed, and those that are due as they are
/// committed, written, handed over in memory and completed.
/// </summary>
static class MessagesBench
{
    const int Waiting = 100_000, Publishers = 64, InAUnit = 10;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("messages", options, machine);
        await Enqueue(office.Db, Waiting);
        await using var services = Services(office.Connection);
        var hosted = services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().ToArray();

        var began = Stopwatch.GetTimestamp();
        foreach (var service in hosted) await service.StartAsync(CancellationToken.None);
        while (TickHandler.Handled < Waiting) await Task.Delay(10);
        var claimed = Waiting / Stopwatch.GetElapsedTime(began).TotalSeconds;

        var born = await Publish(services, TimeSpan.FromSeconds(options.Seconds));
        foreach (var service in hosted) await service.StopAsync(CancellationToken.None);
        await using var left = office.Db.CreateCommand("select count(*) from messages where type = 'tick'");
        var lost = (long)(await left.ExecuteScalarAsync())!;
        Console.WriteLine($"from the table {claimed:N0}/s, as they are committed {born:N0}/s; {lost} left over");
        return new("messages", claimed, "messages/s", machine) { Errors = lost, Verify = lost == 0 && await office.Verify(), More = new() { ["fromTheTable"] = claimed, ["asTheyAreCommitted"] = born } };
    }

    static async Task Enqueue(NpgsqlDataSource db, int count)
    {
        await using var command = db.CreateCommand("""
            insert into messages (id, lane, type, body, due, created)
            select gen_random_uuid(), 0, 'tick', jsonb_build_object('Number', n), now() - interval '1 minute', now() from generate_series(1, $1) n
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The store and its workers as the product composes them, with one message of our own.</summary>
    static ServiceProvider Services(string connection)
    {
        const string Pooled = ";No Reset On Close=true;Max Auto Prepare=100;Auto Prepare Min Usages=2";
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Messaging:Lanes"] = "work" }).Build())
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(TimeProvider.System)
            .AddKeyedSingleton("writes", (_, _) => NpgsqlDataSource.Create(connection + Pooled + ";Maximum Pool Size=8"))
            .AddKeyedSingleton("reads", (_, _) => NpgsqlDataSource.Create(connection + Pooled + ";Maximum Pool Size=40"))
            .AddEventStore(typeof(MessagesBench).Assembly)
            .AddMessage("tick", TickJson.Default.Tick)
            .BuildServiceProvider();
    }

    static async Task<double> Publish(ServiceProvider services, TimeSpan length)
    {
        var (store, handlers, sent, before, began) = (services.GetRequiredService<EventStore>(), services.GetRequiredService<HandlerRegistry>(), 0L, TickHandler.Handled, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                var session = new DocumentSession(store, handlers, Cause.System);
                for (var i = 0; i < InAUnit; i++) session.Outbox.Publish(new Tick(i));
                await session.SaveChangesAsync(services, CancellationToken.None);
                var all = Interlocked.Add(ref sent, InAUnit);
                // Publishers wait for the workers: what piles up would not be a rate.
                while (all - (TickHandler.Handled - before) > 2_000) { await Task.Delay(1); all = Interlocked.Read(ref sent); }
            }
        })));
        while (TickHandler.Handled - before < sent) await Task.Delay(5);
        return sent / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
