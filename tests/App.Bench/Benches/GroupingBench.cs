using App.Bench.House;
using App.Bench.Load;

namespace App.Bench.Benches;

/// <summary>What sharing commits gains a buyer: complete paid orders a second over HTTP by the same clients, one unit to a transaction and grouped. Turn and turn about, so that a machine that tires tires both.</summary>
static class GroupingBench
{
    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("grouping", options, machine);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        var path = await office.Sell("days", kind);
        await office.StartSandbox();
        var (alone, grouped) = (new List<PhaseReport>(), new List<PhaseReport>());
        for (var turn = 0; turn < 2; turn++)
        {
            alone.Add(await Sell(office, options, path, kind, unitsPerCommit: 1));
            grouped.Add(await Sell(office, options, path, kind, unitsPerCommit: 512));
        }
        var (one, many) = (alone.Average(r => r.Rate), grouped.Average(r => r.Rate));
        Console.WriteLine($"one to a transaction {one:N0} orders/s, grouped {many:N0} orders/s");
        return new("grouping", many, "paid orders/s, grouped", machine)
        {
            Baseline = one, Ratio = many / one, Floor = 2, P50 = grouped[^1].P50, P99 = grouped[^1].P99, Errors = alone.Concat(grouped).Sum(r => r.Errors), Verify = await office.Verify(),
        };
    }

    static async Task<PhaseReport> Sell(BoxOffice office, BenchOptions options, string path, Kind kind, int unitsPerCommit)
    {
        await office.StartApp(more: [("Store__UnitsPerCommit", unitsPerCommit.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        await office.OnSale(path);
        var reports = await office.Generate(new("order", [path], kind.Field + "=2", options.WarmOrders, [new("peak", options.Seconds, options.Clients)]));
        await office.StopApp();
        return reports[0];
    }
}
