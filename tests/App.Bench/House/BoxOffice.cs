using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using App.Bench.Load;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Postgres;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Bench.House;

/// <summary>A ticket type for sale.</summary>
/// <param name="Seats">How many numbered seats; 0: places without names.</param>
public sealed record Kind(string Name, long Amount, int Places, int Seats = 0)
{
    public Guid Id { get; } = Ids.New(TimeProvider.System.GetUtcNow());
    public string Field => "t-" + Id.ToString("N", CultureInfo.InvariantCulture);
}

/// <summary>The system under test: a fresh database with the product's own settings and durability, the app and the sandbox, each a process of its own.</summary>
public sealed class BoxOffice : IAsyncDisposable
{
    public const string Organization = "bench", SigningSecret = "whsec_sandbox";
    public static readonly Guid OrganizationId = new("01890000-0000-7000-8000-00000000000a");

    readonly BenchOptions options;
    readonly EmbeddedPostgres postgres;
    readonly string folder;
    Child? app, sandbox;
    int number;

    BoxOffice(BenchOptions options, EmbeddedPostgres postgres, string folder, int postgresPid)
    {
        (this.options, this.postgres, this.folder, PostgresPid) = (options, postgres, folder, postgresPid);
        (AppPort, SandboxPort) = (Child.FreePort(), Child.FreePort());
        Db = NpgsqlDataSource.Create(Connection + ";Application Name=bench;Maximum Pool Size=8;Command Timeout=0");
    }

    public string Connection => postgres.ConnectionString();
    public NpgsqlDataSource Db { get; }
    public int PostgresPid { get; }
    public int AppPort { get; }
    public int SandboxPort { get; }
    public int AppPid => app!.Pid;
    public string Folder => folder;

    /// <summary>What generators were promised; verified in the end.</summary>
    public string Promises => Path.Combine(folder, "promises");
    string Ledger => Path.Combine(folder, "ledger");

