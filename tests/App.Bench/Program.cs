using System.Globalization;
using App.Bench.Benches;
using App.Bench.House;
using App.Bench.Load;

namespace App.Bench;

/// <summary>
/// <c>bin/bench [name …] [--seconds N]</c>: figures beside a baseline of the same run, each ended by <c>foyer verify</c>; a run that breaks an invariant counts as zero. Exit code 1: an invariant was broken or a run didn't come to an end; 3: a floor was missed. The words <c>load</c> and
/// <c>bare</c> are the other processes a bench needs.
/// </summary>
public static class Program
{
    static readonly Dictionary<string, Func<BenchOptions, Machine, Task<Result>>> Benches = new(StringComparer.Ordinal)
    {
        ["orders"] = OrdersBench.Run, ["holds"] = HoldsBench.Run, ["commits"] = CommitsBench.Run, ["grouping"] = GroupingBench.Run, ["pages"] = PagesBench.Run, ["schedule"] = ScheduleBench.Run,
        ["messages"] = MessagesBench.Run, ["memory"] = MemoryBench.Run, ["rebuild"] = RebuildBench.Run, ["growth"] = GrowthBench.Run, ["live"] = LiveBench.Run, ["personal"] = PersonalBench.Run,
        ["signin"] = SignInBench.Run,
    };

    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["load", var order]) return await Generator.Run(order);
        if (args is ["bare", var bytes, var port]) return await BareServer.Run(int.Parse(bytes, CultureInfo.InvariantCulture), int.Parse(port, CultureInfo.InvariantCulture));
        if (BenchOptions.Parse(args, Benches.Keys) is not { } options) return 2;

        using var alone = BoxOffice.Alone();
        if (alone is null) { await Console.Error.WriteLineAsync("Another bench runs on this machine: neither would measure anything."); return 2; }
        var results = new List<Result>();
        foreach (var name in options.Names)
        {
            Console.WriteLine($"== {name}");
            results.Add(await Run(name, options));
            Console.WriteLine();
        }
        if (results.Count > 1) Result.WriteTable(results);
        foreach (var result in results) Console.WriteLine(result.ToJson());
        foreach (var result in results.Where(r => r.Holds is false)) Console.WriteLine($"{result.Bench} is below floor: {result.Ratio ?? result.Value:N2}, the {(result.LessIsBetter ? "most" : "least")} is {result.Floor:N2}");
        return !results.TrueForAll(r => r.Verify) ? 1 : results.Exists(r => r.Holds is false) ? 3 : 0;
    }

    static async Task<Result> Run(string name, BenchOptions options)
    {
        var machine = Machine.Look(options.Jit);
        try { return (await Benches[name](options, machine)).OrZero(); }
        catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"{name} did not come to an end: {e}");
            return new Result(name, 0, "", machine) { Verify = false, Errors = 1 };
        }
    }
}
