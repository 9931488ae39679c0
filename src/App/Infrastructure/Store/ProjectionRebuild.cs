using System.Text.RegularExpressions;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// Draws one projection anew in tables beside the live ones and swaps them in one transaction; readers never see half. A batch is read while the one before is written, and what only speeds up
/// reading (indexes that aren't unique) is built when all rows are there. Names of tables and indexes are the same afterwards, so that later migrations find them.
/// </summary>
sealed partial class ProjectionRebuild(IProjection projection, string[] hears, LogReader reader, NpgsqlDataSource source)
{
    const int BatchSize = 10_000;
    LogPosition position;
    long read;

    /// <param name="Key">Decides what is a row: needed while rows are written.</param>
    sealed record Index(string Table, string Name, bool Key, string Create);

    /// <summary>How many facts were read.</summary>
    public async Task<long> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var indexes = new List<Index>();
        foreach (var table in projection.Tables) indexes.AddRange(await IndexesOf(table, db, ct));
        foreach (var table in projection.Tables) await Do(db, $"drop table if exists {Shadow(table)}; create table {Shadow(table)} (like {table} including all excluding indexes)", ct);
        foreach (var index in indexes.Where(i => i.Key)) await Do(db, index.Create, ct);
        await Fill(db, ct);
        foreach (var index in indexes.Where(i => !i.Key)) await Do(db, index.Create, ct);
        foreach (var table in projection.Tables) await Do(db, $"analyze {Shadow(table)}", ct);

        await using var transaction = await db.BeginTransactionAsync(ct);
        await Do(db, $"insert into projections (name) values ('{projection.Name}') on conflict do nothing; select from projections where name = '{projection.Name}' for update", ct);
        while (await Step(db, await reader.Read(db, position, hears, BatchSize, ct), ct)) { }
        foreach (var table in projection.Tables) await Do(db, $"drop table {table}; alter table {Shadow(table)} rename to {table}", ct);
        foreach (var index in indexes) await Do(db, $"alter index {Shadow(index.Name)} rename to {index.Name}", ct);
        await using (var command = new NpgsqlCommand("update projections set xid = $2::text::xid8, seq = $3, facts = $4, generation = generation + 1 where name = $1", db))
        {
            Sql.Bind(command.Parameters, [projection.Name, position.Xid.ToString(System.Globalization.CultureInfo.InvariantCulture), position.Seq, read]);
            await command.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return read;
    }

    async Task Fill(NpgsqlConnection db, CancellationToken ct)
    {
        await using var log = await source.OpenConnectionAsync(ct);
        var batch = await reader.Read(log, position, hears, BatchSize, ct);
        while (true)
        {
            var next = batch.More ? reader.Read(log, batch.Next, hears, BatchSize, ct) : null;
            if (!await Step(db, batch, ct) || next is null) return;
            batch = await next;
        }
    }

    async Task<bool> Step(NpgsqlConnection db, (List<LogFact> Facts, LogPosition Next, bool More) batch, CancellationToken ct)
    {
        if (batch.Facts.Count > 0) await projection.Apply(batch.Facts, Shadow, db, ct);
        (position, read) = (batch.Next, read + batch.Facts.Count);
        return batch.More;
    }

    static async Task<IReadOnlyList<Index>> IndexesOf(string table, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select i.indexrelid::regclass::text, i.indisunique, pg_get_indexdef(i.indexrelid), pg_get_constraintdef(c.oid)
            from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u') and c.conrelid = i.indrelid
            where i.indrelid = $1::regclass order by 1
            """, db);
        Sql.Bind(command.Parameters, [table]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Index>();
        while (await rows.ReadAsync(ct))
        {
            var name = rows.GetString(0);
            var create = rows.IsDBNull(3) ? Named().Replace(rows.GetString(2), $"${{what}} {Shadow(name)} ON {Shadow(table)} USING") : $"alter table {Shadow(table)} add constraint {Shadow(name)} {rows.GetString(3)}";
            found.Add(new(table, name, rows.GetBoolean(1), create));
        }
        return found;
    }

    static string Shadow(string name) => name + "_rebuild";

    static async Task Do(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }

    [GeneratedRegex(@"^(?<what>CREATE (UNIQUE )?INDEX) \S+ ON \S+ USING", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
