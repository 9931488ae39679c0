using System.CommandLine;
using System.Text.Json;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;
using App.Infrastructure.Web;

namespace App.Infrastructure.CommandLine;

public delegate Task<WebApplication> BuildApplication(string[] args, Action<WebApplicationBuilder>? more = null);

/// <summary>
/// The command line, <c>foyer</c>: without a word it serves; with one it does that on the same database and ends. Exit code 0: done; 1: not so (what failed is printed); 2: the line could not be understood.
/// What isn't an option of a command (<c>--Section:Key=value</c>) goes to the configuration.
/// </summary>
public static class Commands
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    static readonly Option<bool> AsJson = new("--json") { Description = "Print JSON, for programs", Recursive = true };

    /// <param name="more">Commands that slices bring.</param>
    public static async Task<int> Run(string[] args, BuildApplication build, params Func<BuildApplication, Command>[] more)
    {
        var root = new RootCommand("Foyer: tickets and conferences. Without a command: serve.") { AsJson };
        root.SetAction((parsed, _) => Serve(build, [.. parsed.UnmatchedTokens]));
        root.Subcommands.Add(Command("serve", "Serve pages and work off messages until stopped (the default)", (parsed, _) => Serve(build, [.. parsed.UnmatchedTokens])));
        root.Subcommands.Add(Command("migrate", "Bring the database's tables up to this version", (parsed, ct) => With(build, parsed, _ => Task.FromResult(0))));
        root.Subcommands.Add(Verify(build));
        root.Subcommands.Add(Rebuild(build));
        root.Subcommands.Add(Jobs(build));
        root.Subcommands.Add(Command("doctor", "Look at what this installation stands on, and say what is wrong", (parsed, ct) => With(build, parsed, app => Doctor.Run(app.Services, parsed.GetValue(AsJson), ct))));
        foreach (var command in more) root.Subcommands.Add(command(build));
        foreach (var command in root.Subcommands.Concat(root.Subcommands.SelectMany(c => c.Subcommands)).Append(root)) command.TreatUnmatchedTokensAsErrors = false;

        var line = root.Parse(args);
        if (line.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith('-')) is { } word && line.CommandResult.Command is RootCommand)
        {
            await Console.Error.WriteLineAsync($"There is no command '{word}'. `foyer --help` lists them.");
            return 2;
        }
        return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
    }

    public static Command Command(string name, string says, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, says);
        command.SetAction(run);
        return command;
    }

    /// <summary>The application, built but not serving; what goes wrong at start is one line and exit code 1.</summary>
    public static async Task<int> With(BuildApplication build, ParseResult parsed, Func<WebApplication, Task<int>> run)
    {
        try
        {
            await using var app = await build([.. parsed.UnmatchedTokens, "--Logging:LogLevel:Default=Warning"]);
            return await run(app);
        }
        catch (Exception e) when (e is InvalidOperationException or Npgsql.NpgsqlException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    public static void Print(ParseResult parsed, object value, Action text)
    {
        if (parsed.GetValue(AsJson)) Console.WriteLine(JsonSerializer.Serialize(value, Json));
        else text();
    }

    static async Task<int> Serve(BuildApplication build, string[] args)
    {
        WebApplication app;
        try { app = await build(args); }
        catch (Exception e) when (e is InvalidOperationException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        await using (app)
        {
            await app.StartAsync();
            _ = Rehearsal.Run(app);
            await app.WaitForShutdownAsync();
        }
        return 0;
    }

    static Command Verify(BuildApplication build) => Command("verify", "Fold the whole log and check every invariant; exit code 1 when one is broken. With --Verify:Ledger=FILE|URL also against the provider's book, with --Verify:Acknowledged=FILE against a client's notes", (parsed, ct) => With(build, parsed, async app =>
    {
        var report = await app.Services.GetRequiredService<Verifier>().Run(ct);
        Print(parsed, new { report.Ok, report.Facts, Invariants = report.Results }, () => report.WriteTo(Console.Out));
        return report.Ok ? 0 : 1;
    }));

    static Command Rebuild(BuildApplication build)
    {
        var name = new Argument<string>("projection") { Description = "Its name, as printed for an unknown one" };
        var command = Command("rebuild", "Read the whole log into new tables of a projection and swap them in", (parsed, ct) => With(build, parsed, async app =>
        {
            var projections = app.Services.GetRequiredService<Projections>();
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            if (await projections.Rebuild(parsed.GetValue(name)!, ct) is not { } facts)
            {
                await Console.Error.WriteLineAsync($"There is no projection of that name. There are: {string.Join(", ", projections.All.Select(p => p.Name))}.");
                return 2;
            }
            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
            Print(parsed, new { Projection = parsed.GetValue(name), Facts = facts, Seconds = seconds }, () => Console.WriteLine($"{facts} facts in {seconds:F1} s"));
            return 0;
        }));
        command.Arguments.Add(name);
        return command;
    }

    static Command Jobs(BuildApplication build)
    {
        var jobs = Command("jobs", "Recurring jobs: list them, or run one now", (parsed, ct) => With(build, parsed, async app =>
        {
            await app.Services.GetRequiredService<RecurringJobs>().Plan(app.Services.GetRequiredService<HandlerRegistry>(), ct);
            var states = await app.Services.GetRequiredService<DeadLetters>().Jobs(ct);
            Print(parsed, states, () => { foreach (var s in states) Console.WriteLine($"{s.Name,-28} next {s.Next:u}   last {s.LastEnded:u} {s.LastError ?? (s.LastEnded is null ? "never ran" : "worked")}"); });
            return 0;
        }));
        var name = new Argument<string>("name");
        var run = Command("run", "Run a job now, whatever its schedule says", (parsed, ct) => With(build, parsed, async app =>
        {
            var all = app.Services.GetRequiredService<RecurringJobs>();
            if (await all.RunNow(parsed.GetValue(name)!, app.Services.GetRequiredService<MessageBus>(), ct)) return 0;
            await Console.Error.WriteLineAsync($"There is no job of that name. There are: {string.Join(", ", all.All.Select(j => j.Name))}.");
            return 2;
        }));
        run.Arguments.Add(name);
        jobs.Subcommands.Add(run);
        jobs.Subcommands.Add(Retry(build));
        return jobs;
    }

    static Command Retry(BuildApplication build)
    {
        var type = new Argument<string?>("type") { Description = "As listed without one", Arity = ArgumentArity.ZeroOrOne };
        var retry = Command("retry", "Messages that gave up: count them by type, or try all of one type again", (parsed, ct) => With(build, parsed, async app =>
        {
            var letters = app.Services.GetRequiredService<DeadLetters>();
            if (parsed.GetValue(type) is not { } chosen)
            {
                var kinds = await letters.Kinds(ct);
                Print(parsed, kinds, () => { foreach (var k in kinds) Console.WriteLine($"{k.Type,-28} {k.Count}"); });
                return 0;
            }
            var count = await letters.RetryAll(chosen, ct);
            Print(parsed, new { Type = chosen, Retried = count }, () => Console.WriteLine(count == 0 ? $"No {chosen} gave up." : $"{count} tried again by whoever works them off."));
            return 0;
        }));
        retry.Arguments.Add(type);
        return retry;
    }
}
