using App.Bench.House;
using App.Bench.Load;

namespace App.Bench.Benches;

/// <summary>The same sale with 0, a tenth of and all of <c>--orders</c> in the database, on the same event: orders a second, the event page's p99, and the time from start to ready. With <c>--office</c> also how long somebody at the office or the door waits for a guest, and an operator for verify.</summary>
static class GrowthBench
{
    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("growth", options, machine);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        var path = await office.Sell("days", kind);
        var filler = new Filler(office, "days", kind);
        await office.StartSandbox();
        var steps = new List<Step>();
        foreach (var orders in new[] { 0, options.Orders / 10, options.Orders })
        {
            await filler.Fill(orders - filler.Filled);
            if (orders > 0) await office.CatchUp();
            var step = await Measure(office, options, path, kind, orders);
            steps.Add(options.Office ? step with { Office = await OfficeWork.Measure(office, "days", orders, filler.Ledger) } : step);
        }
        var (first, last) = (steps[0], steps[^1]);
        return new("growth", last.Sale.Rate, $"orders/s with {options.Orders:N0}", machine)
        {
            Baseline = first.Sale.Rate, Ratio = last.Sale.Rate / first.Sale.Rate, Floor = 0.9, P50 = last.Page.P50, P99 = last.Page.P99, Errors = steps.Sum(s => s.Sale.Errors + s.Page.Errors), Verify = await office.Verify(filler.Ledger),
            More = steps.SelectMany(s => new (string, double)[] { ("ordersPerSecond", s.Sale.Rate), ("cpuMs.product", s.Sale.Product), ("pageP99", s.Page.P99), ("startSeconds", s.Start), ("facts", s.Facts) }.Concat(s.Office).Select(f => ($"{f.Item1}@{s.Orders}", f.Item2))).ToDictionary(),
        };
    }

    sealed record Step(long Orders, PhaseReport Sale, PhaseReport Page, double Start, double Facts)
    {
        public (string, double)[] Office { get; init; } = [];
    }

    static async Task<Step> Measure(BoxOffice office, BenchOptions options, string path, Kind kind, long orders)
    {
        await using var count = office.Db.CreateCommand("select count(*) from events");
        var facts = (long)(await count.ExecuteScalarAsync())!;
        var start = (await office.StartApp()).TotalSeconds;
        Console.WriteLine($"-- {orders:N0} orders, {facts:N0} facts: ready {start:F2} s after its start");
        await office.OnSale(path);
        var sale = (await office.Generate(new("order", [path], kind.Field + "=2", options.WarmOrders, [new("orders", options.Seconds, options.Clients)])))[0];
        var page = (await office.Generate(new("get", [path], "", 1_000, [new("page", options.Seconds, Rate: 1_000)])))[0];
        await office.StopApp();
        return new(orders, sale, page, start, facts);
    }
}
