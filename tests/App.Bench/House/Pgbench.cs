using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace App.Bench.House;

/// <summary>The baseline everybody can repeat: pgbench's TPC-B on the same server, scale 20, eight clients, in a database of its own.</summary>
sealed partial class Pgbench
{
    const int Scale = 20, Clients = 8;
    readonly string program;
    readonly NpgsqlConnectionStringBuilder server;
    readonly int postgresPid;

    Pgbench(string program, NpgsqlConnectionStringBuilder server, int postgresPid) => (this.program, this.server, this.postgresPid) = (program, server, postgresPid);

    public static async Task<Pgbench?> Prepare(BoxOffice office)
    {
        if (Find() is not { } program)
        {
            Console.WriteLine("pgbench was not found (it comes with PostgreSQL's client programs): no baseline, no ratio.");
            return null;
        }
        await using (var create = office.Db.CreateCommand("create database tpcb")) await create.ExecuteNonQueryAsync();
        var bench = new Pgbench(program, new NpgsqlConnectionStringBuilder(office.Connection), office.PostgresPid);
        await bench.Run("-i", "-q", "-s", Scale.ToString(CultureInfo.InvariantCulture));
        return bench;
    }

    /// <summary>Transactions a second, and milliseconds of processor time each costs the server.</summary>
    public async Task<(double PerSecond, double CpuMs)> Measure(int seconds)
    {
        var pids = new Dictionary<string, int> { ["postgres"] = postgresPid };
        var before = ProcessTimes.Of(pids)["postgres"];
        var said = await Run("-n", "-c", Clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture));
        await Task.Delay(500); // its backends are gone and counted
        var used = ProcessTimes.Of(pids)["postgres"] - before;
        var rate = double.Parse(Tps().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture);
        var count = double.Parse(Processed().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture);
        var cpu = used * 1000 / count;
        Console.WriteLine($"TPC-B: {rate:N0}/s, c={Clients}, scale {Scale}; postgres {cpu:F2} ms CPU each");
        return (rate, cpu);
    }

    async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, "tpcb"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"pgbench {string.Join(' ', arguments)}: {await error}");
    }

    static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [])
        .Select(d => Path.Combine(d, "pgbench")).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"tps = (?<n>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tps();

    [GeneratedRegex(@"actually processed: (?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Processed();
}
