using System.Diagnostics;
using System.Threading.Channels;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Infrastructure.Verification;

/// <summary>
/// Folds the whole log once, in commit order, past every invariant. Reads one snapshot, in batches, while the batch before is looked at; may run beside a live system, where what is
/// under way can show as a fault for seconds.
/// </summary>
public sealed class Verifier(EventStore store, QuerySession db, Projections projections, IEnumerable<Func<IInvariant>> invariants)
{
    const int BatchSize = 4_000;

    /// <param name="Fact">Null: of a type nobody here knows.</param>
    readonly record struct Row(Guid Stream, int Version, string Type, object? Fact, DateTimeOffset At);

    public async Task<VerifyReport> Run(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        IInvariant[] all = [.. invariants.Select(make => make())];
        var (log, facts) = (new LogIsSound(), 0L);
        var batches = Channel.CreateBounded<Row[]>(4);
        var reading = Task.Run(() => Read(batches.Writer, ct), ct);
        await foreach (var batch in batches.Reader.ReadAllAsync(ct))
        {
            facts += batch.Length;
            Observe(batch, log, all);
            foreach (var invariant in all) await invariant.Settle(ct);
        }
        await reading;
        var results = new List<InvariantResult>
        {
            new("I6", "Every read model equals a replay of the log", await new ShadowReplay(store, projections).Faults(ct)),
            new("I7", "Every stream's versions are 1 to n in commit order, and its row says n", await log.Faults(db, ct)),
        };
        foreach (var invariant in all) results.Add(new(invariant.Id, invariant.Says, await invariant.Faults(db, ct)));
        return new(facts, Stopwatch.GetElapsedTime(began), [.. results.OrderBy(r => int.Parse(r.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture))]);
    }

    static void Observe(Row[] batch, LogIsSound log, IInvariant[] all)
    {
        foreach (var row in batch)
        {
            log.Observe(row.Stream, row.Version);
            if (row.Fact is null) { log.Unknown(row.Type); continue; }
            var observed = new LogFact(row.Stream, row.Version, row.Fact, row.At);
            foreach (var invariant in all) invariant.Observe(observed);
        }
    }

    async Task Read(ChannelWriter<Row[]> batches, CancellationToken ct)
    {
        try
        {
            await using var connection = await store.Reads.OpenConnectionAsync(ct);
            await using var command = new NpgsqlCommand("select stream, version, type, data, at from events order by xid, seq", connection) { CommandTimeout = 0 };
            await using var rows = await command.ExecuteReaderAsync(ct);
            var batch = new List<Row>(BatchSize);
            while (await rows.ReadAsync(ct))
            {
                var type = rows.GetString(2);
                batch.Add(new(rows.GetGuid(0), rows.GetInt32(1), type, store.Types.Read(StoredKind.Fact, type, rows.GetFieldValue<byte[]>(3)), rows.GetFieldValue<DateTimeOffset>(4)));
                if (batch.Count < BatchSize) continue;
                await batches.WriteAsync([.. batch], ct);
                batch.Clear();
            }
            await batches.WriteAsync([.. batch], ct);
            batches.Complete();
        }
        catch (Exception e) { batches.Complete(e); throw; }
    }

    /// <summary>I7. Also refuses facts of a type nobody knows: skipping one would hide what it changed.</summary>
    sealed class LogIsSound
    {
        readonly Dictionary<Guid, int> versions = [];
        readonly FaultList faults = new();
        readonly HashSet<string> unknown = [];

        public void Observe(Guid stream, int version)
        {
            ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(versions, stream, out _);
            if (version != known + 1) faults.Add($"stream {stream}: expected version {known + 1}, found {version}");
            known = version;
        }

        public void Unknown(string type) { if (unknown.Add(type)) faults.Add($"facts of an unknown type '{type}'"); }

        public async Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
        {
            await using var command = db.Command("""
                select coalesce(s.id, e.stream) from streams s full join (select stream, max(version) as version from events group by stream) e on e.stream = s.id
                where s.version is distinct from e.version limit 20
                """);
            command.CommandTimeout = 0;
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) faults.Add($"stream {rows.GetGuid(0)}: its row tells another version than its facts");
            return faults.ToList();
        }
    }
}
