using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace App.Infrastructure.Store;

/// <summary>A place in the log: after this transaction's this fact.</summary>
readonly record struct LogPosition(ulong Xid, long Seq)
{
    public bool IsAfter(LogPosition other) => Xid != other.Xid ? Xid > other.Xid : Seq > other.Seq;
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Xid}/{Seq}");
}

/// <summary>
/// Reads the log in (xid, seq) order, only up to the oldest transaction that is still running. A transaction that commits late has an xid at or past that mark, so it is
/// met later and never skipped; a long one delays readers, which their lag shows.
/// </summary>
sealed class LogReader(StoredTypes types)
{
    /// <summary>
    /// The next facts of these types after a position, and the position to go on from. Fewer than asked for: the end, for now, and the position is past all that was looked at, so that who hears little
    /// does not read the same log again and again.
    /// </summary>
    public async Task<(List<LogFact> Facts, LogPosition Next, bool More)> Read(NpgsqlConnection db, LogPosition after, string[] names, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select safe.xid::text::bigint, e.stream, e.version, e.type, e.data, e.at, e.xid::text::bigint, e.seq
            from (select pg_snapshot_xmin(pg_current_snapshot()) as xid) safe left join lateral (
                select stream, version, type, data, at, xid, seq from events
                where (events.xid, seq) > ($1::text::xid8, $2) and events.xid < safe.xid and type = any($3)
                order by events.xid, seq limit $4) e on true
            """, db);
        Sql.Bind(command.Parameters, [after.Xid.ToString(CultureInfo.InvariantCulture), after.Seq, names, most]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (facts, next, safe) = (new List<LogFact>(), after, 0UL);
        while (await rows.ReadAsync(ct))
        {
            safe = (ulong)rows.GetInt64(0);
            if (rows.IsDBNull(1)) break; // nothing new
            next = new((ulong)rows.GetInt64(6), rows.GetInt64(7));
            var fact = types.Read(StoredKind.Fact, rows.GetString(3), rows.GetFieldValue<byte[]>(4))!;
            facts.Add(new(rows.GetGuid(1), rows.GetInt32(2), fact, rows.GetFieldValue<DateTimeOffset>(5)) { Position = next });
        }
        if (facts.Count == most) return (facts, next, true);
        // Everything below the oldest running transaction has ended and was seen; nothing can come to lie there any more.
        var end = new LogPosition(safe - 1, long.MaxValue);
        return (facts, end.Xid > after.Xid ? end : next, false);
    }
}
