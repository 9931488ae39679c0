using System.Buffers.Binary;

namespace App.Features.Live;

/// <summary>
/// How many different people several processes see together, without telling each other who: the smallest of their hashed numbers (a k-minimum-values sketch). Exact up to <see cref="Size"/> people,
/// then within about three per cent; eight kilobytes at the most.
/// </summary>
public static class PeopleSketch
{
    public const int Size = 1024;

    /// <param name="people">Evenly distributed numbers, each once.</param>
    public static byte[] Of(ulong[] people)
    {
        Array.Sort(people);
        var sketch = new byte[Math.Min(people.Length, Size) * sizeof(ulong)];
        for (var i = 0; i < sketch.Length / sizeof(ulong); i++) BinaryPrimitives.WriteUInt64BigEndian(sketch.AsSpan(i * sizeof(ulong)), people[i]);
        return sketch;
    }

    /// <param name="atLeast">What one process alone counted.</param>
    public static long Count(IReadOnlyList<byte[]> sketches, long atLeast)
    {
        if (sketches.Count == 1) return atLeast;
        var smallest = new SortedSet<ulong>();
        foreach (var sketch in sketches)
            for (var i = 0; i + sizeof(ulong) <= sketch.Length; i += sizeof(ulong)) smallest.Add(BinaryPrimitives.ReadUInt64BigEndian(sketch.AsSpan(i)));
        if (smallest.Count < Size) return smallest.Count;
        // The k-th smallest of n evenly distributed numbers lies at about k/n of all numbers.
        var kth = smallest.ElementAt(Size - 1);
        return Math.Max(atLeast, (long)((Size - 1) / ((kth + 1.0) / ulong.MaxValue)));
    }
}
