using System.Collections.Concurrent;
using App.Infrastructure.Messaging;

namespace App.Infrastructure.Store;

interface IHotStreams
{
    IEnumerable<IHotStream> Awake { get; }
    bool NeedsHousekeeping(IHotStream stream, DateTimeOffset now);
}

/// <summary>The hot aggregates of one kind that this process has in memory: started when first asked for, followed by <see cref="Pulse"/>.</summary>
/// <param name="housekeeping">What time alone makes true (a hold that ended), written by whichever batch comes next.</param>
public sealed class HotStreams<T>(EventStore store, HandlerRegistry handlers, Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping, ILogger<HotStreams<T>> log) : IHotStreams, IAsyncDisposable
    where T : class, IEventSourced<T>
{
    readonly ConcurrentDictionary<Guid, Lazy<Task<HotStream<T>>>> streams = new();
    readonly CancellationTokenSource stopping = new();

    /// <summary>Reads the stream from its snapshot the first time; afterwards it is in memory.</summary>
    public ValueTask<HotStream<T>> Get(Guid id)
    {
        var starting = streams.GetOrAdd(id, key => new(() => HotStream<T>.Start(key, store, handlers, housekeeping, log, stopping.Token)));
        if (starting.Value.IsCompletedSuccessfully) return new(starting.Value);
        return new(Started(id, starting));
    }

    async Task<HotStream<T>> Started(Guid id, Lazy<Task<HotStream<T>>> starting)
    {
        try { return await starting.Value; }
        catch { streams.TryRemove(new(id, starting)); throw; } // a failed start must not be remembered
    }

    IEnumerable<IHotStream> IHotStreams.Awake => Started();

    bool IHotStreams.NeedsHousekeeping(IHotStream stream, DateTimeOffset now) => ((HotStream<T>)stream).HasHousekeeping(now);

    IEnumerable<HotStream<T>> Started()
    {
        foreach (var starting in streams.Values)
            if (starting.IsValueCreated && starting.Value.IsCompletedSuccessfully)
#pragma warning disable RS0030 // completed: nothing blocks
                yield return starting.Value.Result;
#pragma warning restore RS0030
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return; // registered under two services, disposed by each
        await stopping.CancelAsync();
        foreach (var stream in Started()) await stream.Running;
    }
}
