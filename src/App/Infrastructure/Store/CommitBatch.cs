using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace App.Infrastructure.Store;

/// <summary>
/// Many units of work as ONE transaction in one round trip. Streams are locked and checked in id order; a unit that is stale, lost its claim
/// or came before is left out, all others are written. Parameters and commands are reused for as long as the connection lives:
/// a batch command remembers the connection that it was prepared on, so it must never serve another.
/// </summary>
sealed class CommitBatch
{
    // A row that had to be waited for comes back as it is after the wait, so the comparison sees the newest version.
    const string CheckStreams = """
        with locked as materialized (select id, version from streams where id = any($2) order by id for update),
             stale as (select w.unit, w.id from unnest($1, $2, $3) w(unit, id, expected) left join locked s using (id) where coalesce(s.version, 0) <> w.expected)
        select set_config('foyer.out', coalesce(array_agg(distinct unit), '{}')::text, true), array_agg(unit), array_agg(id) from stale
        """;

    // A worker that was paused past its claim finds another count of attempts, or no row: it may not win.
    const string CheckClaims = """
        with locked as materialized (select id, attempts from messages where id = any($2) order by id for update),
             lost as (select w.unit, w.id from unnest($1, $2, $3) w(unit, id, attempts) left join locked m using (id) where m.attempts is distinct from w.attempts)
        select set_config('foyer.out', (current_setting('foyer.out')::int[] || coalesce(array_agg(distinct unit), '{}'))::text, true), array_agg(unit), array_agg(id) from lost
        """;

    const string CheckInbox = """
        with seen as (select w.unit from unnest($1, $2) w(unit, key) join inbox i using (key))
        select set_config('foyer.out', (current_setting('foyer.out')::int[] || coalesce(array_agg(distinct unit), '{}'))::text, true), array_agg(unit), null::uuid[] from seen
        """;

    const string In = "w.unit <> all ((select current_setting('foyer.out')::int[])::int[])";

    readonly List<Part> parts = [];
    readonly Column<int> sUnit = new(), sExpected = new(), sVersion = new(), eUnit = new(), eVersion = new(), mUnit = new(), mAttempts = new(), kUnit = new(), cUnit = new(), cAttempts = new(), iUnit = new();
    readonly Column<Guid> sId = new(), eStream = new(), mId = new(), kId = new(), cId = new();
    readonly Column<string> sType = new(), eType = new(), mType = new(), kType = new(), kKey = new(), iKey = new();
    readonly Column<string?> mHandler = new(), kHandler = new();
    readonly Column<byte[]> eData = new(NpgsqlDbType.Jsonb), eMeta = new(NpgsqlDbType.Jsonb), mBody = new(NpgsqlDbType.Jsonb), kBody = new(NpgsqlDbType.Jsonb);
    readonly Column<short> mLane = new(), kLane = new();
    readonly Column<DateTime> eAt = new(), mDue = new(), mCreated = new(), kDue = new(), kCreated = new(), iAt = new();
    readonly Dictionary<StoredType, (Column<int> Unit, Column<Guid> Id, Column<byte[]> Data, Column<int> GoneUnit, Column<Guid> GoneId)> documents = [];
    readonly NpgsqlBatch batch;
    readonly TimeProvider clock;

