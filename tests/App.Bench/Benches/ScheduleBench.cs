using App.Bench.House;
using App.Bench.Load;
using App.Features.Demo;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Messaging;

namespace App.Bench.Benches;

/// <summary>The schedule page of a day of a real conference (442 sessions) and its session pages, each compressed as browsers take it, beside a bare Kestrel endpoint that answers as many bytes, in the same run.</summary>
static class ScheduleBench
{
    const double Floor = 0.6;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("schedule", options, machine);
        var path = await office.Sell("days", new Kind("Standard", 4_900, 10_000));
        ConferenceSchedule schedule = null!;
        await office.With(async services =>
        {
            await services.GetRequiredService<MessageBus>().InvokeAsync(new ImportSchedule(BoxOffice.EventId("days"), DemoProgramme.Read(0)), default);
            schedule = (await services.GetRequiredService<ScheduleCatalogue>().FindFresh(BoxOffice.EventId("days"), default))!;
        });
        await office.StartSandbox();
        await office.StartApp();
        await office.OnSale(path);
        var address = new ScheduleAddress(BoxOffice.Organization, "days");
        var fullest = schedule.Days.MaxBy(d => d.Entries.Length)!;
        var day = await PagesBench.Beside(office, options, "schedule", [address.Day(fullest)], encoding: "br");
        var session = await PagesBench.Beside(office, options, "session", [.. schedule.Sessions.Take(200).Select(address.Session)], encoding: "br");
        await office.StopApp();
        foreach (var (name, pair) in new[] { ("schedule", day), ("session", session) })
            Console.WriteLine($"{name,-10} {pair.Page.Rate,8:N0}/s, p99 {pair.Page.P99:F1} ms, against {pair.Bare.Rate,8:N0}/s bare, p99 {pair.Bare.P99:F1} ms: {pair.Ratio:F2} by rate, {pair.CpuRatio:F2} by CPU (floor {Floor:F1})");
        return new("schedule", day.Page.Rate, "schedule pages/s", machine)
        {
            Baseline = day.Bare.Rate, Ratio = day.Ratio, Floor = Floor, P50 = day.Page.P50, P99 = day.Page.P99, Verify = await office.Verify(), Errors = day.Page.Errors + session.Page.Errors,
            More = new()
            {
                ["schedule"] = day.Ratio, ["session"] = session.Ratio, ["schedule.cpu"] = day.CpuRatio, ["session.cpu"] = session.CpuRatio, ["session.rate"] = session.Page.Rate, ["session.p99"] = session.Page.P99,
                ["bare.p99"] = day.Bare.P99, ["session.bare.p99"] = session.Bare.P99,
            },
        };
    }
}
