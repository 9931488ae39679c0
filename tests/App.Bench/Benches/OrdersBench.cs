using App.Bench.House;
using App.Bench.Load;

namespace App.Bench.Benches;

/// <summary>Complete paid orders a second on one event with one quota: closed loop for the peak, then an open loop at 80 % of it for the times. Beside TPC-B before and after, on the same server.</summary>
static class OrdersBench
{
    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("orders", options, machine);
        var tpcb = await Pgbench.Prepare(office);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        var path = await office.Sell("days", kind);
        await office.StartSandbox();
        var before = tpcb is null ? default : await tpcb.Measure(options.Seconds);
        await office.StartApp();
        await office.OnSale(path);
        var (peak, steady) = await Sell(office, options, path, kind);
        var after = tpcb is null ? default : await tpcb.Measure(options.Seconds);
        await office.StopApp();

        var baseline = tpcb is null ? (double?)null : (before.PerSecond + after.PerSecond) / 2;
        Console.WriteLine($"app + postgres {peak.Product:F2} ms CPU an order; one TPC-B transaction costs postgres {(before.CpuMs + after.CpuMs) / 2:F2} ms");
        return new("orders", peak.Rate, "paid orders/s", machine)
        {
            Baseline = baseline, Ratio = peak.Rate / baseline, Floor = 0.3, Goal = 0.6, P50 = steady.P50, P99 = steady.P99, Errors = peak.Errors + steady.Errors, Verify = await office.Verify(),
            More = new(peak.Cpu.ToDictionary(c => "cpuMs." + c.Key, c => c.Value)) { ["cpuMs.product"] = peak.Product, ["tpcbCpuMs"] = (before.CpuMs + after.CpuMs) / 2, ["steadyRate"] = steady.Rate },
        };
    }

    public static async Task<(PhaseReport Peak, PhaseReport Steady)> Sell(BoxOffice office, BenchOptions options, string path, Kind kind)
    {
        var reports = await office.Generate(new("order", [path], kind.Field + "=2", options.WarmOrders, [new("peak", options.Seconds, options.Clients), new("80 %", options.Seconds, OfBest: 0.8)]));
        return (reports[0], reports[1]);
    }
}
