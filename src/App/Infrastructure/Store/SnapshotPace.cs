namespace App.Infrastructure.Store;

/// <summary>
/// When a stream's state is written down anew: after 5,000 facts, and after more when the state is big, so that what is read on from a snapshot costs about what the snapshot itself does and a
/// state of a hundred thousand holds isn't written several times a second.
/// </summary>
/// <param name="at">The version of the last one.</param>
sealed class SnapshotPace(int at)
{
    const int Fewest = 5_000, BytesOfFact = 200;

    int last = at, apart = Fewest;

    /// <summary>True: it is time, and this version counts as the last one.</summary>
    public bool IsDue(int version)
    {
        if (version - last < Volatile.Read(ref apart)) return false;
        last = version;
        return true;
    }

    /// <summary>How large the last one was.</summary>
    public void Took(int bytes) => Volatile.Write(ref apart, Math.Max(Fewest, bytes / BytesOfFact));
}
