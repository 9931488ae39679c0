using System.Collections.Concurrent;

namespace App.Infrastructure.Store;

/// <summary>
/// States of streams this process has just written: up to 60,000, the older half forgotten at a time. A copy is safe to decide on, since the commit checks its
/// version; a refusal is not, so whoever says no reads again first.
/// </summary>
sealed class RememberedStreams
{
    const int Half = 30_000;
    ConcurrentDictionary<Guid, (object State, int Version)> young = new(), old = new();
    int added;

    public (T State, int Version)? Find<T>(Guid id) where T : class =>
        (young.TryGetValue(id, out var hit) || old.TryGetValue(id, out hit)) && hit.State is T state ? (state, hit.Version) : null;

    public void Keep(Guid id, object state, int version)
    {
        young[id] = (state, version);
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
