using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// Who waits for a stream to be written. A write of this process wakes them at once. Of writes by others one query every quarter of a second asks for all of them together, however many wait, and none while nobody
/// has waited for that long: thousands of waiting pages must not be what makes them wait.
/// </summary>
sealed class StreamWaits(EventStore store, ILogger log, CancellationToken stopping)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    readonly ConcurrentDictionary<Guid, StreamWait> waits = new();
    int watching;

    /// <summary>Completes with the stream's next write, or when somebody else who waited for it left. Asked for before looking at the stream, no write of this process is missed.</summary>
    public StreamWait For(Guid stream) => waits.GetOrAdd(stream, static _ => new());

    /// <summary>This process wrote; or somebody leaves, and wakes the others instead of counting them: they look again, and only then is nobody remembered who doesn't wait.</summary>
    public void Wake(Guid stream) => Wake(stream, byAnother: false);

    /// <summary>Makes sure that writes of others are looked for.</summary>
    /// <param name="seen">The version that was looked at.</param>
    public void Watch(StreamWait wait, int seen)
    {
        wait.See(seen);
        if (Interlocked.Exchange(ref watching, 1) == 0) _ = Task.Run(Watch, CancellationToken.None);
    }

    async Task Watch()
    {
        try
        {
            while (!waits.IsEmpty)
            {
                await Task.Delay(Every, stopping);
                try { await Look(); }
                catch (Exception e) when (e is NpgsqlException or TimeoutException) { log.LogWarning("The database did not say what others wrote: {Reason}", e.Message); }
            }
        }
        catch (OperationCanceledException) { return; }
        Volatile.Write(ref watching, 0);
        if (!waits.IsEmpty && Interlocked.Exchange(ref watching, 1) == 0) _ = Task.Run(Watch, CancellationToken.None);
    }

    async Task Look()
    {
        var old = waits.Where(w => Stopwatch.GetElapsedTime(w.Value.Since) >= Every).Select(w => w.Key).ToArray();
        if (old.Length == 0) return;
        await using var command = store.Command("select id, version from streams where id = any($1)", old);
        await using var rows = await command.ExecuteReaderAsync(stopping);
        while (await rows.ReadAsync(stopping))
            if (waits.TryGetValue(rows.GetGuid(0), out var wait) && wait.Seen < rows.GetInt32(1)) Wake(rows.GetGuid(0), byAnother: true);
    }

    void Wake(Guid stream, bool byAnother)
    {
        if (waits.TryRemove(stream, out var wait)) wait.End(byAnother);
    }
}

/// <summary>For the next write of one stream, shared by all who wait for it.</summary>
sealed class StreamWait
{
    readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int seen = int.MaxValue;

    /// <summary>True: another process wrote, so what this one remembers is old.</summary>
    public Task<bool> Ended => ended.Task;
    public long Since { get; } = Stopwatch.GetTimestamp();

    /// <summary>The oldest version that anybody who waits has looked at.</summary>
    public int Seen => Volatile.Read(ref seen);

    public void See(int version)
    {
        for (var known = Seen; version < known; known = Seen)
            if (Interlocked.CompareExchange(ref seen, version, known) == known) return;
    }

    public void End(bool byAnother) => ended.TrySetResult(byAnother);
}
