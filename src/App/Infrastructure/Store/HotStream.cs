using System.Threading.Channels;

namespace App.Infrastructure.Store;

interface IHotStream
{
    Guid Id { get; }
    int Version { get; }
    Task<(Decision Decision, CommitResult? Lost)> Send(Func<object, DateTimeOffset, Decision> decide, UnitOfWork? rider, CancellationToken ct);
    void Wake();
}

/// <summary>
/// One much-wanted stream, kept in memory and decided in batches: all waiting commands in order against the state in memory, their facts and their riders in one commit.
/// No lock and no leader: the version check in the database is the fence, so a rival or a process that was paused can never win as well. State is immutable, so a lost
/// race only drops the tentative one. A refusal is as sure as a sale: it is answered only when the version it was decided on is known to be the newest.
/// </summary>
public sealed class HotStream<T> : IHotStream where T : class, IEventSourced<T>
{
    sealed record Command(Func<T, DateTimeOffset, Decision> Decide, UnitOfWork? Rider, TaskCompletionSource<(Decision, CommitResult?)> Done)
    {
        public Decision Decision { get; set; }

        /// <summary>Not in this batch: its rider clashes with an earlier one's.</summary>
        public bool Waits { get; set; }
    }

    const int MaxCommands = 512;

    readonly Channel<Command> queue = Channel.CreateBounded<Command>(16_384);
    readonly EventStore store;
    readonly Messaging.HandlerRegistry handlers;
    readonly Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping;
    readonly ILogger log;
    readonly Task running;
    readonly SnapshotPace pace;
    int version, waking;
    volatile T state = T.Empty;

    HotStream(Guid id, EventStore store, Messaging.HandlerRegistry handlers, Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping, ILogger log, (T State, int Version) start, SnapshotPace pace, CancellationToken stopping)
    {
        (Id, this.store, this.handlers, this.housekeeping, this.log, this.pace) = (id, store, handlers, housekeeping, log, pace);
        (state, version) = start;
        running = Task.Run(() => Run(stopping), CancellationToken.None);
    }

    internal static async Task<HotStream<T>> Start(Guid id, EventStore store, Messaging.HandlerRegistry handlers, Func<T, DateTimeOffset, IReadOnlyList<object>> housekeeping, ILogger log, CancellationToken stopping)
    {
        var snapshot = await store.Snapshot<T>(id, CancellationToken.None);
        return new(id, store, handlers, housekeeping, log, await store.ReadOn(id, snapshot, CancellationToken.None), new(snapshot.Version), stopping);
    }

    public Guid Id { get; }
    public int Version => Volatile.Read(ref version);

    /// <summary>As of the last batch of this process or the last look at the log (at most about a second old).</summary>
    public T State => state;

    internal Task Running => running;

