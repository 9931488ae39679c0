using System.Text.Json.Serialization;
using App.Infrastructure.Messaging;

namespace App.Tests.Support;

public sealed record PassGate;

/// <summary>A job that goes on until somebody lets it go, and counts how many are at it.</summary>
public sealed class Gate
{
    readonly SemaphoreSlim open = new(0);
    int inside, begun, most;

    public int Inside => Volatile.Read(ref inside);
    public int Begun => Volatile.Read(ref begun);
    public int Most => Volatile.Read(ref most);
    public void Open(int runs) => open.Release(runs);

    public async Task Pass(CancellationToken ct)
    {
        Interlocked.Increment(ref begun);
        most = Math.Max(most, Interlocked.Increment(ref inside));
        try { await open.WaitAsync(ct); }
        finally { Interlocked.Decrement(ref inside); }
    }
}

[Lane(Lanes.Jobs)]
public static class PassGateHandler
{
    public static Task Handle(PassGate _, Gate gate, CancellationToken ct) => gate.Pass(ct);
}

[JsonSerializable(typeof(PassGate))]
public sealed partial class GateJson : JsonSerializerContext;
