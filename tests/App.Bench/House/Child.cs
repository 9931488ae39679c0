using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace App.Bench.House;

/// <summary>A .NET program in a process of its own, its output in a file. Ends with this one.</summary>
sealed class Child : IAsyncDisposable
{
    static readonly List<Child> Alive = [];
    readonly Process process;

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) => { foreach (var child in Alive.ToArray()) child.Kill(); };

    Child(Process process, string log)
    {
        (this.process, Log) = (process, log);
        lock (Alive) Alive.Add(this);
    }

    public int Pid => process.Id;
    public string Log { get; }
    public bool HasEnded => process.HasExited;

    public static Child Start(string dll, string[] arguments, string log, string jit, IReadOnlyDictionary<string, string>? environment = null)
    {
        // `exec`: the pid we know is the program's own.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" \"$@\" >\"$BENCH_LOG\" 2>&1", dll, .. arguments]) { UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(dll)! };
        // A machine's own settings (proxies, tiers, an address to listen on) would be measured too.
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_T", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(key);
        if (jit == "full") (start.Environment["DOTNET_TieredCompilation"], start.Environment["DOTNET_ReadyToRun"]) = ("0", "0");
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        start.Environment["BENCH_LOG"] = log;
        return new(Process.Start(start)!, log);
    }

    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        lock (Alive) Alive.Remove(this);
        return process.ExitCode;
    }

    /// <summary>Until it answers 200.</summary>
    public async Task Answers(Uri address, TimeSpan patience)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(10))
        {
            if (HasEnded) throw new InvalidOperationException($"{Path.GetFileName(Log)}: the process ended.\n{await File.ReadAllTextAsync(Log)}");
            if (Stopwatch.GetElapsedTime(began) > patience) throw new TimeoutException($"{address} did not answer 200 within {patience.TotalSeconds} s.\n{await File.ReadAllTextAsync(Log)}");
            try
            {
                using var response = await http.GetAsync(address);
                if (response.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>As an operator would: SIGTERM, and patience.</summary>
    public async ValueTask DisposeAsync()
    {
        const int sigterm = 15;
        if (!process.HasExited && kill(process.Id, sigterm) == 0)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try { await process.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { }
        }
        Kill();
        lock (Alive) Alive.Remove(this);
        process.Dispose();
    }

    void Kill()
    {
        try { if (!process.HasExited) process.Kill(); }
        catch (InvalidOperationException) { }
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int kill(int pid, int signal);
}
