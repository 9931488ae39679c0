using App.Infrastructure.Store;
using Npgsql;

namespace App.Infrastructure.Verification;

/// <summary>Folds the whole log once, in commit order, past every invariant. Reads one snapshot; may run beside a live system, where what is under way can show as a fault for seconds.</summary>
public sealed class Verifier(EventStore store, QuerySession db, IEnumerable<Func<IInvariant>> invariants)
{
    public async Task<VerifyReport> Run(CancellationToken ct)
    {
        var all = invariants.Select(make => make()).ToArray();
        var log = new LogIsSound();
        var facts = 0L;
        await using var connection = await store.Reads.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select stream, version, type, data, at from events order by xid, seq", connection) { CommandTimeout = 3600 };
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            for (; await rows.ReadAsync(ct); facts++)
            {
                var (stream, version, type) = (rows.GetGuid(0), rows.GetInt32(1), rows.GetString(2));
                log.Observe(stream, version);
                if (store.Types.Read(StoredKind.Fact, type, rows.GetFieldValue<byte[]>(3)) is not { } fact) { log.Unknown(type); continue; }
                var observed = new LogFact(stream, version, fact, rows.GetFieldValue<DateTimeOffset>(4));
                foreach (var invariant in all) invariant.Observe(observed);
            }
        }
        var results = new List<InvariantResult> { new("I7", "Every stream's versions are 1 to n, and its row says n", await log.Faults(db, ct)) };
        foreach (var invariant in all) results.Add(new(invariant.Id, invariant.Says, await invariant.Faults(db, ct)));
        return new(facts, [.. results.OrderBy(r => r.Id, StringComparer.Ordinal)]);
    }

    /// <summary>I7. Also refuses facts of a type nobody knows: skipping one would hide what it changed.</summary>
    sealed class LogIsSound
    {
        readonly Dictionary<Guid, int> versions = [];
        readonly List<string> faults = [];
        readonly HashSet<string> unknown = [];

        public void Observe(Guid stream, int version)
        {
            var expected = versions.GetValueOrDefault(stream) + 1;
            if (version != expected) faults.Add($"stream {stream}: expected version {expected}, found {version}");
            versions[stream] = version;
        }

        public void Unknown(string type) { if (unknown.Add(type)) faults.Add($"facts of an unknown type '{type}'"); }

        public async Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
        {
            var wrong = await db.Query<Guid>("select s.id from streams s where s.version <> (select max(version) from events e where e.stream = s.id) or not exists (select from events e where e.stream = s.id) limit 20", ct);
            return [.. faults, .. wrong.Select(id => $"stream {id}: its row tells another version than its facts")];
        }
    }
}
