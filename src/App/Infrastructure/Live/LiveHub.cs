using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace App.Infrastructure.Live;

/// <summary>Section <c>Live</c>.</summary>
/// <param name="Connections">So many streams one process holds open; more are asked to come back.</param>
public sealed record LiveOptions(int Connections = 20_000)
{
    public LiveOptions() : this(20_000) { }
}

/// <summary>Says what is true now.</summary>
public interface ILiveSource
{
    /// <summary>Once a beat, for the channels that somebody reads; and once for a new one, before its first reader is told anything. From memory: a beat is a second.</summary>
    Task Refresh(IReadOnlyCollection<LiveChannel> channels, CancellationToken ct);
}

/// <summary>
/// Streams of news to browsers (server-sent events), one way only: a reader can say nothing after its request. One beat a second serves all of them. A new connection begins with the state as it is, so nothing has to be caught up on.
/// Does not guarantee that every state is seen: of two within a second the later one is.
/// </summary>
public sealed class LiveHub(ILiveSource source, LiveOptions options, IHostApplicationLifetime lifetime, ILogger<LiveHub> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();
    static readonly byte[][] Farewells = [.. Enumerable.Range(2, 8).Select(s => Encoding.ASCII.GetBytes($"retry:{s * 700}\n\n"))];
    static readonly Meter Meter = new("Foyer.Live");

    readonly ConcurrentDictionary<Guid, LiveChannel> channels = new();
    readonly SemaphoreSlim refreshing = new(1, 1);
    int open, beat;
    bool ended;

    public int Open => Volatile.Read(ref open);

    public IReadOnlyCollection<LiveChannel> Channels => [.. channels.Values];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Meter.CreateObservableGauge("foyer.live.connections", () => Open);
        lifetime.ApplicationStopping.Register(End);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await Next(timer, stoppingToken))
        {
            try { await Beat(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning("A beat of the live streams failed: {Reason}", e.Message); }
            catch (OperationCanceledException) { }
        }
    }

    static async Task<bool> Next(PeriodicTimer timer, CancellationToken ct)
    {
        try { return await timer.WaitForNextTickAsync(ct); }
        catch (OperationCanceledException) { return false; }
    }

    async Task Beat(CancellationToken ct)
    {
        if (channels.IsEmpty) return;
        await Refresh([.. channels.Values], ct);
        var now = Interlocked.Increment(ref beat);
        foreach (var channel in channels.Values)
        {
            channel.Beat(now, Heartbeat);
            if (channel.CloseIfEmpty()) channels.TryRemove(new(channel.Id, channel));
        }
    }

    async Task Refresh(IReadOnlyCollection<LiveChannel> some, CancellationToken ct)
    {
        await refreshing.WaitAsync(ct);
        try { await source.Refresh(some, ct); }
        catch (Exception e) when (!ct.IsCancellationRequested) { log.LogWarning("What is true now could not be read: {Reason}", e.Message); }
        finally { refreshing.Release(); }
    }

    /// <summary>Answers a request with a stream that lasts until one side ends it, or with 503 and when to come back.</summary>
    public async Task Serve(HttpContext context, Guid channel, ulong? who)
    {
        try
        {
            if (Interlocked.Increment(ref open) > options.Connections || Volatile.Read(ref ended)) { ComeBack(context); return; }
            var response = context.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await response.StartAsync(context.RequestAborted);
            var reader = new LiveReader(response.BodyWriter, context.Abort, who);
            LiveChannel joined;
            while (!(joined = await Channel(channel, context.RequestAborted)).Add(reader, Volatile.Read(ref beat)))
                if (Volatile.Read(ref ended)) return;
            await using (context.RequestAborted.UnsafeRegister(static r => ((LiveReader)r!).Leave(), reader)) await reader.Left;
            joined.Remove(reader);
            await reader.Close();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { }
        finally { Interlocked.Decrement(ref open); }
    }

    async ValueTask<LiveChannel> Channel(Guid id, CancellationToken ct)
    {
        var channel = channels.GetOrAdd(id, static key => new(key));
        lock (channel) channel.Begun ??= new(() => Refresh([channel], CancellationToken.None));
        await channel.Begun.Value.WaitAsync(ct);
        return channel;
    }

    static void ComeBack(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "30";
    }

    void End()
    {
        Volatile.Write(ref ended, true);
        foreach (var channel in channels.Values) channel.End(Farewells);
    }
}
