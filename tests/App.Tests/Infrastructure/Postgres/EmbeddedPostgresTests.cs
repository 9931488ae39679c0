using System.Collections.Concurrent;
using System.Globalization;
using App.Infrastructure.Postgres;
using App.Tests.Faults;
using App.Tests.Support;
using Npgsql;

namespace App.Tests.Infrastructure.Postgres;

/// <summary>The server that Foyer brings along, on real folders.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    readonly string folder = Path.Combine(Path.GetTempPath(), $"foyer-embedded-{Environment.ProcessId}-{Environment.TickCount64}");
    readonly ConcurrentQueue<string> said = new();

    public void Dispose() { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); }

    Task<EmbeddedPostgres> Start() => EmbeddedPostgres.Start(new(folder, AppContext.BaseDirectory, Durable: false, Settings: ["shared_buffers=16MB"], Log: said.Enqueue));
    string PidFile => Path.Combine(folder, "postmaster.pid");

    [Fact]
    public async Task A_half_made_folder_is_made_anew_a_stale_pid_is_no_obstacle_and_nothing_runs_as_root()
    {
        Directory.CreateDirectory(Path.Combine(folder, "base"));
        await File.WriteAllTextAsync(Path.Combine(folder, "PG_VERSION"), "18\n"); // initdb was killed before it came to pg_control
        await using (var server = await Start())
        {
            await Run(server, "create table kept (id int)");
            var pid = int.Parse((await File.ReadAllLinesAsync(PidFile))[0], CultureInfo.InvariantCulture);
            IsPrivileged(pid).ShouldBeFalse();
            await using var attached = await Start();
            attached.Attached.ShouldBeTrue();
        }
        File.Exists(PidFile).ShouldBeFalse();

        // In a container that was killed the number belongs to some other program after the restart: here to this one.
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{folder}\n");
        said.Clear();
        await using (var server = await Start()) await Run(server, "insert into kept values (1)");
        said.ShouldContain(line => line.Contains("database system was shut down at", StringComparison.Ordinal)); // nothing to recover: it was stopped, not cut off
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_stops_its_database_cleanly_and_one_that_could_lose_a_sale_is_refused()
    {
        const int sigTerm = 15;
        await using (var child = await ChildApp.ServeEmbedded(folder))
        {
            (await child.EndsBy(sigTerm)).ShouldBe(0, child.Log);
            File.Exists(PidFile).ShouldBeFalse();
        }
        await using (await Start()) { }
        said.ShouldContain(line => line.Contains("database system was shut down at", StringComparison.Ordinal));

        await using (var careless = ChildApp.Run(strict: true, "migrate", $"--Postgres:DataDirectory={folder}", "--Postgres:Settings:0=fsync=off"))
        {
            (await careless.Ended()).ShouldBe(1);
            careless.Log.ShouldContain("a power cut would lose paid orders");
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "standby.signal"), "");
        await using var standby = ChildApp.Run("migrate", $"--Postgres:DataDirectory={folder}");
        (await standby.Ended()).ShouldBe(1);
        standby.Log.ShouldContain("hot standby");
    }

    /// <summary>Root outside, whatever it is called inside a namespace of its own.</summary>
    static bool IsPrivileged(int pid)
    {
        var user = File.ReadLines($"/proc/{pid}/status").Single(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
        var inside = File.ReadAllText($"/proc/{pid}/uid_map").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
        return user == "0" && inside == "0";
    }

    static async Task Run(EmbeddedPostgres server, string sql)
    {
        await using var db = NpgsqlDataSource.Create(server.ConnectionString() + ";Pooling=false");
        await using var command = db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