    public CommitBatch(NpgsqlConnection connection, StoredTypes types, TimeProvider clock)
    {
        this.clock = clock;
        Connection = connection;
        Backend = connection.ProcessID;
        batch = new NpgsqlBatch(connection);
        Add(CheckStreams, CommitKind.Stale, sUnit, sId, sExpected);
        Add(CheckClaims, CommitKind.LostClaim, cUnit, cId, cAttempts);
        Add(CheckInbox, CommitKind.Duplicate, iUnit, iKey);
        Add($"insert into streams (id, type, version) select id, type, version from unnest($1, $2, $3, $4) w(unit, id, type, version) where {In} order by id on conflict (id) do update set version = excluded.version",
            sUnit, sId, sType, sVersion);
        Add($"insert into events (stream, version, type, data, meta, at) select stream, version, type, data, meta, at from unnest($1, $2, $3, $4, $5, $6, $7) w(unit, stream, version, type, data, meta, at) where {In}",
            eUnit, eStream, eVersion, eType, eData, eMeta, eAt);
        foreach (var type in types.All.Where(t => t.Kind == StoredKind.Document)) AddDocument(type);
        Add($"delete from messages m using unnest($1, $2) w(unit, id) where m.id = w.id and {In}", cUnit, cId);
        Add($"insert into messages (id, lane, type, handler, body, due, attempts, tries, created) select id, lane, type, handler, body, due, attempts, attempts, created from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) w(unit, id, lane, type, handler, body, due, attempts, created) where {In} on conflict (id) do nothing",
            mUnit, mId, mLane, mType, mHandler, mBody, mDue, mAttempts, mCreated);
        // Scheduled anew while somebody works on it: their claim is lost, whoever takes it up next.
        Add($"insert into messages as m (id, lane, type, handler, body, due, key, created) select distinct on (key) id, lane, type, handler, body, due, key, created from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) w(unit, id, lane, type, handler, body, due, key, created) where {In} order by key, unit desc on conflict (key) where key is not null do update set body = excluded.body, due = excluded.due, attempts = m.attempts + 1, tries = 0, excused = 0, failing_since = null, dead = null",
            kUnit, kId, kLane, kType, kHandler, kBody, kDue, kKey, kCreated);
        Add($"insert into inbox (key, at) select key, at from unnest($1, $2, $3) w(unit, key, at) where {In}", iUnit, iKey, iAt);
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>The server process at the other end, to be asked about when the connection is gone.</summary>
    public int Backend { get; }

    /// <summary>What became of each unit, in the order given. When this returns, the commit is known; when it throws, ask <see cref="CommitInquiry"/>.</summary>
    public async Task<CommitResult[]> Execute(IReadOnlyList<UnitOfWork> units, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        Fill(units);
        batch.Transaction = transaction;
        batch.BatchCommands.Clear();
        var checks = new List<CommitKind>();
        foreach (var part in parts)
        {
            if (part.Units.Count == 0 && part != parts[0]) continue;
            batch.BatchCommands.Add(part.Command);
            if (part.Check is { } kind) checks.Add(kind);
        }

        var results = new CommitResult[units.Count];
        Array.Fill(results, CommitResult.Committed);
        // The last command is complete before the commit is; only a disposed reader has seen the commit's own answer.
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            foreach (var kind in checks)
            {
                await reader.ReadAsync(ct);
                if (!await reader.IsDBNullAsync(1, ct)) Note(results, kind, reader);
                await reader.NextResultAsync(ct);
            }
            while (await reader.NextResultAsync(ct)) { }
        }
        return results;
    }

    static void Note(CommitResult[] results, CommitKind kind, NpgsqlDataReader reader)
    {
        var units = reader.GetFieldValue<int[]>(1);
        var ids = reader.IsDBNull(2) ? null : reader.GetFieldValue<Guid[]>(2);
        for (var i = 0; i < units.Length; i++)
        {
            ref var result = ref results[units[i]];
            result = new(kind, ids is null ? result.Streams : [.. result.Streams, ids[i]]);
        }
    }

    void AddDocument(StoredType type)
    {
        var d = documents[type] = (new(), new(), new(NpgsqlDbType.Jsonb), new(), new());
        // Two units may store one document: the later one wins. Sorted, so that two committers lock in one order.
        Add($"insert into doc_{type.Name} as d (id, version, data) select distinct on (id) id, 1, data from unnest($1, $2, $3) w(unit, id, data) where {In} order by id, unit desc on conflict (id) do update set data = excluded.data, version = d.version + 1",
            d.Unit, d.Id, d.Data);
        Add($"delete from doc_{type.Name} d using unnest($1, $2) w(unit, id) where d.id = w.id and {In}", d.GoneUnit, d.GoneId);
    }

    void Add(string sql, params Column[] columns) => parts.Add(new(sql, null, columns));
    void Add(string sql, CommitKind check, params Column[] columns) => parts.Add(new(sql, check, columns));

    void Fill(IReadOnlyList<UnitOfWork> units)
    {
        foreach (var part in parts) part.Clear();
        var now = clock.GetUtcNow().UtcDateTime;
        for (var i = 0; i < units.Count; i++)
        {
            FillFacts(i, units[i], now);
            FillDocuments(i, units[i]);
            FillMessages(i, units[i], now);
        }
    }

