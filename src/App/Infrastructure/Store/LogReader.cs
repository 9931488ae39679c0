using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace App.Infrastructure.Store;

/// <summary>A place in the log: after this transaction's this fact.</summary>
readonly record struct LogPosition(ulong Xid, long Seq)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Xid}/{Seq}");
}

/// <summary>
/// Reads the log in (xid, seq) order, only up to the oldest transaction that is still running. A transaction that commits late has an xid at or past that mark, so it is
/// met later and never skipped; a long one delays readers, which their lag shows.
/// </summary>
sealed class LogReader(StoredTypes types)
{
    /// <summary>The next facts of these types after a position, and the position to go on from. Fewer than asked for: the end, for now.</summary>
    public async Task<(List<LogFact> Facts, LogPosition Next, bool More)> Read(NpgsqlConnection db, LogPosition after, string[] names, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select stream, version, type, data, at, xid::text::bigint, seq from events
            where (xid, seq) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot()) and type = any($3)
            order by xid, seq limit $4
            """, db);
        Sql.Bind(command.Parameters, [after.Xid.ToString(CultureInfo.InvariantCulture), after.Seq, names, most]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (facts, next) = (new List<LogFact>(most), after);
        while (await rows.ReadAsync(ct))
        {
            next = new((ulong)rows.GetInt64(5), rows.GetInt64(6));
            var fact = types.Read(StoredKind.Fact, rows.GetString(2), rows.GetFieldValue<byte[]>(3))!;
            facts.Add(new(rows.GetGuid(0), rows.GetInt32(1), fact, rows.GetFieldValue<DateTimeOffset>(4)));
        }
        return (facts, next, facts.Count == most);
    }
}
