using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using App.Bench.House;

namespace App.Bench.Load;

/// <summary>The load process: warms by work done, runs its phases, notes what it was promised. In an open loop a unit's time begins when it should have begun, so a server that stalls can't hide it.</summary>
sealed class Generator(LoadOrder order)
{
    /// <summary>Past that, arrivals wait for a connection, and the wait is in their time.</summary>
    const int MostConnections = 400;
    static readonly TimeSpan WarmLimit = TimeSpan.FromMinutes(4);

    readonly Notes notes = new();
    readonly ConcurrentStack<Buyer> idle = new();
    readonly ConcurrentQueue<string> faults = new();
    Journey journey = null!;
    Histogram times = new();
    long done, refused, errors, attempts;
    volatile bool counting;

    public static async Task<int> Run(string path)
    {
        var order = JsonSerializer.Deserialize<LoadOrder>(await File.ReadAllTextAsync(path))!;
        order.Watch["generator"] = Environment.ProcessId;
        var generator = new Generator(order);
        var reports = await generator.Run();
        await generator.notes.Append(order.Promises);
        await File.WriteAllTextAsync(order.Answer, JsonSerializer.Serialize(reports));
        return 0;
    }

    async Task<List<PhaseReport>> Run()
    {
        journey = Journey.Of(order, notes);
        journey.NewLaps();
        if (order.Warm > 0) await Warm(order.Phases[0].Clients);
        var (reports, best) = (new List<PhaseReport>(), 0.0);
        foreach (var phase in order.Phases)
        {
            var report = await Run(phase.OfBest > 0 ? phase with { Rate = Math.Max(1, best * phase.OfBest) } : phase);
            best = Math.Max(best, report.Rate);
            reports.Add(report);
        }
        return reports;
    }

    async Task Warm(int clients)
    {
        using var stop = new CancellationTokenSource();
        var (work, began) = (Closed(clients, stop.Token), Stopwatch.GetTimestamp());
        while (Interlocked.Read(ref done) + Interlocked.Read(ref refused) < order.Warm)
        {
            if (Interlocked.Read(ref errors) > 1000 || Stopwatch.GetElapsedTime(began) > WarmLimit) break;
            await Task.Delay(20, CancellationToken.None);
        }
        Console.WriteLine($"warm after {done} units and {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, {errors} errors");
        await stop.CancelAsync();
        await work;
    }

    async Task<PhaseReport> Run(Phase phase)
    {
        using var stop = new CancellationTokenSource();
        var work = Task.CompletedTask;
        if (phase.Units == 0)
        {
            work = phase.Rate > 0 ? Open(phase.Rate, stop.Token) : Closed(phase.Clients, stop.Token);
            // The first second belongs to nobody: connections are made, queues fill.
            await Task.Delay(1000, CancellationToken.None);
        }
        var (machine, cpu, began) = (ProcessTimes.Machine(), ProcessTimes.Of(order.Watch), Stopwatch.GetTimestamp());
        Reset();
        counting = true;
        await (phase.Units > 0 ? Closed(phase.Clients, stop.Token, phase.Units) : Task.Delay(TimeSpan.FromSeconds(phase.Seconds), CancellationToken.None));
        counting = false;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (cpuAfter, machineAfter) = (ProcessTimes.Of(order.Watch), ProcessTimes.Machine());
        var (finished, said) = (times, (Done: Interlocked.Read(ref done), Refused: Interlocked.Read(ref refused)));
        await stop.CancelAsync();
        await work;
        var units = Math.Max(1, phase.Units > 0 ? said.Done + said.Refused : said.Done);
        return new(phase.Name, seconds, said.Done, said.Refused, Interlocked.Read(ref errors), [.. faults.Take(3)],
            finished.Milliseconds(.5), finished.Milliseconds(.9), finished.Milliseconds(.99), finished.Milliseconds(1),
            cpu.ToDictionary(c => c.Key, c => (cpuAfter[c.Key] - c.Value) * 1000 / units), journey.Laps.ToDictionary(l => l.Key, l => new[] { l.Value.Milliseconds(.5), l.Value.Milliseconds(.99) }),
            (machineAfter.Busy - machine.Busy) / seconds, (machineAfter.Waiting - machine.Waiting) / seconds, (machineAfter.Stolen - machine.Stolen) / seconds);
    }

    void Reset()
    {
        times = new();
        journey.NewLaps();
        faults.Clear();
        (done, refused, errors) = (0, 0, 0);
    }

    Task Closed(int clients, CancellationToken stop, int units = 0)
    {
        Interlocked.Exchange(ref attempts, 0);
        return Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(async () =>
        {
            using var buyer = new Buyer(order) { Turn = i };
            while (!stop.IsCancellationRequested && (units == 0 || Interlocked.Increment(ref attempts) <= units)) await Once(buyer, Stopwatch.GetTimestamp());
        }, CancellationToken.None)));
    }

    async Task Open(double rate, CancellationToken stop)
    {
        using var connections = new SemaphoreSlim(MostConnections);
        var (began, started, under) = (Stopwatch.GetTimestamp(), 0L, new ConcurrentDictionary<long, Task>());
        while (!stop.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate); started < due; started++)
            {
                var (number, at) = (started, began + (long)(started * Stopwatch.Frequency / rate));
                under[number] = Task.Run(async () => { await Arrive(at, number, connections); under.TryRemove(number, out _); }, CancellationToken.None);
            }
            await Task.Delay(1, CancellationToken.None);
        }
        await Task.WhenAll(under.Values);
        while (idle.TryPop(out var buyer)) buyer.Dispose();
    }

    async Task Arrive(long at, long number, SemaphoreSlim connections)
    {
        await connections.WaitAsync(CancellationToken.None);
        if (!idle.TryPop(out var buyer)) buyer = new(order) { Turn = (int)number };
        await Once(buyer, at);
        idle.Push(buyer);
        connections.Release();
    }

    async Task Once(Buyer buyer, long began)
    {
        try
        {
            if (!await journey.Go(buyer)) { Interlocked.Increment(ref refused); return; }
            if (counting) times.Add(Stopwatch.GetElapsedTime(began));
            Interlocked.Increment(ref done);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or FormatException or JsonException or ArgumentException)
        {
            if (Interlocked.Increment(ref errors) <= 20) faults.Enqueue(e.Message);
            buyer.App.Dispose();
            buyer.Provider.Dispose();
            await Task.Delay(100, CancellationToken.None); // a server that is down must not be asked a hundred thousand times
        }
    }
}
