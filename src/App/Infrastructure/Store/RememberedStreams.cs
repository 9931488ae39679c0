using System.Collections.Concurrent;
using System.Diagnostics;

namespace App.Infrastructure.Store;

/// <summary>
/// States of streams this process has just written: up to 60,000, the older half forgotten at a time. A copy is safe to decide on, since the commit checks its
/// version; a refusal is not, so whoever says no reads again first. To be shown it must be young, since another process may have written meanwhile.
/// </summary>
sealed class RememberedStreams
{
    const int Half = 30_000;
    ConcurrentDictionary<Guid, (object State, int Version, long At)> young = new(), old = new();
    int added;

    /// <returns>Age: since it was known to be the newest.</returns>
    public (T State, int Version, TimeSpan Age)? Find<T>(Guid id) where T : class =>
        (young.TryGetValue(id, out var hit) || old.TryGetValue(id, out hit)) && hit.State is T state ? (state, hit.Version, Stopwatch.GetElapsedTime(hit.At)) : null;

    public void Keep(Guid id, object state, int version)
    {
        // Two commits may come back in another order than they were made.
        young.AddOrUpdate(id, static (_, now) => now, static (_, known, now) => known.Version > now.Version ? known : now, (State: state, Version: version, At: Stopwatch.GetTimestamp()));
        old.TryRemove(id, out _);
        // Counted here, not by Count, which takes every lock of the dictionary.
        if (Interlocked.Increment(ref added) % Half == 0) (old, young) = (young, new());
    }

    public void Drop(Guid id)
    {
        young.TryRemove(id, out _);
        old.TryRemove(id, out _);
    }
}
