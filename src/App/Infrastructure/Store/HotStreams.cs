using System.Collections.Concurrent;
using App.Infrastructure.Messaging;

namespace App.Infrastructure.Store;

interface IHotStreams
{
    IEnumerable<IHotStream> Awake { get; }
    bool NeedsHousekeeping(IHotStream stream, DateTimeOffset now);
}

/// <summary>
/// The hot aggregates of one kind that this process has in memory: started when first asked for, followed by <see cref="Pulse"/>. What this process has written, by whatever way, is in what <see cref="Get"/> answers; what another wrote within about a second.
/// </summary>
/// <param name="housekeeping">What time alone makes true (a hold that ended), written by whichever batch comes next.</param>
public sealed class HotStreams<T>(EventStore store, HandlerRegistry handlers, Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping, ILogger<HotStreams<T>> log) : IHotStreams, IAsyncDisposable
    where T : class, IEventSourced<T>
{
    const int MaxLooks = 3;
    static readonly string Kind = typeof(T).Name.ToLowerInvariant();

    readonly ConcurrentDictionary<Guid, Known> streams = new();
    readonly CancellationTokenSource stopping = new();
    int listening;

    /// <param name="starting">Once, when first asked for.</param>
    sealed class Known(Lazy<Task<HotStream<T>>> starting)
    {
        int written;

        public Lazy<Task<HotStream<T>>> Starting => starting;

        /// <summary>The version that others of this process have brought it to; what it decided itself it knows.</summary>
        public int Written => Volatile.Read(ref written);

        public void Wrote(int version)
        {
            for (var known = Written; known < version; known = Written)
                if (Interlocked.CompareExchange(ref written, version, known) == known) return;
        }
    }

    /// <summary>Reads the stream from its snapshot the first time; afterwards it is in memory.</summary>
    public ValueTask<HotStream<T>> Get(Guid id)
    {
        var known = streams.GetOrAdd(id, Begin);
        return known.Starting.Value is { IsCompletedSuccessfully: true } started && Ready(started, known) ? new(started) : new(Started(id, known));
    }

    Known Begin(Guid id)
    {
        // Before it is read for the first time, so that no write falls between.
        if (Interlocked.Exchange(ref listening, 1) == 0) store.Committed += Hear;
        return new(new(() => HotStream<T>.Start(id, store, handlers, housekeeping, log, stopping.Token)));
    }

#pragma warning disable RS0030 // completed: nothing blocks
    static bool Ready(Task<HotStream<T>> started, Known known) => started.Result.Version >= known.Written;
#pragma warning restore RS0030

    async Task<HotStream<T>> Started(Guid id, Known known)
    {
        HotStream<T> stream;
        try { stream = await known.Starting.Value; }
        catch { streams.TryRemove(new(id, known)); throw; } // a failed start must not be remembered
        for (var looks = 0; stream.Version < known.Written && looks < MaxLooks; looks++) await stream.Look();
        return stream;
    }

    void Hear(UnitOfWork unit)
    {
        foreach (var append in unit.Appends)
            if (append.Type == Kind && append.Stream != unit.Hot && streams.TryGetValue(append.Stream, out var known)) known.Wrote(append.Expected + append.Count);
    }

    IEnumerable<IHotStream> IHotStreams.Awake => Started();

    bool IHotStreams.NeedsHousekeeping(IHotStream stream, DateTimeOffset now) => ((HotStream<T>)stream).HasHousekeeping(now);

    IEnumerable<HotStream<T>> Started()
    {
        foreach (var known in streams.Values)
            if (known.Starting is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
#pragma warning disable RS0030 // completed: nothing blocks
                yield return known.Starting.Value.Result;
#pragma warning restore RS0030
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return; // registered under two services, disposed by each
        await stopping.CancelAsync();
        store.Committed -= Hear;
        foreach (var stream in Started()) await stream.Running;
    }
}