    static string Root
    {
        get
        {
            var at = new DirectoryInfo(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "App.sln"))) at = at.Parent;
            return at?.FullName ?? throw new InvalidOperationException("App.sln was not found above this program.");
        }
    }

    static string Published(string project, string dll) => Path.Combine(Root, ".data", "bench", "out", project, dll);

    /// <summary>Held by the one bench that runs; null: another one does.</summary>
    public static IDisposable? Alone()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".data", "bench"));
        try { return new FileStream(Path.Combine(Root, ".data", "bench", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }

    internal static async Task<BoxOffice> Open(string name, BenchOptions options, Machine machine)
    {
        var folder = Path.Combine(Root, ".data", "bench", name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var postgres = await EmbeddedPostgres.Start(new(Path.Combine(folder, "postgres"), AppContext.BaseDirectory, Settings: options.Statements ? ["shared_preload_libraries=pg_stat_statements"] : null));
        var pid = int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var office = new BoxOffice(options, postgres, folder, pid);
        await machine.Ask(office.Db, folder);
        await office.With(_ => Task.CompletedTask); // migrates
        if (options.Statements) await office.Do("create extension pg_stat_statements");
        return office;
    }

    /// <summary>The product's own services on this database, in this process, nothing started.</summary>
    public async Task With(Func<IServiceProvider, Task> work)
    {
        await using var host = await App.Program.Build([$"--ConnectionStrings:Foyer={Connection}", "--Logging:LogLevel:Default=Warning", "--Messaging:Lanes=none"]);
        await work(host.Services);
    }

    /// <summary>An organization and an event on sale, by the product's own commands. Answers the event's path.</summary>
    public async Task<string> Sell(string slug, params Kind[] kinds)
    {
        await With(async services =>
        {
            var (store, handlers, now) = (services.GetRequiredService<EventStore>(), services.GetRequiredService<HandlerRegistry>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
            var session = new DocumentSession(store, handlers, Cause.System);
            session.Store(new OrganizationCard(OrganizationId, Organization, "Harbour Conferences", 215, 0.12, "hello@bench.example", "Quay 4, Antwerp", null));
            await session.SaveChangesAsync(services, CancellationToken.None);
            await services.GetRequiredService<MessageBus>().InvokeAsync(EventOf(slug, kinds, now), CancellationToken.None);
        });
        return $"/e/{Organization}/{slug}";
    }

    public static Guid EventId(string slug) => Ids.From(OrganizationId, slug);

    static SaveEvent EventOf(string slug, Kind[] kinds, DateTimeOffset now)
    {
        var (id, starts) = (EventId(slug), now.AddDays(60));
        var quotas = kinds.Select(k => (Kind: k, Quota: Ids.From(k.Id, "quota"))).ToArray();
        return new(id, OrganizationId, slug, "Harbour Systems Days", "EUR", "Europe/Brussels")
        {
            Description = new("Harbour Systems Days", "Two days, four tracks", "The people who run databases, networks and box offices, in one old warehouse by the water.", About, "", "", "Tickets can be given back until seven days before the doors open.", now),
            Place = new("Warehouse Nine", "Quay 4", "Antwerp", now),
            Dates = new(id, starts, starts.AddHours(1), starts.AddHours(33), "Europe/Brussels", now),
            Prices = new(400, 50, true, 600, "VAT", now),
            Quotas = [.. quotas.Select(q => new QuotaSet(id, q.Quota, q.Kind.Name, q.Kind.Places, now))],
            Seats = [.. quotas.Where(q => q.Kind.Seats > 0).Select(q => new SeatsSet(id, q.Quota, SeatNames(q.Kind.Seats), now))],
            Types = [.. quotas.Select((q, i) => new TicketTypeSet(q.Kind.Id, q.Kind.Name, "Both days, all tracks, lunch and coffee.", q.Kind.Amount, [q.Quota], 10, i, q.Kind.Seats > 0, now))],
            Window = new(null, null, 120, now),
            Published = true,
        };
    }

    static string[] SeatNames(int count) => [.. Enumerable.Range(0, count).Select(i => $"{(char)('A' + i / 1000)}{i / 25 % 40 + 1:00}-{i % 25 + 1:00}")];

    static string About => string.Join("\n\n", Enumerable.Repeat("""
        Talks run from nine to six, in four rooms that were built for cotton and now hold people. **Everything is recorded**, nothing is sponsored, and the schedule has an hour after lunch in which
        nothing happens at all. Bring a jacket: the quay is windy. The rooms have steps, and a lift beside them.
        """, 4));

    public async Task StartSandbox()
    {
        sandbox = Child.Start(Published("sandbox", "Foyer.Sandbox.dll"),
            [$"--urls=http://127.0.0.1:{SandboxPort}", $"--Sandbox:Ledger={Ledger}", $"--Sandbox:Webhooks:0:Url=http://127.0.0.1:{AppPort}/webhooks/stripe", $"--Sandbox:Webhooks:0:Secret={SigningSecret}",
                "--Sandbox:WebhookWorkers=512"], // as many as are due: a provider doesn't hold the news of one buyer back for another's
            Path.Combine(folder, "sandbox.log"), options.Jit, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production" });
        await sandbox.Answers(new($"http://127.0.0.1:{SandboxPort}/_sandbox/webhooks"), TimeSpan.FromSeconds(60));
    }

    /// <summary>Answers how long it took from the start of the process to "ready".</summary>
    /// <param name="more">Further settings, as environment variables.</param>
    public async Task<TimeSpan> StartApp(string? lanes = null, params (string Name, string Value)[] more)
    {
        var (site, vendors, began) = ($"http://127.0.0.1:{AppPort}", $"http://127.0.0.1:{SandboxPort}", Stopwatch.GetTimestamp());
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Foyer"] = Connection, ["Urls"] = site, ["PublicUrl"] = site, ["Site__Url"] = site, ["Mail__From"] = "tickets@bench.example",
            ["Logging__LogLevel__Default"] = "Warning", ["Messaging__Lanes"] = lanes ?? (options.Mail ? "work,mail,jobs" : "work,jobs"),
            ["Stripe__SecretKey"] = "sk_test_bench", ["Stripe__PublishableKey"] = "pk_test_bench", ["Stripe__WebhookSecrets__0"] = SigningSecret, ["Stripe__BaseUrl"] = vendors, ["Stripe__JsUrl"] = vendors + "/v3/",
            ["DOTNET_GCgen0size"] = "0x1800000", // as the image and bin/run have it
            ["SendGrid__ApiKey"] = "SG.bench", ["SendGrid__BaseUrl"] = vendors, ["SendGrid__FromAddress"] = "tickets@bench.example",
        };
        foreach (var (name, value) in more) settings[name] = value;
        app = Child.Start(Published("app", "Foyer.App.dll"), [], Path.Combine(folder, $"app-{++number}.log"), options.Jit, settings);
        await app.Answers(new(site + "/health/ready"), TimeSpan.FromSeconds(120));
        return Stopwatch.GetElapsedTime(began);
    }

    public async Task StopApp()
    {
        if (app is not null) await app.DisposeAsync();
        app = null;
    }

    /// <summary>Until the inventory has heard of its quotas, so that nobody is told "sold out" too early.</summary>
    public async Task OnSale(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = "";
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30); await Task.Delay(50))
        {
            page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{AppPort}{path}"));
            if (page.Contains("class=\"stepper", StringComparison.Ordinal) && !page.Contains("badge gone", StringComparison.Ordinal)) return;
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "not-on-sale.html"), page);
        throw new TimeoutException($"{path} did not come on sale; its page is in {folder}.");
    }

    /// <summary>What the database spent its time on since the last generator began, dearest first.</summary>
    async Task WriteStatements()
    {
        await using var command = Db.CreateCommand("""
            select calls, total_exec_time, 100 * total_exec_time / sum(total_exec_time) over (), rows, shared_blks_hit, wal_bytes::bigint, regexp_replace(query, '\s+', ' ', 'g')
            from pg_stat_statements order by total_exec_time desc limit 24
            """);
        await using var rows = await command.ExecuteReaderAsync();
        Console.WriteLine("   calls  total ms  share   ms/call      rows    buffers   wal kB  statement");
        while (await rows.ReadAsync())
            Console.WriteLine($"{rows.GetInt64(0),8} {rows.GetDouble(1),9:F0} {rows.GetDouble(2),5:F1}% {rows.GetDouble(1) / rows.GetInt64(0),9:F3} {rows.GetInt64(3),9} {rows.GetInt64(4),10} {rows.GetInt64(5) / 1024,8}  {rows.GetString(6)[..Math.Min(150, rows.GetString(6).Length)]}");
    }

    async Task Do(string sql)
    {
        await using var command = Db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a generator, a process of its own, and reads its report.</summary>
    public async Task<IReadOnlyList<PhaseReport>> Generate(LoadOrder order)
    {
        var watched = new Dictionary<string, int> { ["postgres"] = PostgresPid };
        if (app is not null) watched["app"] = app.Pid;
        if (sandbox is not null) watched["sandbox"] = sandbox.Pid;
        foreach (var (name, pid) in order.Watch) watched[name] = pid;
        var path = Path.Combine(folder, $"load-{++number}");
        order = order with { Port = order.Port == 0 ? AppPort : order.Port, SandboxPort = SandboxPort, Watch = watched, Promises = Promises, Answer = path + ".answer" };
        await File.WriteAllTextAsync(path + ".order", JsonSerializer.Serialize(order));
        if (options.Statements) await Do("select pg_stat_statements_reset()");
        await using var generator = Child.Start(typeof(BoxOffice).Assembly.Location, ["load", path + ".order"], path + ".log", options.Jit);
        if (await generator.Ended() != 0) throw new InvalidOperationException($"The generator failed:\n{await File.ReadAllTextAsync(path + ".log")}");
        var reports = JsonSerializer.Deserialize<PhaseReport[]>(await File.ReadAllTextAsync(order.Answer))!;
        foreach (var report in reports) report.Write();
        if (options.Statements) await WriteStatements();
        return reports;
    }

    /// <summary><c>foyer verify</c>, as an operator runs it, with the provider's book and the generators' notes beside the log.</summary>
    public async Task<bool> Verify(string? furtherLedger = null) => (await TimeVerify(furtherLedger)).Ok;

    /// <summary>The same, with how long an operator waits for it.</summary>
    public async Task<(bool Ok, TimeSpan Took)> TimeVerify(string? furtherLedger = null)
    {
        var book = Path.Combine(folder, "book");
        await using (var to = File.Create(book))
            foreach (var part in new[] { furtherLedger, Ledger })
                if (part is not null && File.Exists(part)) { await using var from = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite); await from.CopyToAsync(to); }
        var (log, began) = (Path.Combine(folder, "verify.log"), Stopwatch.GetTimestamp());
        string[] notes = File.Exists(Promises) ? [$"--Verify:Acknowledged={Promises}"] : [];
        await using var verify = Child.Start(Published("app", "Foyer.App.dll"), ["verify", $"--Verify:Ledger={book}", .. notes], log, "default",
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Foyer"] = Connection });
        var ok = await verify.Ended() == 0;
        Console.WriteLine(ok ? $"verify: {(await File.ReadAllLinesAsync(log)).LastOrDefault()}" : await File.ReadAllTextAsync(log));
        return (ok, Stopwatch.GetElapsedTime(began));
    }

    public async Task<(long Facts, double Seconds)> Rebuild(string projection)
    {
        var log = Path.Combine(folder, $"rebuild-{projection}.log");
        await using var rebuild = Child.Start(Published("app", "Foyer.App.dll"), ["rebuild", projection, "--json"], log, "default",
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Foyer"] = Connection });
        var code = await rebuild.Ended();
        var text = await File.ReadAllTextAsync(log);
        if (code != 0) throw new InvalidOperationException($"rebuild {projection}: {text}");
        using var answer = JsonDocument.Parse(text);
        return (answer.RootElement.GetProperty("facts").GetInt64(), answer.RootElement.GetProperty("seconds").GetDouble());
    }

    /// <summary>Runs the application until its read models have heard of every fact: what it would have done while a past brought in by COPY was sold.</summary>
    public async Task CatchUp()
    {
        await StartApp(lanes: "none");
        await using var behind = Db.CreateCommand("select exists (select from projections where (xid, seq) < (select xid, seq from events order by xid desc, seq desc limit 1))");
        for (var began = Stopwatch.GetTimestamp(); await behind.ExecuteScalarAsync() is true; await Task.Delay(200))
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(15)) throw new TimeoutException("The read models did not reach the end of the log in a quarter of an hour.");
        await StopApp();
        await using var analyze = Db.CreateCommand("vacuum analyze");
        await analyze.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopApp();
        if (sandbox is not null) await sandbox.DisposeAsync();
        await Db.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(Path.Combine(folder, "postgres"), recursive: true); // gigabytes; logs and reports stay
    }
}
