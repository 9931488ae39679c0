using System.Numerics;

namespace App.Bench.Load;

/// <summary>Log-linear histogram of microseconds, 64 steps to a power of two (an error of at most 1.6 %). Safe for many writers.</summary>
sealed class Histogram
{
    const int Steps = 64, StepBits = 6;
    readonly long[] counts = new long[Steps * 40];
    long count;

    public long Count => Interlocked.Read(ref count);

    public void Add(TimeSpan took)
    {
        Interlocked.Increment(ref counts[Index(Math.Max(1, (long)took.TotalMicroseconds))]);
        Interlocked.Increment(ref count);
    }

    /// <summary>Milliseconds below which that share of all values lies; 0 when there are none.</summary>
    public double Milliseconds(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var i = 0; left > 0 && i < counts.Length; i++)
            if ((left -= counts[i]) <= 0) return Value(i) / 1000.0;
        return 0;
    }

    static int Index(long value)
    {
        var power = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)value) - StepBits);
        return power * Steps + (int)(value >> power);
    }

    static long Value(int index)
    {
        var power = Math.Max(0, index / Steps - 1);
        return (long)(index - power * Steps) << power;
    }
}
