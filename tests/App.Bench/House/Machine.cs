using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace App.Bench.House;

/// <summary>What the figures were taken on: without it they mean nothing.</summary>
/// <param name="Load">One-minute load average before anything was started: what others were using.</param>
public sealed record Machine(string Cpu, int Cores, int MemoryMb, string Kernel, string Runtime, string Jit, double Load)
{
    public string Postgres { get; private set; } = "";
    public string Settings { get; private set; } = "";
    public double FsyncsPerSecond { get; private set; }
    public string Date { get; } = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "Z";

    public static Machine Look(string jit)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return new(cpu, Environment.ProcessorCount, (int)(memory / 1024), RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, jit, load);
    }

    /// <summary>Adds what the server says of itself, and how often its disk can promise something.</summary>
    public async Task Ask(NpgsqlDataSource db, string folder)
    {
        await using var command = db.CreateCommand("""
            select current_setting('server_version'), (select string_agg(name || '=' || current_setting(name), ' ' order by name) from unnest(array['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'wal_level', 'max_wal_size']) name)
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        (Postgres, Settings) = (row.GetString(0), row.GetString(1));
        FsyncsPerSecond = Fsyncs(Path.Combine(folder, "fsync.probe"));
        Console.WriteLine($"machine: {Cpu}, {Cores} cores, {MemoryMb:N0} MB, {Kernel}, {Runtime}, JIT {Jit}, load {Load:F1} before the run");
        Console.WriteLine($"postgres {Postgres}: {Settings}; {FsyncsPerSecond:N0} fsyncs/s of 8 kB");
    }

    static double Fsyncs(string path)
    {
        var (page, count, began) = (new byte[8192], 0, Stopwatch.GetTimestamp());
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1); count++)
            {
                file.Position = count % 64 * page.Length;
                file.Write(page);
                file.Flush(flushToDisk: true);
            }
        }
        File.Delete(path);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
