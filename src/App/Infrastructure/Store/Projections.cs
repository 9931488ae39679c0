using App.Infrastructure.Messaging;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// Keeps every projection following the log: one batch at a time per projection over all replicas (the row of its position is the lock). A projection that fails stops
/// by itself, says so and is tried again; sales go on.
/// </summary>
public sealed class Projections(EventStore store, IEnumerable<IProjection> projections, [FromKeyedServices("reads")] NpgsqlDataSource source, ILogger<Projections> log) : BackgroundService, ILogFollower
{
    const int BatchSize = 1000;
    const int RebuildBatch = 10_000;
    readonly LogReader reader = new(store.Types);
    readonly SemaphoreSlim grown = new(1, 1);
    string head = "", readTo = "";

    public IReadOnlyList<IProjection> All { get; } = [.. projections];

    void ILogFollower.Grown(string newHead)
    {
        head = newHead;
        if (newHead != readTo) Signal();
    }

    void Signal()
    {
        if (grown.CurrentCount == 0) try { grown.Release(); } catch (SemaphoreFullException) { }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (All.Count == 0) return;
        store.Committed += unit => { if (unit.Facts.Count > 0) Signal(); };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grown.WaitAsync(stoppingToken);
                // Under load many commits are one batch here: a reader that is a quarter of a second behind costs a tenth of one that is not.
                await Task.Delay(250, stoppingToken);
                var (end, safe) = (head, await SafeUpTo(stoppingToken));
                // Only when nothing still running could lie before the head has all of it been read.
                if (!await CatchUp(stoppingToken) && end.Length > 0 && ulong.Parse(end.AsSpan(0, end.IndexOf('/')), System.Globalization.CultureInfo.InvariantCulture) < safe) readTo = end;
            }
            catch (OperationCanceledException) { }
        }
    }

    async Task<ulong> SafeUpTo(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
        return (ulong)(long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Reads on until the end of the log. True: something failed, so look again.</summary>
    public async Task<bool> CatchUp(CancellationToken ct)
    {
        var again = false;
        foreach (var projection in All)
        {
            try { while (await Step(projection, ct)) { } }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                again = true;
                log.LogError("Projection {Projection} stopped: {Reason}", projection.Name, e.Message);
                await Task.Delay(1000, ct);
            }
        }
        return again;
    }

    /// <summary>One batch. False: nothing more to read now, or another replica is reading.</summary>
    async Task<bool> Step(IProjection projection, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        if (await Position(projection.Name, db, ct) is not { } position) return false;
        var names = projection.Hears.Select(t => store.Types.Of(StoredKind.Fact, t).Name).ToArray();
        var (facts, next, more) = await reader.Read(db, position, names, BatchSize, ct);
        if (next == position) return false;
        if (facts.Count > 0) await projection.Apply(facts, t => t, db, ct);
        await using var command = new NpgsqlCommand("update projections set xid = $2::text::xid8, seq = $3, facts = facts + $4 where name = $1", db);
        Sql.Bind(command.Parameters, [projection.Name, next.Xid.ToString(System.Globalization.CultureInfo.InvariantCulture), next.Seq, facts.Count]);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return more;
    }

    /// <summary>Reads the whole log into new tables beside the live ones and swaps them in one transaction; readers never see half. Returns the facts read. Null: no such projection.</summary>
    public async Task<long?> Rebuild(string name, CancellationToken ct)
    {
        if (All.FirstOrDefault(p => p.Name == name) is not { } projection) return null;
        await using var db = await source.OpenConnectionAsync(ct);
        var names = projection.Hears.Select(t => store.Types.Of(StoredKind.Fact, t).Name).ToArray();
        foreach (var table in projection.Tables) await Do(db, $"drop table if exists {Shadow(table)}; create table {Shadow(table)} (like {table} including all)", ct);
        var (position, read) = (new LogPosition(), 0L);
        for (var more = true; more;) more = await Fill();
        await using var transaction = await db.BeginTransactionAsync(ct);
        await Do(db, $"insert into projections (name) values ('{name}') on conflict do nothing; select from projections where name = '{name}' for update", ct);
        while (await Fill()) { }
        foreach (var table in projection.Tables) await Do(db, $"drop table {table}; alter table {Shadow(table)} rename to {table}", ct);
        await using (var command = new NpgsqlCommand("update projections set xid = $2::text::xid8, seq = $3, facts = $4, generation = generation + 1 where name = $1", db))
        {
            Sql.Bind(command.Parameters, [name, position.Xid.ToString(System.Globalization.CultureInfo.InvariantCulture), position.Seq, read]);
            await command.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return read;

        async Task<bool> Fill()
        {
            var (facts, next, more) = await reader.Read(db, position, names, RebuildBatch, ct);
            if (facts.Count > 0) await projection.Apply(facts, Shadow, db, ct);
            (position, read) = (next, read + facts.Count);
            return more;
        }
    }

    static string Shadow(string table) => table + "_rebuild";

    static async Task Do(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task<LogPosition?> Position(string name, NpgsqlConnection db, CancellationToken ct)
    {
        await using (var add = new NpgsqlCommand("insert into projections (name) select $1 where not exists (select from projections where name = $1) on conflict do nothing", db))
        {
            Sql.Bind(add.Parameters, [name]);
            await add.ExecuteNonQueryAsync(ct);
        }
        await using var command = new NpgsqlCommand("select xid::text::bigint, seq from projections where name = $1 for update skip locked", db);
        Sql.Bind(command.Parameters, [name]);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new((ulong)row.GetInt64(0), row.GetInt64(1)) : null;
    }
}
