using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace App.Tests.Support;

/// <summary>One "process" with the store and its workers on a database; start two on one database to have rivals.</summary>
public sealed class StoreHost : IAsyncDisposable
{
    readonly ServiceProvider services;
    readonly IHostedService[] hosted;

    StoreHost(ServiceProvider services, IHostedService[] hosted) => (this.services, this.hosted) = (services, hosted);

    public EventStore Store => services.GetRequiredService<EventStore>();
    public MessageBus Bus => services.GetRequiredService<MessageBus>();
    public QuerySession Db => services.GetRequiredService<QuerySession>();
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <param name="pulse">False: it looks at the table only when somebody says that there is something.</param>
    public static async Task<StoreHost> Start(string connection, TimeProvider? clock = null, bool workers = true, Action<IServiceCollection>? more = null, bool pulse = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Messaging:Lanes"] = workers ? "work,mail,jobs" : "none" }).Build();
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(clock ?? TimeProvider.System)
            .AddKeyedSingleton("writes", (_, _) => NpgsqlDataSource.Create(connection + ";No Reset On Close=true;Timeout=30;Max Auto Prepare=100;Auto Prepare Min Usages=2;Maximum Pool Size=8"))
            .AddKeyedSingleton("reads", (_, _) => NpgsqlDataSource.Create(connection + ";No Reset On Close=true;Timeout=30;Max Auto Prepare=100;Auto Prepare Min Usages=2;Maximum Pool Size=16"))
            .AddEventStore(typeof(StoreHost).Assembly)
            .AddCounter();
        more?.Invoke(collection);
        var provider = collection.BuildServiceProvider();
        var started = provider.GetServices<IHostedService>().Where(s => pulse || s is not Pulse).ToArray();
        foreach (var service in started) await service.StartAsync(CancellationToken.None);
        return new(provider, started);
    }

    /// <summary>Until nothing that is due waits and nobody is at work.</summary>
    public async Task HandleDueMessages()
    {
        var workers = services.GetRequiredService<MessageWorkers>();
        // Idle before and after: what a worker had in hand may, as its last act, have made something else due.
        await Eventually.Is(async () =>
        {
            foreach (var lane in Lanes.All) workers.Wake(lane);
            return workers.IsIdle && await NoneIsDue() && workers.IsIdle && await NoneIsDue() && workers.IsIdle;
        });
    }

    async Task<bool> NoneIsDue() => await Db.QueryFirst<long>("select count(*) from messages where dead is null and due <= $1", CancellationToken.None, Store.Clock.GetUtcNow()) == 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var service in hosted.Reverse()) await service.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        await services.DisposeAsync();
    }
}

public static class Eventually
{
    /// <summary>Waits for a condition, never for a time. Fails after a generous limit.</summary>
    public static async Task Is(Func<Task<bool>> condition, int seconds = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException("The condition did not come true.");
            await Task.Delay(10);
        }
    }
}