    void FillFacts(int i, UnitOfWork unit, DateTime now)
    {
        foreach (var a in unit.Appends) { sUnit.Add(i); sId.Add(a.Stream); sType.Add(a.Type); sExpected.Add(a.Expected); sVersion.Add(a.Expected + a.Count); }
        byte[] meta = [];
        var cause = default(Cause);
        foreach (var f in unit.Facts)
        {
            if (meta.Length == 0 || f.Cause != cause) (meta, cause) = (Meta(unit.Id, f.Cause), f.Cause);
            eUnit.Add(i); eStream.Add(f.Stream); eVersion.Add(f.Version); eType.Add(f.Type); eData.Add(f.Data); eMeta.Add(meta); eAt.Add(now);
        }
    }

    void FillDocuments(int i, UnitOfWork unit)
    {
        foreach (var write in unit.Documents)
        {
            var d = documents[write.Type];
            if (write.Data is null) { d.GoneUnit.Add(i); d.GoneId.Add(write.Id); }
            else { d.Unit.Add(i); d.Id.Add(write.Id); d.Data.Add(write.Data); }
        }
    }

    void FillMessages(int i, UnitOfWork unit, DateTime now)
    {
        foreach (var m in unit.Messages)
        {
            if (m.Key is not null) { kUnit.Add(i); kId.Add(m.Id); kLane.Add(m.Lane); kType.Add(m.Type); kHandler.Add(m.Handler); kBody.Add(m.Body); kDue.Add(m.Due.UtcDateTime); kKey.Add(m.Key); kCreated.Add(now); continue; }
            mUnit.Add(i); mId.Add(m.Id); mLane.Add(m.Lane); mType.Add(m.Type); mHandler.Add(m.Handler); mBody.Add(m.Body); mDue.Add(m.Due.UtcDateTime); mAttempts.Add(m.Attempts); mCreated.Add(now);
        }
        foreach (var c in unit.Completed) { cUnit.Add(i); cId.Add(c.Message); cAttempts.Add(c.Attempts); }
        foreach (var key in unit.Inbox) { iUnit.Add(i); iKey.Add(key); iAt.Add(now); }
    }

    /// <summary>unit: asked for when an answer was lost. actor, cause, org: who, why and for whom (reliability.md I13).</summary>
    static byte[] Meta(Guid unit, Cause cause)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(160);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("unit"u8, unit);
        json.WriteString("actor"u8, cause.Actor);
        if (cause.Message is { } message) json.WriteString("cause"u8, message);
        if (cause.Organization is { } organization) json.WriteString("org"u8, organization);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    abstract class Column
    {
        public abstract NpgsqlParameter NewParameter();
        public abstract void Clear();
        public abstract int Count { get; }
    }

    /// <summary>One array parameter; used by several statements of the batch, each with a parameter object of its own.</summary>
    sealed class Column<T>(NpgsqlDbType? type = null) : Column
    {
        readonly List<T> values = [];
        public override int Count => values.Count;
        public void Add(T value) => values.Add(value);
        public override void Clear() => values.Clear();

        public override NpgsqlParameter NewParameter() => new NpgsqlParameter<List<T>>
        {
            TypedValue = values,
            NpgsqlDbType = NpgsqlDbType.Array | (type ?? (typeof(T) == typeof(int) ? NpgsqlDbType.Integer : typeof(T) == typeof(Guid) ? NpgsqlDbType.Uuid
                : typeof(T) == typeof(short) ? NpgsqlDbType.Smallint : typeof(T) == typeof(DateTime) ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Text)),
        };
    }

    sealed class Part
    {
        readonly Column[] columns;

        public Part(string sql, CommitKind? check, Column[] columns)
        {
            (Check, this.columns) = (check, columns);
            Command = new NpgsqlBatchCommand(sql);
            foreach (var column in columns) Command.Parameters.Add(column.NewParameter());
        }

        public NpgsqlBatchCommand Command { get; }
        public CommitKind? Check { get; }
        public Column Units => columns[0];
        public void Clear() { foreach (var column in columns) column.Clear(); }
    }
}
