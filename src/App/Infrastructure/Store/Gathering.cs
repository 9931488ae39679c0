using System.Diagnostics;

namespace App.Infrastructure.Store;

/// <summary>
/// Lets a batch fill while many come: after a batch of three and more the next one waits until as many are there again, at most 8 ms. Meant to share the fixed
/// cost of a commit among more; its gain isn't shown yet (docs/performance.md). Who comes alone is not kept waiting.
/// </summary>
sealed class Gathering
{
    const int Many = 3;
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(8), Step = TimeSpan.FromMilliseconds(2);

    int last;

    public void Took(int count) => last = count;

    /// <param name="waiting">How many wait now.</param>
    public async Task Wait(Func<int> waiting)
    {
        if (last < Many) return;
        for (var began = Stopwatch.GetTimestamp(); waiting() < last && Stopwatch.GetElapsedTime(began) < Longest;) await Task.Delay(Step);
    }
}
