using System.Globalization;
using App.Bench.House;

namespace App.Bench.Benches;

/// <summary>Facts a second when the list of orders is drawn anew from a log of 100,000 orders.</summary>
static class RebuildBench
{
    const int Orders = 100_000;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("rebuild", options, machine);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        await office.Sell("days", kind);
        var filler = new Filler(office, "days", kind);
        await filler.Fill(Orders);
        var (facts, seconds) = await office.Rebuild("orders");
        var (ticketFacts, ticketSeconds) = await office.Rebuild("tickets");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"orders: {facts:N0} facts in {seconds:F1} s; tickets: {ticketFacts:N0} in {ticketSeconds:F1} s"));
        return new("rebuild", facts / seconds, "facts/s", machine) { Floor = 50_000, Verify = await office.Verify(filler.Ledger), More = new() { ["tickets"] = ticketFacts / ticketSeconds } };
    }
}
