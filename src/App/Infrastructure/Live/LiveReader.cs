using System.IO.Pipelines;

namespace App.Infrastructure.Live;

/// <summary>
/// One open stream. Costs a few hundred bytes: what it is sent are bytes that all readers share, and no timer is its own. A reader that doesn't take what it was sent gets nothing more until it has, and is let go of after
/// <see cref="Patience"/> beats; nothing is put by for it, since the newest state is all there is to know.
/// </summary>
/// <param name="who">Somebody to be counted, by a number that means nothing elsewhere; null: nobody.</param>
sealed class LiveReader(PipeWriter to, Action abort, ulong? who)
{
    internal const int Patience = 10, Quiet = 20;

    readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task pending = Task.CompletedTask;
    int version, ready, heard;
    bool closed;

    public ulong? Who => who;
    public Task Left => left.Task;
    public void Leave() => left.TrySetResult();

    /// <summary>Where it stands in its channel's list.</summary>
    internal int Place { get; set; }

    /// <summary>What is true now, at once; the next message comes with the beat after the next one, so that there is never more than one a second.</summary>
    internal void Begin(ReadOnlyMemory<byte> all, int atVersion, int beat)
    {
        (version, ready, heard) = (atVersion, beat + 2, beat);
        Write(all);
    }

    /// <param name="change">What leads from the version before to this one.</param>
    /// <param name="all">The whole state, for who is further behind.</param>
    internal void Beat(int beat, int newest, ReadOnlyMemory<byte> change, Func<ReadOnlyMemory<byte>> all, ReadOnlyMemory<byte> heartbeat)
    {
        if (!pending.IsCompleted) { if (beat - heard > Patience) abort(); return; }
        if (beat < ready) return;
        if (version != newest) Write(version == newest - 1 ? change : all());
        else if (beat - heard >= Quiet) Write(heartbeat);
        else return;
        (version, ready, heard) = (newest, beat + 1, beat);
    }

    void Write(ReadOnlyMemory<byte> bytes)
    {
        lock (left)
        {
            if (closed) return;
            var flush = to.WriteAsync(bytes, CancellationToken.None);
            if (flush.IsCompletedSuccessfully) _ = flush.Result;
            else pending = flush.AsTask().ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>The last word of a process that stops: come back in a while, not all at once.</summary>
    internal void End(ReadOnlyMemory<byte> farewell)
    {
        if (pending.IsCompleted) Write(farewell);
        Leave();
    }

    /// <summary>Nothing is written from here on: the connection is another request's.</summary>
    internal async Task Close()
    {
        lock (left) closed = true;
        await pending;
    }
}
