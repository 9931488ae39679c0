using System.Threading.Channels;
using App.Infrastructure.Messaging;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// Streams of facts, documents and messages with group commit. Guarantees: a unit of work is atomic; a unit that decided on a stale version is
/// refused and its streams named; nobody is told "done" before the commit is durable. Does not guarantee an order between units.
/// </summary>
public sealed class EventStore : IAsyncDisposable
{
    /// <summary>So long a state of this process's own memory is shown without asking whether another process has written since.</summary>
    static readonly TimeSpan Young = TimeSpan.FromSeconds(1);

    readonly Channel<UnitOfWork> queue = Channel.CreateBounded<UnitOfWork>(8192);
    readonly CancellationTokenSource stopping = new();
    readonly Task[] committers;
    readonly NpgsqlDataSource reads;
    readonly RememberedStreams remembered = new();

    /// <param name="writes">Serves the committers only: a connection each, for good.</param>
    /// <param name="reads">Serves folds and queries.</param>
    /// <param name="unitsPerCommit">How many units of work may share a transaction; 1 only to measure what sharing gains.</param>
    public EventStore(NpgsqlDataSource writes, NpgsqlDataSource reads, StoredTypes types, TimeProvider clock, ILogger<EventStore> log, int committers = 2, int unitsPerCommit = 512)
    {
        (this.reads, Types, Clock) = (reads, types, clock);
        Waits = new(this, log, stopping.Token);
        this.committers = [.. Enumerable.Range(0, committers).Select(_ => Task.Run(() => new Committer(this, queue, writes, types, clock, log, unitsPerCommit).Run(stopping.Token)))];
    }

    public StoredTypes Types { get; }
    public TimeProvider Clock { get; }
    internal NpgsqlDataSource Reads => reads;
    internal StoreMetrics Metrics { get; } = new();
    internal StreamWaits Waits { get; }

    /// <summary>Told of each unit once it is durable, before its caller is.</summary>
    internal event Action<UnitOfWork>? Committed;
    internal void Announce(UnitOfWork unit) => Committed?.Invoke(unit);

    internal async Task<CommitResult> Commit(UnitOfWork unit)
    {
        await queue.Writer.WriteAsync(unit);
        return await unit.Done.Task;
    }

    /// <summary>A stream's state and version: remembered, or folded from its snapshot and the facts after it. Version 0: there is no such stream.</summary>
    /// <param name="recall">What of this process's memory will do.</param>
    internal async ValueTask<(T State, int Version, bool Remembered)> Fold<T>(Guid id, Recall recall, CancellationToken ct) where T : class, IEventSourced<T>
    {
        if (recall != Recall.None && remembered.Find<T>(id) is { } hit)
        {
            if (recall == Recall.Any || hit.Age <= Young) return (hit.State, hit.Version, true);
            if (await Version(id, ct) == hit.Version)
            {
                remembered.Keep(id, hit.State, hit.Version);
                return (hit.State, hit.Version, true);
            }
        }
        var (state, version) = await ReadOn(id, await Snapshot<T>(id, ct), ct);
        return (state, version, false);
    }

    /// <summary>What became of a state that is as of a version.</summary>
    internal async Task<(T State, int Version)> ReadOn<T>(Guid id, (T State, int Version) from, CancellationToken ct) where T : class, IEventSourced<T>
    {
        await foreach (var (v, fact) in ReadStream(id, from.Version, ct)) from = (fact is null ? from.State : T.Evolve(from.State, fact), v);
        return from;
    }

    internal void Remember(Guid id, object state, int version)
    {
        remembered.Keep(id, state, version);
        Waits.Wake(id);
    }

    internal void Forget(params IEnumerable<Guid> ids) { foreach (var id in ids) remembered.Drop(id); }

    /// <summary>Facts after a version, oldest first. A fact this program doesn't know (written by a newer one) comes as null.</summary>
    public async IAsyncEnumerable<(int Version, object? Fact)> ReadStream(Guid id, int after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var command = Command("select version, type, data from events where stream = $1 and version > $2 order by version", id, after);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) yield return (rows.GetInt32(0), Types.Read(StoredKind.Fact, rows.GetString(1), rows.GetFieldValue<byte[]>(2)));
    }

    internal async Task<int> Version(Guid stream, CancellationToken ct)
    {
        await using var command = Command("select version from streams where id = $1", stream);
        return (int?)await command.ExecuteScalarAsync(ct) ?? 0;
    }

    internal async Task<(T State, int Version)> Snapshot<T>(Guid id, CancellationToken ct) where T : class, IEventSourced<T>
    {
        if (Types.Find(StoredKind.Snapshot, typeof(T)) is not { } type) return (T.Empty, 0);
        await using var command = Command("select version, data from snapshots where stream = $1 and type = $2", id, type.Name);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? ((T)Types.Read(StoredKind.Snapshot, type.Name, rows.GetFieldValue<byte[]>(1))!, rows.GetInt32(0)) : (T.Empty, 0);
    }

    /// <summary>Answers its size in bytes.</summary>
    internal async Task<int> SaveSnapshot(Guid id, object state, int version, CancellationToken ct)
    {
        var (name, data) = Types.Write(StoredKind.Snapshot, state);
        await using var command = Command("insert into snapshots (stream, type, version, data) values ($1, $2, $3, $4::jsonb) on conflict (stream) do update set type = $2, version = $3, data = $4::jsonb where snapshots.version < $3", id, name, version);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = data, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(ct);
        return data.Length;
    }

    internal NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = reads.CreateCommand(sql);
        Sql.Bind(command.Parameters, values);
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        // What is queued is written before we go; a database that doesn't answer ends the wait by its own timeout.
        await Task.WhenAny(Task.WhenAll(committers), Task.Delay(TimeSpan.FromSeconds(10)));
        await stopping.CancelAsync();
        stopping.Dispose();
    }
}

/// <summary>How far a process's own memory of a stream is trusted.</summary>
enum Recall
{
    /// <summary>However old: the commit will check the version.</summary>
    Any,

    /// <summary>To be shown: about a second old, or known to be the newest.</summary>
    Young,

    /// <summary>Not at all.</summary>
    None,
}
