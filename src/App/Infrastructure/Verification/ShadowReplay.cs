using System.Data;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Infrastructure.Verification;

/// <summary>
/// I6: each projection is drawn once more, in tables that only this session sees, from the facts up to where the live one stands, and compared both ways. One snapshot holds the
/// live rows, their place in the log and the facts, so the live one needn't wait.
/// </summary>
sealed class ShadowReplay(EventStore store, Projections projections)
{
    const int BatchSize = 10_000;

    public async Task<IReadOnlyList<string>> Faults(CancellationToken ct)
    {
        await projections.CatchUp(ct);
        var faults = new FaultList();
        foreach (var projection in projections.All) await Compare(projection, faults, ct);
        return faults.ToList();
    }

    async Task Compare(IProjection projection, FaultList faults, CancellationToken ct)
    {
        await using var db = await store.Reads.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var end = await Position(projection.Name, db, ct);
        foreach (var table in projection.Tables) await Do($"create temporary table {Shadow(table)} (like {table} including defaults including generated including indexes) on commit drop", db, ct);
        await Replay(projection, end, db, ct);
        foreach (var table in projection.Tables)
            foreach (var (what, left, right) in new[] { ("only in the live table", table, Shadow(table)), ("only in the replay", Shadow(table), table) })
                if (await Differ(left, right, db, ct) is > 0 and var rows) faults.Add($"{projection.Name}, {table}: {rows} rows {what}");
    }

    async Task Replay(IProjection projection, LogPosition end, NpgsqlConnection db, CancellationToken ct)
    {
        var names = projection.Hears.Select(t => store.Types.Of(StoredKind.Fact, t).Name).ToArray();
        var (position, facts) = (new LogPosition(), new List<LogFact>(BatchSize));
        do
        {
            facts.Clear();
            await using (var command = new NpgsqlCommand("""
                select stream, version, type, data, at, xid::text::bigint, seq from events
                where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4) and type = any($5)
                order by xid, seq limit $6
                """, db) { CommandTimeout = 0 })
            {
                Sql.Bind(command.Parameters, [Text(position.Xid), position.Seq, Text(end.Xid), end.Seq, names, BatchSize]);
                await using var rows = await command.ExecuteReaderAsync(ct);
                while (await rows.ReadAsync(ct))
                {
                    facts.Add(new(rows.GetGuid(0), rows.GetInt32(1), store.Types.Read(StoredKind.Fact, rows.GetString(2), rows.GetFieldValue<byte[]>(3))!, rows.GetFieldValue<DateTimeOffset>(4)));
                    position = new((ulong)rows.GetInt64(5), rows.GetInt64(6));
                }
            }
            if (facts.Count > 0) await projection.Apply(facts, Shadow, db, ct);
        } while (facts.Count == BatchSize);
    }

    /// <summary>The beginning, when nothing that it hears has happened yet.</summary>
    static async Task<LogPosition> Position(string name, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select xid::text::bigint, seq from projections where name = $1", db);
        Sql.Bind(command.Parameters, [name]);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new((ulong)row.GetInt64(0), row.GetInt64(1)) : default;
    }

    static async Task<long> Differ(string left, string right, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select count(*) from (select * from {left} except select * from {right}) d", db) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    static async Task Do(string sql, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }

    static string Shadow(string table) => table + "_replay";
    static string Text(ulong xid) => xid.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
