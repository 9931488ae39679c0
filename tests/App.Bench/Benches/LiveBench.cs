using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using App.Bench.House;
using App.Bench.Load;
using App.Features.Schedule.Import;

namespace App.Bench.Benches;

/// <summary>
/// Ten thousand browsers with an open stream of a conference's news: what they cost the application in memory, and how long until all of them have heard something. What is told is that one more person looks; the time counts from
/// the moment that person's request is sent, and holds the wait for the next beat (a second at the most).
/// </summary>
static class LiveBench
{
    const int Connections = 10_000, AtOnce = 250;
    const double Most = 400;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        Allows(Connections + 1_000);
        await using var office = await BoxOffice.Open("live", options, machine);
        var path = await office.Sell("days", new Kind("Standard", 4_900, 10_000));
        await office.With(async services => await services.GetRequiredService<ScheduleImports>().Upload(BoxOffice.EventId("days"), "days.json", Encoding.UTF8.GetBytes(Schedule), "bench", false, false, default));
        await office.StartSandbox();
        await office.StartApp();
        await office.OnSale(path);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var idle = ProcessTimes.ResidentMb(office.AppPid);
        var listeners = new List<Listener>(Connections);
        try
        {
            await OpenAll(office.AppPort, path, listeners);
            await Task.Delay(TimeSpan.FromSeconds(4)); // until everybody has heard of everybody
            var (hear, rounds) = (new Histogram(), 0);
            for (var began = Stopwatch.GetTimestamp(); rounds == 0 || Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(options.Seconds); rounds++) await Tell(office.AppPort, path, listeners, hear);
            Console.WriteLine($"told {rounds} times; a heartbeat is waited for");
            await Task.Delay(TimeSpan.FromSeconds(22));
            var (open, most) = (ProcessTimes.ResidentMb(office.AppPid), ProcessTimes.MostResidentMb(office.AppPid));
            var (lost, each) = (listeners.Count(l => l.IsLost), (open - idle) * 1024 * 1024 / Connections);
            var (p50, p99) = (hear.Milliseconds(0.5), hear.Milliseconds(0.99));
            Console.WriteLine($"idle {idle:F0} MB, with {Connections:N0} streams {open:F0} MB (at most {Most:F0}), peak {most:F0} MB: {each:N0} bytes a stream; {lost} lost; all heard after p50 {p50:F0} ms, p99 {p99:F0} ms, the wait for the beat in it");
            await office.StopApp();
            return new("live", open, $"MB with {Connections} streams", machine)
            {
                Floor = Most, LessIsBetter = true, P50 = p50, P99 = p99, Errors = lost, Verify = await office.Verify(),
                More = new() { ["idleMb"] = idle, ["peakMb"] = most, ["bytesEach"] = each, ["rounds"] = rounds },
            };
        }
        finally { foreach (var listener in listeners) listener.Dispose(); }
    }

    /// <summary>Each stream is a file to both processes; what the shell allows them they can't raise.</summary>
    static void Allows(int files)
    {
        var line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4] is var most && int.TryParse(most, CultureInfo.InvariantCulture, out var allowed) && allowed < files)
            throw new InvalidOperationException($"{Connections:N0} streams need {files:N0} open files in a process, and this shell allows {allowed:N0}: run it after 'ulimit -Hn {files}', as root, or raise the limit of your session.");
    }

    static async Task OpenAll(int port, string path, List<Listener> listeners)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Connections; i += AtOnce)
        {
            listeners.AddRange(await Task.WhenAll(Enumerable.Range(i, AtOnce).Select(n => Listener.Open(port, path, n))));
            if (listeners.Count % 1_000 == 0) Console.WriteLine($"{listeners.Count,6:N0} streams open after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        }
    }

    static async Task Tell(int port, string path, List<Listener> listeners, Histogram hear)
    {
        var heard = listeners.ConvertAll(l => l.Next());
        var began = Stopwatch.GetTimestamp();
        using var one = await Listener.Open(port, path, Random.Shared.Next(1_000_000, int.MaxValue));
        foreach (var at in await All(heard)) if (at > 0) hear.Add(Stopwatch.GetElapsedTime(began, at));
        // The news that this one has left is no part of the next round.
        heard = listeners.ConvertAll(l => l.Next());
        one.Dispose();
        await All(heard);
    }

    static async Task<long[]> All(List<Task<long>> heard)
    {
        try { return await Task.WhenAll(heard).WaitAsync(Patience); }
        catch (TimeoutException e) { throw new TimeoutException($"{heard.Count(h => !h.IsCompleted):N0} of {heard.Count:N0} streams heard nothing within {Patience.TotalSeconds:F0} s.", e); }
    }

    sealed class Listener : IDisposable
    {
        readonly Socket socket;
        readonly byte[] buffer = new byte[1024];
        volatile bool lost;
        volatile TaskCompletionSource<long> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Listener(Socket socket) => this.socket = socket;

        public bool IsLost => lost;

        /// <summary>When it next hears something; 0: never, it is lost.</summary>
        public Task<long> Next()
        {
            var waiting = next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (IsLost) waiting.TrySetResult(0);
            return waiting.Task;
        }

        public static async Task<Listener> Open(int port, string path, int visitor)
        {
            var listener = new Listener(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 });
            var first = listener.Next();
            await listener.socket.ConnectAsync(IPAddress.Loopback, port);
            await listener.socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path}/live?v=visitor-number-{visitor:D10} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"));
            _ = listener.Hear();
            await first.WaitAsync(Patience);
            return listener;
        }

        async Task Hear()
        {
            try
            {
                for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
                    if (buffer.AsSpan(0, read).IndexOf("data:"u8) >= 0) next.TrySetResult(Stopwatch.GetTimestamp());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
            lost = true;
            next.TrySetResult(0);
        }

        public void Dispose() => socket.Dispose();
    }

    const string Schedule = """
        { "schedule": { "version": "1.0", "base_url": "https://days.example/", "conference": { "acronym": "days", "title": "Harbour Systems Days", "start": "2030-05-01", "end": "2030-05-01", "daysCount": 1, "timeslot_duration": "00:05",
          "time_zone_name": "Europe/Brussels", "rooms": [ { "name": "Quay", "guid": "11111111-1111-4111-8111-111111111111", "capacity": 120 } ], "tracks": [],
          "days": [ { "index": 1, "date": "2030-05-01", "day_start": "2030-05-01T09:00:00+02:00", "day_end": "2030-05-02T03:00:00+02:00", "rooms": { "Quay": [
            { "guid": "aaaaaaaa-0000-4000-8000-000000000001", "id": 7, "date": "2030-05-01T10:00:00+02:00", "start": "10:00", "duration": "00:45", "room": "Quay", "slug": "one", "url": "https://days.example/7", "title": "Opening", "subtitle": "",
              "track": null, "type": "talk", "language": "en", "abstract": "", "description": "", "recording_license": "", "do_not_record": false, "persons": [], "links": [], "attachments": [] } ] } } ] } } }
        """;
}
