using System.Diagnostics;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>Reads: streams, documents and named queries. Always from the primary; each call is its own snapshot.</summary>
public class QuerySession(EventStore store)
{
    protected EventStore Events { get; } = store;

    /// <summary>A stream's state as this process remembers or folds it: its own writes at once, those of another process after about a second. Version 0 when there is none.</summary>
    public async ValueTask<(T State, int Version)> Fold<T>(Guid id, CancellationToken ct) where T : class, IEventSourced<T>
    {
        var (state, version, _) = await Events.Fold<T>(id, Recall.Young, ct);
        return (state, version);
    }

    /// <summary>The state read anew from the database, past what another replica may have changed meanwhile.</summary>
    public async ValueTask<(T State, int Version)> FoldFresh<T>(Guid id, CancellationToken ct) where T : class, IEventSourced<T>
    {
        var (state, version, _) = await Events.Fold<T>(id, Recall.None, ct);
        return (state, version);
    }

    /// <summary>Looks at a stream until it shows what is wanted or the time is over, and answers the last look. A write of this process is noticed at once, one of another within about a quarter of a second.</summary>
    public async Task<(T State, int Version)> FoldUntil<T>(Guid id, Predicate<T> wanted, TimeSpan patience, CancellationToken ct) where T : class, IEventSourced<T>
    {
        var (began, fresh) = (Stopwatch.GetTimestamp(), false);
        try
        {
            while (true)
            {
                var wait = Events.Waits.For(id);
                var (state, version, _) = await Events.Fold<T>(id, fresh ? Recall.None : Recall.Young, ct);
                var left = patience - Stopwatch.GetElapsedTime(began);
                if (wanted(state) || left <= TimeSpan.Zero) return (state, version);
                Events.Waits.Watch(wait, version);
                try { fresh = await wait.Ended.WaitAsync(left, ct); }
                catch (TimeoutException) { return (state, version); }
            }
        }
        finally { Events.Waits.Wake(id); }
    }

    public async Task<T?> Load<T>(Guid id, CancellationToken ct) where T : class => (await LoadMany<T>([id], ct)).FirstOrDefault();

    /// <summary>Documents in no particular order; those that don't exist are left out.</summary>
    public async Task<IReadOnlyList<T>> LoadMany<T>(IReadOnlyList<Guid> ids, CancellationToken ct) where T : class
    {
        var type = Events.Types.Of(StoredKind.Document, typeof(T));
        await using var command = Events.Command($"select data from doc_{type.Name} where id = any($1)", ids as Guid[] ?? [.. ids]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<T>(ids.Count);
        while (await rows.ReadAsync(ct)) found.Add((T)System.Text.Json.JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(0), type.Json)!);
        return found;
    }

    /// <summary>Rows as records: columns in snake_case fill constructor parameters in PascalCase; a plain type takes the first column.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = Events.Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var read = RowReader<T>.For(rows);
        var found = new List<T>();
        while (await rows.ReadAsync(ct)) found.Add(read(rows));
        return found;
    }

    public async Task<T?> QueryFirst<T>(string sql, CancellationToken ct, params object?[] values) => (await Query<T>(sql, ct, values)).FirstOrDefault();

    /// <summary>For what the members above can't say (streaming an export, COPY). The caller disposes it.</summary>
    public NpgsqlCommand Command(string sql, params object?[] values) => Events.Command(sql, values);
}
