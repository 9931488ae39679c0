using App.Bench.House;
using App.Bench.Load;

namespace App.Bench.Benches;

/// <summary>
/// Pages beside a bare Kestrel endpoint that answers as many bytes, each pair in turn: the event page as it stands in memory, the event page while what is left of it changes (nearly sold out, holds going on,
/// so it is rendered again and again), the checkout page, which is each buyer's own. The event page as it is rendered for a single request (a choice in its address) is printed beside them.
/// </summary>
static class PagesBench
{
    const int Clients = 32, Kinds = 12, PlacesOfEach = 10;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("pages", options, machine);
        var kind = new Kind("Standard", 4_900, 50_000_000);
        var scarce = Enumerable.Range(1, Kinds).Select(i => new Kind($"Workshop {i}", 2_900, PlacesOfEach)).ToArray();
        var (path, live) = (await office.Sell("days", kind), await office.Sell("workshops", scarce));
        await office.StartSandbox();
        await office.StartApp();
        await office.OnSale(path);
        await office.OnSale(live);
        var checkouts = await Hold(office, path, kind, 64);

        var cached = await Beside(office, options, "cached", [path]);
        var changing = await Beside(office, options, "live", [live], Holds(office, options, live, scarce));
        var checkout = await Beside(office, options, "checkout", checkouts);
        var rendered = await Beside(office, options, "rendered", [$"{path}?{kind.Field}=1"]);
        await office.StopApp();
        (string Name, Pair Pair, double Floor)[] all = [("cached", cached, 0.7), ("live", changing, 0.4), ("checkout", checkout, 0.3)];
        foreach (var (name, pair, floor) in all) Console.WriteLine($"{name,-10} {pair.Page.Rate,8:N0}/s against {pair.Bare.Rate,8:N0}/s bare: {pair.Ratio:F2} by rate, {pair.CpuRatio:F2} by CPU (floor {floor:F1})");
        Console.WriteLine($"{"rendered",-10} {rendered.Page.Rate,8:N0}/s against {rendered.Bare.Rate,8:N0}/s bare: {rendered.Ratio:F2} by rate, {rendered.CpuRatio:F2} by CPU (each request by itself)");
        return new("pages", cached.Page.Rate, "event pages/s", machine)
        {
            Baseline = cached.Bare.Rate, Ratio = cached.Ratio, Floor = 0.7, P50 = cached.Page.P50, P99 = cached.Page.P99, Verify = await office.Verify(),
            Errors = cached.Page.Errors + changing.Page.Errors + checkout.Page.Errors + rendered.Page.Errors,
            More = new()
            {
                ["cached"] = cached.Ratio, ["live"] = changing.Ratio, ["checkout"] = checkout.Ratio, ["rendered"] = rendered.Ratio, ["cached.cpu"] = cached.CpuRatio, ["live.cpu"] = changing.CpuRatio, ["checkout.cpu"] = checkout.CpuRatio,
                ["rendered.cpu"] = rendered.CpuRatio, ["cpuMs.cached"] = cached.Page.CpuOf("app"), ["cpuMs.live"] = changing.Page.CpuOf("app"), ["cpuMs.checkout"] = checkout.Page.CpuOf("app"), ["cpuMs.bare"] = cached.Bare.CpuOf("bare"),
            },
        };
    }

    internal sealed record Pair(PhaseReport Page, PhaseReport Bare)
    {
        public double Ratio => Page.Rate / Bare.Rate;

        /// <summary>Processor time of the bare server over the app's (its database's share included): steadier than rates on a shared machine.</summary>
        public double CpuRatio => Bare.CpuOf("bare") / Page.Product;
    }

    /// <param name="encoding">As browsers ask; empty: as it is.</param>
    /// <param name="each">Headers of each path's request, with their line ends; null: none.</param>
    /// <param name="meanwhile">What goes on while the page is asked for; runs for its counted phase.</param>
    internal static async Task<Pair> Beside(BoxOffice office, BenchOptions options, string name, string[] paths, Func<Task>? meanwhile = null, string encoding = "", string[]? each = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        if (encoding.Length > 0) http.DefaultRequestHeaders.Add("Accept-Encoding", encoding);
        if (each is [var first, ..]) http.DefaultRequestHeaders.TryAddWithoutValidation(first.Split(':')[0], first.Split(':', 2)[1].Trim());
        var bytes = (await http.GetByteArrayAsync(new Uri($"http://127.0.0.1:{office.AppPort}{paths[0]}"))).Length;
        var port = Child.FreePort();
        await using var bare = Child.Start(typeof(PagesBench).Assembly.Location, ["bare", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture), port.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            Path.Combine(office.Folder, "bare.log"), options.Jit);
        await bare.Answers(new($"http://127.0.0.1:{port}/"), TimeSpan.FromSeconds(30));
        Console.WriteLine($"-- {name}: {bytes:N0} bytes");
        var side = meanwhile?.Invoke() ?? Task.CompletedTask;
        var page = (await office.Generate(new("get", paths, "", options.WarmOrders * 15, [new(name, options.Seconds, Clients)]) { Headers = encoding.Length > 0 ? $"Accept-Encoding: {encoding}\r\n" : "", HeadersOf = each ?? [] }))[0];
        await side;
        var floor = (await office.Generate(new("get", ["/"], "", options.WarmOrders * 15, [new("bare", options.Seconds, Clients)]) { Port = port, Watch = new() { ["bare"] = bare.Pid } }))[0];
        return new(page, floor);
    }

    /// <summary>One place at a time of each kind in turn, so that the page changes with each, spread over the time the page is asked for.</summary>
    static Func<Task> Holds(BoxOffice office, BenchOptions options, string path, Kind[] kinds) => async () =>
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds((options.Seconds + 6.0) / (Kinds * PlacesOfEach)));
        for (var i = 0; i < Kinds * PlacesOfEach && await timer.WaitForNextTickAsync(); i++)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create(kinds[i % Kinds].Field, "1")]);
            using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{office.AppPort}{path}"), form);
        }
    };

    static async Task<string[]> Hold(BoxOffice office, string path, Kind kind, int count)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var paths = new string[count];
        for (var i = 0; i < count; i++)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create(kind.Field, "2")]);
            using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{office.AppPort}{path}"), form);
            paths[i] = answer.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"A hold was answered {(int)answer.StatusCode}.");
        }
        return paths;
    }
}
