using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// Drains the units of work that wait at this moment into one transaction, again and again, on a connection of its own. At low load a
/// batch is one unit and nothing is delayed; under load the cost of a commit is shared. Two committers hide each other's fsync.
/// </summary>
sealed class Committer(EventStore store, Channel<UnitOfWork> queue, NpgsqlDataSource source, StoredTypes types, TimeProvider clock, ILogger log, int unitsPerCommit)
{
    const int MaxTries = 5;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8); // below the ten seconds that a request may take (reliability.md I15)

    readonly List<UnitOfWork> taken = [];
    readonly HashSet<Guid> streams = [];
    List<UnitOfWork> waiting = []; // came while a unit on the same stream was in the batch: first in the next one
    List<UnitOfWork> held = [];
    CommitBatch? batch;

    public async Task Run(CancellationToken ct)
    {
        while (waiting.Count > 0 || await More(ct))
        {
            Take();
            if (taken.Count == 0) continue;
            var units = taken.ToArray();
            try { await Commit(units, ct); }
            catch (Exception e) { Fail(units, e); }
        }
        if (batch is not null) await batch.Connection.DisposeAsync();
    }

    async ValueTask<bool> More(CancellationToken ct)
    {
        try { return await queue.Reader.WaitToReadAsync(ct); }
        catch (OperationCanceledException) { return false; }
    }

    void Take()
    {
        taken.Clear();
        held.Clear();
        streams.Clear();
        foreach (var unit in waiting) Place(unit);
        while (taken.Count < unitsPerCommit && queue.Reader.TryRead(out var unit)) Place(unit);
        (waiting, held) = (held, waiting);
    }

    void Place(UnitOfWork unit)
    {
        // A unit with SQL of its own needs a transaction of its own.
        var free = taken.Count < unitsPerCommit && (taken.Count == 0 || (unit.Statements.Count == 0 && taken[0].Statements.Count == 0));
        if (free) foreach (var a in unit.Appends) free &= !streams.Contains(a.Stream);
        if (free) foreach (var a in unit.Appends) streams.Add(a.Stream);
        (free ? taken : held).Add(unit);
    }

    async Task Commit(IReadOnlyList<UnitOfWork> units, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        for (var tries = 1; units.Count > 0; tries++)
        {
            try
            {
                batch ??= await Open(began);
                var results = units[0].Statements.Count > 0 ? await Alone(batch, units[0]) : await batch.Execute(units, null, CancellationToken.None);
                Answer(units, results);
                return;
            }
            // The transaction is undone. Alone, each unit fails or succeeds for itself, so only the guilty one fails.
            catch (PostgresException e) when (units.Count > 1 && !IsConnectionEnd(e))
            {
                foreach (var unit in units) await Commit([unit], ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                Answer(units, [Violated(units[0], e)]);
                return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && tries < MaxTries) { await Pause(tries); }
            catch (PostgresException e) when (!IsConnectionEnd(e))
            {
                Fail(units, e);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException or InvalidOperationException)
            {
                log.LogWarning("Connection lost in a commit of {Units} units: {Reason}", units.Count, e.Message);
                units = await Unwritten(units, began);
            }
        }
    }

    /// <summary>After a lost connection: answer what was written before it was cut; what was not comes back and is tried again.</summary>
    async Task<IReadOnlyList<UnitOfWork>> Unwritten(IReadOnlyList<UnitOfWork> units, long began)
    {
        var lost = batch;
        batch = null;
        if (lost is null) { await Pause(3); return Stopwatch.GetElapsedTime(began) < Patience ? units : throw Unavailable(began); }
        await lost.Connection.DisposeAsync();
        for (var tries = 1; ; tries++)
        {
            try
            {
                batch = await Open(began);
                return await NotCommitted(units, lost.Backend, batch.Connection);
            }
            // Cut again while asking: what is not known yet is asked again.
            catch (Exception e) when (e is NpgsqlException or IOException && Stopwatch.GetElapsedTime(began) < Patience)
            {
                if (batch is not null) await batch.Connection.DisposeAsync();
                batch = null;
                await Pause(tries);
            }
        }
    }

    async Task<IReadOnlyList<UnitOfWork>> NotCommitted(IReadOnlyList<UnitOfWork> units, int backend, NpgsqlConnection connection)
    {
        await CommitInquiry.AwaitEndOf(backend, connection, Patience, CancellationToken.None);
        var open = new List<UnitOfWork>();
        foreach (var unit in units)
        {
            if (unit.Done.Task.IsCompleted) continue; // answered when it was asked about before
            if (await CommitInquiry.IsCommitted(unit, connection, CancellationToken.None)) Answer([unit], [CommitResult.Committed]);
            else open.Add(unit);
        }
        return open;
    }

    async Task<CommitBatch> Open(long began)
    {
        for (var tries = 1; ; tries++)
        {
            try { return new(await WithSteadyPlans(await source.OpenConnectionAsync()), types, clock); }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException && Stopwatch.GetElapsedTime(began) < Patience) { await Pause(tries); }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException) { throw Unavailable(began, e); }
        }
    }

    /// <summary>
    /// A commit looks up a few dozen rows by key. A plan made while a table was empty, or by an estimate for another batch, would read whole tables and is kept for as long as
    /// the connection lives: so none but lookups are allowed here.
    /// </summary>
    static async Task<NpgsqlConnection> WithSteadyPlans(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    async Task<CommitResult[]> Alone(CommitBatch batch, UnitOfWork unit)
    {
        await using var transaction = await batch.Connection.BeginTransactionAsync();
        var results = await batch.Execute([unit], transaction, CancellationToken.None);
        if (results[0].Kind != CommitKind.Committed) { await transaction.RollbackAsync(); return results; }
        foreach (var statement in unit.Statements)
        {
            await using var command = new NpgsqlCommand(statement.Sql, batch.Connection, transaction);
            Sql.Bind(command.Parameters, statement.Values);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        return results;
    }

    void Answer(IReadOnlyList<UnitOfWork> units, CommitResult[] results)
    {
        store.Metrics.Count(units.Count);
        for (var i = 0; i < units.Count; i++)
        {
            if (results[i].Kind == CommitKind.Committed) store.Announce(units[i]);
            units[i].Done.TrySetResult(results[i]);
        }
    }

    static void Fail(IReadOnlyList<UnitOfWork> units, Exception e)
    {
        foreach (var unit in units) unit.Done.TrySetException(e);
    }

    static CommitResult Violated(UnitOfWork unit, PostgresException e) => e.TableName switch
    {
        "inbox" => new(CommitKind.Duplicate, []),
        "streams" or "events" => new(CommitKind.Stale, [.. unit.Appends.Select(a => a.Stream)]),
        _ => throw e,
    };

    static bool IsConnectionEnd(PostgresException e) => e.SqlState.StartsWith("57P", StringComparison.Ordinal) || e.SqlState.StartsWith("08", StringComparison.Ordinal);
    static StoreUnavailableException Unavailable(long began, Exception? inner = null) => new($"The database did not answer for {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s.", inner);
    static Task Pause(int tries) => Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 20 << Math.Min(tries, 5))));
}
