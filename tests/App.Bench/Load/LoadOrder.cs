namespace App.Bench.Load;

/// <summary>What a generator is to do, handed over in a file.</summary>
/// <param name="What">A journey's name: <c>order</c>, <c>hold</c> or <c>get</c>.</param>
/// <param name="Paths">The event's page; for <c>get</c> all that are asked for, in turn.</param>
/// <param name="Form">What is chosen on the event's page.</param>
/// <param name="Warm">So many units are done, by as many buyers as the first phase has, before the first phase.</param>
public sealed record LoadOrder(string What, string[] Paths, string Form, int Warm, Phase[] Phases)
{
    public int Port { get; init; }
    public int SandboxPort { get; init; }
    /// <summary>Of a <c>get</c>, each with its line end.</summary>
    public string Headers { get; init; } = "";

    /// <summary>Of a <c>get</c>: further ones of each path, in their order; empty: none.</summary>
    public string[] HeadersOf { get; init; } = [];
    public string Promises { get; init; } = "";
    public string Answer { get; init; } = "";

    /// <summary>Processes whose time is counted, by name.</summary>
    public Dictionary<string, int> Watch { get; init; } = [];
}

/// <summary>Closed loop: so many buyers, each beginning when it has ended. Open loop: so many begin a second whatever becomes of them, and their time counts from when they should have begun.</summary>
/// <param name="Rate">Open loop: units a second. 0: closed.</param>
/// <param name="OfBest">Open loop: this share of what the best phase before did.</param>
/// <param name="Units">Ends after so many attempts instead of by time.</param>
public sealed record Phase(string Name, int Seconds, int Clients = 64, double Rate = 0, double OfBest = 0, int Units = 0);

/// <param name="Refused">A business "no" (sold out).</param>
/// <param name="Cpu">Milliseconds of processor time for one unit done, by process.</param>
/// <param name="Laps">Milliseconds of each step: p50, p99.</param>
public sealed record PhaseReport(string Name, double Seconds, long Done, long Refused, long Errors, string[] Faults, double P50, double P90, double P99, double Max, Dictionary<string, double> Cpu, Dictionary<string, double[]> Laps, double Busy, double Waiting, double Stolen)
{
    public double Rate => Done / Seconds;
    public double RefusedRate => Refused / Seconds;
    public double CpuOf(string process) => Cpu.GetValueOrDefault(process);

    /// <summary>The product's own share: what it costs to run it.</summary>
    public double Product => CpuOf("app") + CpuOf("postgres");

    public void Write()
    {
        Console.WriteLine($"{Name,-10} {Rate,8:N0}/s   p50 {P50:F1}  p90 {P90:F1}  p99 {P99:F1}  max {Max:F0} ms   refused {Refused:N0}  errors {Errors}");
        if (Laps.Count > 1) Console.WriteLine("           " + string.Join("  ", Laps.Select(l => $"{l.Key} {l.Value[0]:F1}/{l.Value[1]:F1}")) + "  (p50/p99 ms)");
        Console.WriteLine("           CPU ms each: " + string.Join("  ", Cpu.Select(c => $"{c.Key} {c.Value:F3}")) + $"   machine: {Busy:F2} cores busy, {Waiting:F2} waiting for the disk, {Stolen:F2} stolen");
        foreach (var fault in Faults) Console.WriteLine($"           ! {fault}");
    }
}
