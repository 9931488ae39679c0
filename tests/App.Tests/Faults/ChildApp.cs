using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>The built application as a process of its own, to be killed or paused as an operating system does it. Starts again at the same address.</summary>
public sealed class ChildApp : IAsyncDisposable
{
    const int SigKill = 9, SigCont = 18, SigStop = 19;
    static readonly List<Process> Alive = [];
    readonly string[] arguments;
    readonly string log = Path.Combine(Path.GetTempPath(), $"foyer-child-{Environment.ProcessId}-{Interlocked.Increment(ref number)}.log");
    static int number;
    Process process;

    static ChildApp() => AppDomain.CurrentDomain.ProcessExit += (_, _) => { lock (Alive) foreach (var child in Alive) End(child); };

    readonly bool strict;

    ChildApp(Uri address, string[] arguments, bool strict = false)
    {
        (Address, this.arguments, this.strict) = (address, arguments, strict);
        process = Launch();
    }

    public Uri Address { get; }

    /// <param name="vendors">Where Stripe and SendGrid are.</param>
    public static async Task<ChildApp> Serve(string connection, Uri vendors)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var child = new ChildApp(address,
        [
            $"--urls={address}", $"--ConnectionStrings:Foyer={connection}", "--Logging:LogLevel:Default=Warning",
            "--Stripe:SecretKey=sk_test_foyer", "--Stripe:PublishableKey=pk_test_foyer", $"--Stripe:WebhookSecrets:0={SandboxHost.WebhookSecret}", $"--Stripe:BaseUrl={vendors}", $"--Stripe:JsUrl={vendors}v3/",
            "--SendGrid:ApiKey=SG.foyer", $"--SendGrid:BaseUrl={vendors}", "--SendGrid:FromAddress=tickets@example.org", "--SendGrid:FromName=Foyer",
        ]);
        await child.Answers();
        return child;
    }

    /// <summary>With a database of its own in this folder.</summary>
    public static async Task<ChildApp> ServeEmbedded(string data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var child = new ChildApp(address, [$"--urls={address}", $"--Postgres:DataDirectory={data}", "--Logging:LogLevel:Default=Warning"]);
        await child.Answers();
        return child;
    }

    /// <summary>A command of the command line, under way.</summary>
    public static ChildApp Run(params string[] arguments) => Run(strict: false, arguments);

    /// <param name="strict">As in production: a database that could lose what it promised isn't taken.</param>
    public static ChildApp Run(bool strict, params string[] arguments) => new(new("http://127.0.0.1"), arguments, strict);

    public Task<int> EndsBy(int signal)
    {
        Signal(signal);
        return Ended();
    }

    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>kill -9: nothing is flushed, nobody says goodbye.</summary>
    public void Kill() => End(process);

    /// <summary>Stopped in every thread: on a busy machine others run on for a moment after the signal was sent.</summary>
    public async Task Pause()
    {
        Signal(SigStop);
        await Eventually.Is(() => Task.FromResult(Directory.EnumerateDirectories($"/proc/{process.Id}/task").All(IsStopped)));
    }

    // The third word, after a name in brackets that may have brackets and blanks in it.
    static bool IsStopped(string thread) => File.ReadAllText(Path.Combine(thread, "stat")) is var words && words[words.LastIndexOf(')') + 2] == 'T';

    public void Resume() => Signal(SigCont);

    public Task StartAgain()
    {
        process = Launch();
        return Answers();
    }

    public string Log => File.Exists(log) ? File.ReadAllText(log) : "";

    Process Launch()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        // `exec`: the pid we know is the program's own.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$FOYER_DOTNET\" \"$0\" \"$@\" >>\"$FOYER_LOG\" 2>&1", Path.Combine(AppContext.BaseDirectory, "Foyer.App.dll"), .. arguments]) { UseShellExecute = false };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(key);
        if (strict) start.Environment.Remove("FOYER_ALLOW_UNSAFE_POSTGRES");
        (start.Environment["FOYER_DOTNET"], start.Environment["FOYER_LOG"], start.Environment["DOTNET_TieredPGO"]) = (dotnet, log, "0"); // it lives for seconds: nothing is compiled for good
        var child = Process.Start(start)!;
        lock (Alive) Alive.Add(child);
        return child;
    }

    async Task Answers()
    {
        var ended = 0;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Is(async () =>
        {
            if (process.HasExited && ++ended > 3) throw new InvalidOperationException($"The application ended ({process.ExitCode}):\n{Log}");
            if (process.HasExited) process = Launch(); // as whoever runs it would: a database that is too busy to answer ends the start
            try { return (await http.GetAsync(new Uri(Address, "/health/live"))).StatusCode == HttpStatusCode.OK; }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return false; }
        }, seconds: 150);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    void Signal(int signal) => kill(process.Id, signal).ShouldBe(0);

    static void End(Process child)
    {
        if (child.HasExited) return;
        _ = kill(child.Id, SigKill);
        child.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        lock (Alive) Alive.Remove(process);
        process.Dispose();
        File.Delete(log);
        return ValueTask.CompletedTask;
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int kill(int pid, int signal);
}
