namespace App.Infrastructure.Vendors;

/// <summary>After several failures in a row nobody is sent into the same wall for a while; then one goes ahead to see.</summary>
public sealed class CircuitBreaker(TimeProvider clock, int failures = 8, int seconds = 10)
{
    int failed;
    long openUntil;

    public bool IsOpen => Volatile.Read(ref openUntil) > clock.GetUtcNow().Ticks;

    /// <summary>True when the call may be made. While open, one caller a period is let through.</summary>
    public bool Enter()
    {
        var until = Volatile.Read(ref openUntil);
        if (until == 0) return true;
        var now = clock.GetUtcNow();
        return now.Ticks >= until && Interlocked.CompareExchange(ref openUntil, now.AddSeconds(seconds).Ticks, until) == until;
    }

    public void Succeeded()
    {
        Volatile.Write(ref failed, 0);
        Volatile.Write(ref openUntil, 0);
    }

    public void Failed()
    {
        if (Interlocked.Increment(ref failed) >= failures) Volatile.Write(ref openUntil, clock.GetUtcNow().AddSeconds(seconds).Ticks);
    }
}
