using System.Diagnostics;
using System.Threading.Channels;
using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>
/// Works off one lane. At least once: a handler completes its message in the transaction of its own work, so only effects on the outside need a key.
/// The try is counted before the work, so a message that kills the process is not retried for ever. Retries back off with jitter, then the message
/// is a dead letter that a person can look at, retry or drop: after ten tries, or after a day when all that is wrong is that somebody outside can't be reached (<see cref="UnavailableException"/>). A claim ends by itself: a worker that dies leaves nothing to clean up.
/// </summary>
sealed class Worker(short lane, WorkerOptions options, EventStore store, HandlerRegistry handlers, MessageClaims claims, IServiceProvider services, ILogger log)
{
    readonly Channel<Message> ready = Channel.CreateUnbounded<Message>();
    readonly SemaphoreSlim wake = new(0, 1);
    int waiting, open; // open: what waits, what is under way, and a look for more

    public short Lane => lane;

    /// <summary>Nothing in hand and nothing under way.</summary>
    public bool IsIdle => Volatile.Read(ref open) == 0;

    public void Take(Message message)
    {
        Interlocked.Increment(ref open);
        Interlocked.Increment(ref waiting);
        ready.Writer.TryWrite(message);
    }

    /// <summary>Something is due in the table.</summary>
    public void Wake()
    {
        if (wake.CurrentCount == 0) try { wake.Release(); } catch (SemaphoreFullException) { }
    }

    public Task Run(CancellationToken ct) => Task.WhenAll([Claim(ct), .. Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(() => Work(ct), CancellationToken.None))]);

    async Task Claim(CancellationToken ct)
    {
        while (await Waited(ct))
        {
            try
            {
                int found;
                do
                {
                    // No more than can be worked off within the claim.
                    var room = options.Concurrency * 4 - Volatile.Read(ref waiting);
                    if (room <= 0) { await Task.Delay(20, ct); found = room = 1; continue; }
                    found = await TakeDue(Math.Min(room, 200), ct);
                } while (found > 0 && !ct.IsCancellationRequested);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Claiming messages of lane {Lane} failed: {Reason}", lane, e.Message);
                await Task.Delay(500, CancellationToken.None);
            }
            catch (OperationCanceledException) { }
        }
    }

    /// <summary>Counted as open from before the rows are ours until they are in hand, so that nobody takes this lane for idle in between.</summary>
    async Task<int> TakeDue(int most, CancellationToken ct)
    {
        Interlocked.Increment(ref open);
        try
        {
            var due = await claims.Claim(lane, options.Claim, most, ct);
            foreach (var message in due) Take(message);
            return due.Count;
        }
        finally { Interlocked.Decrement(ref open); }
    }

    async Task<bool> Waited(CancellationToken ct)
    {
        try { await wake.WaitAsync(ct); return true; }
        catch (OperationCanceledException) { return false; }
    }

    async Task Work(CancellationToken ct)
    {
        while (true)
        {
            try { if (!await ready.Reader.WaitToReadAsync(ct)) return; }
            catch (OperationCanceledException) { return; } // what is in hand is given up: its claim ends, another takes it
            if (!ready.Reader.TryRead(out var message)) continue;
            Interlocked.Decrement(ref waiting);
            try { await Handle(message, CancellationToken.None); }
            finally { Interlocked.Decrement(ref open); }
        }
    }

    internal async Task Handle(Message message, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(options.Claim - TimeSpan.FromSeconds(Math.Min(5, options.Claim.TotalSeconds / 4)));
            await Perform(message, limit.Token);
        }
        catch (Exception e)
        {
            try { await claims.Failed(message, e, Stopwatch.GetElapsedTime(began), options, ct); }
            catch (Exception again) { log.LogWarning("Message {Message} failed and could not be given back, its claim will end: {Reason}", message.Id, again.Message); }
        }
    }

    async Task Perform(Message message, CancellationToken ct)
    {
        claims.RefuseWhatNeverEnds(message, options);
        var body = HandlerRegistry.Read(message, store.Types);
        if (body is null || handlers.Find(message.Handler, body.GetType()) is not { } handler)
            throw new InvalidOperationException($"No handler for {message.Type}{(message.Handler is null ? "" : " by " + message.Handler)}: an older or newer version wrote it.");
        await using var turn = claims.IsJob(message) ? await claims.Turn(message, ct) : null;
        if (turn is null && claims.IsJob(message)) { await claims.Postpone(message, ct); return; }
        var began = Stopwatch.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var db = new DocumentSession(store, handlers, new Cause("system", message.Id), fresh: tries > 1);
            db.Unit.Completed.Add(new(message.Id, message.Attempts));
            try
            {
                await handler.Call(body, db, services, ct);
                if (message.Key is not null) await claims.AfterJob(message, body, Stopwatch.GetElapsedTime(began), db);
                await db.SaveChangesAsync(services, ct);
                return;
            }
            catch (ConcurrencyException e) when (e.Streams.Contains(message.Id)) { return; } // another worker has it now
            catch (ConcurrencyException) when (tries < 8) { await Task.Delay(Random.Shared.Next(1, 4 << Math.Min(tries, 5)), ct); }
            catch (Refused) when (db.UsedMemory && tries < 8) { }
        }
    }
}

/// <param name="Claim">How long a message is one worker's before another may take it; must outlast the slowest handler.</param>
/// <param name="Patience">How long a message waits for somebody outside who can't be reached.</param>
/// <param name="MaxTries">How often anything else may go wrong.</param>
sealed record WorkerOptions(int Concurrency, TimeSpan Claim, TimeSpan Patience, int MaxTries = 10);
