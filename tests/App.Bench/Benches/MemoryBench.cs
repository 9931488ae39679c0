using App.Bench.House;

namespace App.Bench.Benches;

/// <summary>What the app holds: idle after its start, and after the orders run.</summary>
static class MemoryBench
{
    const double MostIdle = 200, MostAfter = 500;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("memory", options, machine);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        var path = await office.Sell("days", kind);
        await office.StartSandbox();
        await office.StartApp();
        await office.OnSale(path);
        await Task.Delay(TimeSpan.FromSeconds(5)); // idle: what starting needed is given back or not
        var idle = ProcessTimes.ResidentMb(office.AppPid);
        var (peak, steady) = await OrdersBench.Sell(office, options, path, kind);
        var (after, most) = (ProcessTimes.ResidentMb(office.AppPid), ProcessTimes.MostResidentMb(office.AppPid));
        await office.StopApp();
        Console.WriteLine($"idle {idle:F0} MB (at most {MostIdle:F0}), after the orders run {after:F0} MB (at most {MostAfter:F0}), peak {most:F0} MB");
        return new("memory", after, "MB after the orders run", machine)
        {
            Floor = MostAfter, LessIsBetter = true, P50 = steady.P50, P99 = steady.P99, Errors = peak.Errors + steady.Errors, Verify = await office.Verify(),
            More = new() { ["idleMb"] = idle, ["afterMb"] = after, ["peakMb"] = most },
        };
    }
}
