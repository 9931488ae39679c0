using System.Collections.Immutable;
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
    readonly LogReader reader = new(store.Types);
    readonly SemaphoreSlim grown = new(1, 1);
    ImmutableHashSet<IProjection> together = [];
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
        await TogetherOn(ct);
        foreach (var projection in All)
        {
            if (together.Contains(projection)) continue;
            try
            {
                while (await Step([projection], ct)) { }
                ImmutableInterlocked.Update(ref together, (set, p) => set.Add(p), projection);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                again = true;
                log.LogError("Projection {Projection} stopped: {Reason}", projection.Name, e.Message);
                await Task.Delay(1000, ct);
            }
        }
        return again;
    }

    /// <summary>Those that had read to the end read on as one: the log is read once for all of them. When one fails, each goes alone, so that only the guilty one stops.</summary>
    async Task TogetherOn(CancellationToken ct)
    {
        var group = together;
        if (group.Count < 2) { together = []; return; }
        try { while (await Step([.. group], ct)) { } }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Projections go on one by one: {Reason}", e.Message);
            together = [];
        }
    }

    /// <summary>One batch for projections that stand near each other. False: nothing more to read now, or another replica is reading.</summary>
    async Task<bool> Step(IReadOnlyList<IProjection> group, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        var positions = await Positions(group, db, ct);
        if (positions.Count == 0) return false;
        var from = positions.Values.MinBy(p => (p.Xid, p.Seq));
        var (facts, next, more) = await reader.Read(db, from, [.. positions.Keys.SelectMany(p => p.Hears).Distinct().Select(NameOf)], BatchSize, ct);
        if (next == from) return false;
        var counts = new List<int>();
        foreach (var (projection, at) in positions)
        {
            var heard = positions.Count == 1 ? facts : facts.FindAll(f => f.Position.IsAfter(at) && projection.Hears.Contains(f.Fact.GetType()));
            if (heard.Count > 0) await projection.Apply(heard, t => t, db, ct);
            counts.Add(heard.Count);
        }
        await using var command = new NpgsqlCommand("""
            update projections p set (xid, seq) = (select * from (values (p.xid, p.seq), ($3::text::xid8, $4)) v(xid, seq) order by xid desc, seq desc limit 1), facts = facts + w.read
            from unnest($1, $2) w(name, read) where p.name = w.name
            """, db);
        Sql.Bind(command.Parameters, [positions.Keys.Select(p => p.Name).ToArray(), counts.ToArray(), next.Xid.ToString(System.Globalization.CultureInfo.InvariantCulture), next.Seq]);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return more;
    }

    string NameOf(Type fact) => store.Types.Of(StoredKind.Fact, fact).Name;

    /// <summary>Reads the whole log into new tables beside the live ones and swaps them. Returns the facts read. Null: no such projection.</summary>
    public async Task<long?> Rebuild(string name, CancellationToken ct) =>
        All.FirstOrDefault(p => p.Name == name) is { } projection ? await new ProjectionRebuild(projection, [.. projection.Hears.Select(NameOf)], reader, source).Run(ct) : null;

    /// <summary>Where those stand that no other replica is moving; held until the transaction ends. One met for the first time stands at the beginning.</summary>
    static async Task<Dictionary<IProjection, LogPosition>> Positions(IReadOnlyList<IProjection> group, NpgsqlConnection db, CancellationToken ct)
    {
        var (names, found) = (group.Select(p => p.Name).ToArray(), new Dictionary<IProjection, LogPosition>());
        await using var command = new NpgsqlCommand("select name, xid::text::bigint, seq from projections where name = any($1) order by name for update skip locked", db);
        Sql.Bind(command.Parameters, [names]);
        await using (var row = await command.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) found[group.First(p => p.Name == row.GetString(0))] = new((ulong)row.GetInt64(1), row.GetInt64(2));
        if (found.Count == group.Count) return found;
        await using var add = new NpgsqlCommand("insert into projections (name) select * from unnest($1) on conflict do nothing returning name", db);
        Sql.Bind(add.Parameters, [names]);
        await using var added = await add.ExecuteReaderAsync(ct);
        while (await added.ReadAsync(ct)) found[group.First(p => p.Name == added.GetString(0))] = default;
        return found;
    }
}
