using System.Reflection;
using App.Infrastructure.Messaging;

namespace App.Infrastructure.Store;

public static class StoreSetup
{
    /// <summary>The event store, its sessions and its messages. Needs data sources keyed <c>writes</c> and <c>reads</c>, and a TimeProvider.</summary>
    public static IServiceCollection AddEventStore(this IServiceCollection services, Assembly handlers)
    {
        services.AddSingleton<StoredTypes>();
        services.AddSingleton(new HandlerRegistry(handlers));
        services.AddSingleton(s => new EventStore(
            s.GetRequiredKeyedService<Npgsql.NpgsqlDataSource>("writes"), s.GetRequiredKeyedService<Npgsql.NpgsqlDataSource>("reads"),
            s.GetRequiredService<StoredTypes>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventStore>>(),
            unitsPerCommit: s.GetRequiredService<IConfiguration>().GetValue("Store:UnitsPerCommit", 512))); // 1 only to measure what sharing gains
        services.AddSingleton(s => new RecurringJobs(s.GetServices<RecurringJob>(), new Lazy<EventStore>(s.GetRequiredService<EventStore>)));
        services.AddSingleton<MessageWorkers>().AddHostedService(s => s.GetRequiredService<MessageWorkers>());
        services.AddSingleton<Pulse>().AddHostedService(s => s.GetRequiredService<Pulse>());
        services.AddSingleton<Projections>().AddHostedService(s => s.GetRequiredService<Projections>());
        services.AddSingleton<ILogFollower>(s => s.GetRequiredService<Projections>());
        services.AddSingleton<MessageBus>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<QuerySession>().AddSingleton<Secrets>();
        return services;
    }

    /// <summary>A much-wanted kind of stream, decided in memory.</summary>
    public static IServiceCollection AddHotStream<T>(this IServiceCollection services, Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping) where T : class, IEventSourced<T>
    {
        services.AddSingleton(s => new HotStreams<T>(s.GetRequiredService<EventStore>(), s.GetRequiredService<HandlerRegistry>(), housekeeping, s.GetRequiredService<ILogger<HotStreams<T>>>()));
        return services.AddSingleton<IHotStreams>(s => s.GetRequiredService<HotStreams<T>>());
    }

    public static IServiceCollection AddRecurringJob(this IServiceCollection services, string name, TimeSpan every, object message) =>
        services.AddSingleton(new RecurringJob(name, every, message));

    public static IServiceCollection AddProjection<T>(this IServiceCollection services) where T : class, IProjection =>
        services.AddSingleton<IProjection, T>();
}
