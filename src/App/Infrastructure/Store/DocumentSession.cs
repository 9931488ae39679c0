using App.Infrastructure.Messaging;

namespace App.Infrastructure.Store;

/// <summary>
/// One unit of work: streams fetched for writing, documents, messages. Whoever called the handler saves it; the handler never does.
/// Facts that some handler hears are published with the commit. Not for use by two threads at once.
/// </summary>
public sealed class DocumentSession : QuerySession
{
    readonly HandlerRegistry handlers;
    readonly bool fresh;
    readonly Dictionary<Guid, IFetchedStream> streams = [];
    readonly HashSet<Guid> recalled = [];
    readonly UnitOfWork unit;
    (IHotStream Stream, Func<object, DateTimeOffset, Decision> Decide)? hot;
    Action<Decision>? remember;

    internal DocumentSession(EventStore store, HandlerRegistry handlers, Cause cause, bool fresh = false) : base(store)
    {
        (this.handlers, this.fresh) = (handlers, fresh);
        unit = new UnitOfWork(Ids.New(store.Clock.GetUtcNow()), cause);
        Outbox = new Outbox(this);
    }

    public Outbox Outbox { get; }
    public Cause Cause => unit.Cause;
    internal UnitOfWork Unit => unit;
    internal HandlerRegistry Handlers => handlers;
    internal EventStore Source => Events;

    /// <summary>True when a remembered state was read: enough to act on, not enough to refuse on.</summary>
    internal bool UsedMemory => recalled.Count > 0;

    /// <summary>Folds the stream and remembers its version: saving fails with <see cref="ConcurrencyException"/> when somebody else appends first.</summary>
    public async ValueTask<EventStream<T>> FetchForWriting<T>(Guid id, CancellationToken ct) where T : class, IEventSourced<T>
    {
        if (streams.TryGetValue(id, out var known)) return (EventStream<T>)known;
        var (state, version, remembered) = await Events.Fold<T>(id, fresh ? Recall.None : Recall.Any, ct);
        if (remembered) recalled.Add(id);
        var stream = new EventStream<T>(id, state, version);
        streams[id] = stream;
        return stream;
    }

    /// <summary>A stream that can't exist yet, since its id was made just now: nothing is read.</summary>
    public EventStream<T> StartStream<T>(Guid id) where T : class, IEventSourced<T>
    {
        var stream = new EventStream<T>(id, T.Empty, 0);
        streams.Add(id, stream);
        return stream;
    }

    /// <summary>A new stream that begins with what follows from the hot aggregate's decision (which seats it chose); its facts are made anew each time that is decided. Nobody hears them inline.</summary>
    public void StartWith<T>(Guid id, Func<Decision, IReadOnlyList<object>> facts) where T : class, IEventSourced<T>
    {
        unit.Following.Add(new(id, typeof(T).Name.ToLowerInvariant(), facts));
        remember = decision => { var begun = facts(decision); Events.Remember(id, begun.Aggregate(T.Empty, T.Evolve), begun.Count); };
    }

    public void Store<T>(T document) where T : class
    {
        var type = Events.Types.Of(StoredKind.Document, typeof(T));
        unit.Documents.Add(new(type, type.Id!(document), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, type.Json)));
    }

    public void Delete<T>(Guid id) where T : class => unit.Documents.Add(new(Events.Types.Of(StoredKind.Document, typeof(T)), id, null));

    /// <summary>SQL of a read model, run in the commit. Costs the unit its place in a shared transaction: not for hot paths.</summary>
    public Task Execute(string sql, CancellationToken ct, params object?[] values)
    {
        ct.ThrowIfCancellationRequested();
        unit.Statements.Add(new(sql, values));
        return Task.CompletedTask;
    }

    /// <summary>The first use of a key from outside (a provider's event id). Saving throws <see cref="DuplicateException"/> when it came before.</summary>
    public void Receive(string key) => unit.Inbox.Add(key);

    /// <summary>Commits this unit together with a decision of a hot aggregate: both or neither. Refused: saving throws <see cref="Refused"/>.</summary>
    public void Decide<T>(HotStream<T> stream, Func<T, DateTimeOffset, Decision> decide) where T : class, IEventSourced<T> =>
        hot = hot is null ? (stream, (state, now) => decide((T)state, now)) : throw new InvalidOperationException("A unit of work rides with one hot aggregate.");

    internal async Task SaveChangesAsync(IServiceProvider services, CancellationToken ct)
    {
        await RunInline(services, ct);
        await CheckWhatWasOnlyRead(ct);
        Collect();
        if (hot is { } h) await SaveWith(h.Stream, h.Decide, ct);
        else if (!unit.IsEmpty) Check(await Events.Commit(unit));
        foreach (var stream in streams.Values)
            if (stream.Appended.Count > 0) Events.Remember(stream.Id, stream.NewState, stream.Version + stream.Appended.Count);
    }

    async Task SaveWith(IHotStream stream, Func<object, DateTimeOffset, Decision> decide, CancellationToken ct)
    {
        var (decision, result) = await stream.Send(decide, unit, ct);
        if (result is { } lost) Check(lost);
        if (!decision.Accepted) throw new Refused(decision.Refusal!, decision.Arguments);
        remember?.Invoke(decision);
    }

    /// <summary>Facts that must have their effect with them; what an effect appends may have effects too.</summary>
    async Task RunInline(IServiceProvider services, CancellationToken ct)
    {
        var heard = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var found = true; found;)
        {
            found = false;
            foreach (var fact in streams.Values.SelectMany(s => s.Appended).Where(f => handlers.Inline(f.GetType()).Length > 0).ToArray())
            {
                if (!heard.Add(fact)) continue;
                found = true;
                foreach (var handler in handlers.Inline(fact.GetType())) await handler.Call(fact, this, services, ct);
            }
        }
    }

    /// <summary>
    /// What is appended to is checked by the commit. A handler that appends nothing ("paid already", "another plan holds") has said no as well, and memory may lag behind what it was called for: behind another process,
    /// or behind the very commit whose message it handles.
    /// </summary>
    async Task CheckWhatWasOnlyRead(CancellationToken ct)
    {
        foreach (var id in recalled)
        {
            if (streams[id].Appended.Count > 0 || await Events.Version(id, ct) == streams[id].Version) continue;
            Events.Forget(id);
            throw new ConcurrencyException([id], $"Version {streams[id].Version} of stream {id} was remembered, and is not the newest.");
        }
    }

    void Collect()
    {
        foreach (var stream in streams.Values)
        {
            if (stream.Appended.Count == 0) continue;
            unit.Append(stream.Id, stream.StateType.Name.ToLowerInvariant(), stream.Version, stream.Appended, Events.Types);
            for (var i = 0; i < stream.Appended.Count; i++) handlers.Publish(unit, stream.Id, stream.Version + 1 + i, stream.Appended[i], Events);
        }
    }

    void Check(CommitResult result)
    {
        if (result.Kind == CommitKind.Committed) return;
        Events.Metrics.Lost();
        if (result.Kind == CommitKind.Duplicate) throw new DuplicateException($"{string.Join(", ", unit.Inbox)} came before.");
        Events.Forget(unit.Appends.Select(a => a.Stream));
        throw new ConcurrencyException(result.Streams, result.Kind == CommitKind.LostClaim
            ? $"The claim on message {string.Join(", ", unit.Completed.Select(c => c.Message))} was lost: another worker has it."
            : $"Expected {string.Join(", ", unit.Appends.Where(a => result.Streams.Contains(a.Stream)).Select(a => $"{a.Type} {a.Stream} at version {a.Expected}"))}; somebody was faster.");
    }
}
