using App.Bench.House;
using App.Bench.Load;

namespace App.Bench.Benches;

/// <summary>Holds a second on one quota; then 50,000 buyers for 10,000 numbered seats, where exactly 10,000 must get one and all others a clear no.</summary>
static class HoldsBench
{
    const int Seats = 10_000, Buyers = 50_000;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("holds", options, machine);
        var tpcb = await Pgbench.Prepare(office);
        var (plenty, hall) = (new Kind("Standard", 4_900, 50_000_000), new Kind("Stalls", 8_900, Seats, Seats));
        var (open, seated) = (await office.Sell("days", plenty), await office.Sell("concert", hall));
        await office.StartSandbox();
        var before = tpcb is null ? default : await tpcb.Measure(options.Seconds);
        await office.StartApp();
        await office.OnSale(open);
        await office.OnSale(seated);
        var holds = (await office.Generate(new("hold", [open], plenty.Field + "=2", options.WarmOrders * 4, [new("holds", options.Seconds, 128), new("80 %", options.Seconds, OfBest: 0.8)])));
        var after = tpcb is null ? default : await tpcb.Measure(options.Seconds);
        var rush = (await office.Generate(new("hold", [seated], hall.Field + "=1", 0, [new("seats", 0, 256, Units: Buyers)])))[0];
        await office.StopApp();

        var baseline = tpcb is null ? (double?)null : (before.PerSecond + after.PerSecond) / 2;
        var exact = rush.Done == Seats && rush.Done + rush.Refused == Buyers;
        Console.WriteLine($"{rush.Done:N0} of {Seats:N0} seats held, {rush.Refused:N0} of {Buyers:N0} buyers refused in {rush.Seconds:F1} s: {(exact ? "exact" : "NOT exact")}");
        return new("holds", holds[0].Rate, "holds/s", machine)
        {
            Baseline = baseline, Ratio = holds[0].Rate / baseline, Floor = 2, Goal = 5, P50 = holds[1].P50, P99 = holds[1].P99, Errors = holds.Sum(h => h.Errors) + rush.Errors, Verify = await office.Verify() && exact,
            More = new(holds[0].Cpu.ToDictionary(c => "cpuMs." + c.Key, c => c.Value)) { ["seatsHeld"] = rush.Done, ["seatsRefused"] = rush.Refused, ["seatBuyersPerSecond"] = rush.Rate + rush.RefusedRate, ["seatsP99"] = rush.P99 },
        };
    }
}