    async Task<(Decision, CommitResult?)> IHotStream.Send(Func<object, DateTimeOffset, Decision> decide, UnitOfWork? rider, CancellationToken ct)
    {
        var command = new Command((s, now) => decide(s, now), rider, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(command, ct);
        return await command.Done.Task; // not cancelled: once queued, the outcome must be known
    }

    /// <summary>Look at the log: a rival has written, or the clock has made something due.</summary>
    void IHotStream.Wake()
    {
        if (Interlocked.Exchange(ref waking, 1) == 1) return;
        if (!queue.Writer.TryWrite(new Command((_, _) => Decision.Accept(), null, new(TaskCreationOptions.RunContinuationsAsynchronously)))) Volatile.Write(ref waking, 0);
    }

    /// <summary>Looks at the log now, for who knows that there is more. What can't be read is left for the next look.</summary>
    internal async Task Look()
    {
        Interlocked.Exchange(ref waking, 1);
        var look = new Command((_, _) => Decision.Accept(), null, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(look);
        await Task.WhenAny(look.Done.Task, running);
    }

    /// <summary>True when housekeeping has something to do, so that an idle process does it too.</summary>
    internal bool HasHousekeeping(DateTimeOffset now) => housekeeping(state, now).Count > 0;

    async Task Run(CancellationToken stopping)
    {
        var commands = new List<Command>();
        while (await More(stopping))
        {
            commands.Clear();
            while (commands.Count < MaxCommands && queue.Reader.TryRead(out var c)) commands.Add(c);
            if (Interlocked.Exchange(ref waking, 0) == 1) await TryCatchUp();
            try { while (commands.Count > 0 && !await Attempt(commands)) { } }
            catch (Exception e) { foreach (var c in commands) c.Done.TrySetException(e); await TryCatchUp(); }
        }
        while (queue.Reader.TryRead(out var c)) c.Done.TrySetException(new StoreUnavailableException("Stopping."));
    }

    async ValueTask<bool> More(CancellationToken stopping)
    {
        try { return await queue.Reader.WaitToReadAsync(stopping); }
        catch (OperationCanceledException) { return false; }
    }

    async Task TryCatchUp()
    {
        try { await CatchUp(); }
        catch (Exception e) { log.LogWarning("Hot stream {Stream} could not read on: {Reason}", Id, e.Message); }
    }

    async Task CatchUp() => (state, version) = await store.ReadOn(Id, (state, version), CancellationToken.None);

    /// <summary>True when every command of the list is answered. False: a race was lost, decide again.</summary>
    async Task<bool> Attempt(List<Command> commands)
    {
        var (unit, facts, next) = Decide(commands);
        unit.Append(Id, typeof(T).Name.ToLowerInvariant(), version, facts, store.Types);
        for (var i = 0; i < facts.Count; i++) handlers.Publish(unit, Id, version + 1 + i, facts[i], store);

        // A commit proves that every answer of this batch, each "no" too, was decided on the newest state. Without a commit: ask.
        CommitResult result;
        if (!unit.IsEmpty) result = await store.Commit(unit);
        else result = commands.Exists(c => !c.Waits && !c.Decision.Accepted) && await store.Version(Id, CancellationToken.None) != version ? new(CommitKind.Stale, [Id]) : CommitResult.Committed;
        if (result.Kind != CommitKind.Committed) { await Lost(commands, result); return false; }

        (state, version) = (next, version + facts.Count);
        foreach (var c in commands) if (!c.Waits) c.Done.TrySetResult((c.Decision, null));
        commands.RemoveAll(c => !c.Waits);
        if (pace.IsDue(version)) _ = Snapshot(next, version);
        return commands.Count == 0;
    }

    (UnitOfWork Unit, List<object> Facts, T Next) Decide(List<Command> commands)
    {
        var now = store.Clock.GetUtcNow();
        var unit = new UnitOfWork(Ids.New(now), Cause.System) { Hot = Id };
        var (next, facts) = (state, new List<object>());
        var (streams, keys) = (new HashSet<Guid>(), new HashSet<string>(StringComparer.Ordinal));
        Record(housekeeping(next, now));
        foreach (var c in commands)
        {
            // Two of one order, or one delivery twice, can't be written together: the later one finds the first's commit and loses its own race.
            c.Waits = c.Rider is { } rider && (rider.Appends.Exists(a => streams.Contains(a.Stream)) || rider.Inbox.Exists(keys.Contains));
            if (c.Waits) continue;
            try { c.Decision = c.Decide(next, now); }
            catch (Exception e) { c.Done.TrySetException(e); continue; }
            if (c.Decision.Facts is not { } decided) continue;
            Record(decided);
            if (c.Rider is null) continue;
            unit.Include(c.Rider, c.Decision, store.Types);
            foreach (var a in c.Rider.Appends) streams.Add(a.Stream);
            foreach (var key in c.Rider.Inbox) keys.Add(key);
        }
        commands.RemoveAll(c => c.Done.Task.IsCompleted);
        return (unit, facts, next);

        void Record(IReadOnlyList<object> more)
        {
            foreach (var fact in more) { next = T.Evolve(next, fact); facts.Add(fact); }
        }
    }

    /// <summary>A rider that lost its own race leaves; the others go again on what the log says now.</summary>
    async Task Lost(List<Command> commands, CommitResult result)
    {
        store.Metrics.Lost();
        if (result.Kind == CommitKind.Stale && result.Streams.Contains(Id)) await CatchUp();
        foreach (var c in commands)
            if (c.Rider is { } rider && await HasLost(rider, result)) c.Done.TrySetResult((Decision.Accept(), result));
        commands.RemoveAll(c => c.Done.Task.IsCompleted);
    }

    async Task<bool> HasLost(UnitOfWork rider, CommitResult result)
    {
        if (result.Kind == CommitKind.Stale) return rider.Appends.Exists(a => result.Streams.Contains(a.Stream));
        // Whose key or claim it was isn't named for a shared unit: each rider with one is asked.
        foreach (var key in rider.Inbox)
        {
            await using var seen = store.Command("select 1 from inbox where key = $1", key);
            if (await seen.ExecuteScalarAsync() is not null) return true;
        }
        return result.Kind == CommitKind.LostClaim && rider.Completed.Count > 0;
    }

    async Task Snapshot(T at, int v)
    {
        if (store.Types.Find(StoredKind.Snapshot, typeof(T)) is null) return;
        await Task.Yield(); // a big state takes a tenth of a second to put into words: no buyer waits for that
        try { pace.Took(await store.SaveSnapshot(Id, at, v, CancellationToken.None)); }
        catch (Exception e) { log.LogWarning("Snapshot of {Stream} at {Version} failed: {Reason}", Id, v, e.Message); }
    }
}
