using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Infrastructure.Postgres;

public sealed record Migration(string Name, string Text)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

/// <summary>
/// Each slice's numbered SQL files, applied once, in order of their numbers, each in its own transaction, under one advisory lock: of two replicas that start at once one migrates
/// and the other waits. Refuses a file that was changed after it was applied, and a database that a newer program has migrated further.
/// </summary>
public sealed class Migrations(NpgsqlDataSource db, IReadOnlyList<Migration> all, ILogger log)
{
    const long LockKey = 0x466F796572; // "Foyer"

    /// <summary>The SQL files embedded in an assembly as <c>sql/…/NNNN_words.sql</c>.</summary>
    public static IReadOnlyList<Migration> In(Assembly assembly) => [.. assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("sql/", StringComparison.Ordinal))
        .Select(n => new Migration(n[(n.LastIndexOf('/') + 1)..], Read(assembly, n)))
        .OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>Names of what was applied now.</summary>
    public async Task<IReadOnlyList<string>> Apply(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await Run(connection, "set statement_timeout = 0; set lock_timeout = '60s'", ct);
        await Run(connection, $"select pg_advisory_lock({LockKey})", ct);
        try
        {
            await Run(connection, "create table if not exists foyer_migrations (name text primary key, checksum text not null, applied timestamptz not null default now())", ct);
            var pending = await Pending(connection, ct);
            await Run(connection, "set lock_timeout = '2s'", ct);
            foreach (var migration in pending) await Apply(connection, migration, ct);
            return [.. pending.Select(m => m.Name)];
        }
        finally { await Run(connection, $"select pg_advisory_unlock({LockKey}); reset all", CancellationToken.None); }
    }

    async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        log.LogInformation("Migrating: {Migration}", migration.Name);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(ct);
                await Run(connection, migration.Text, ct);
                await using var note = new NpgsqlCommand("insert into foyer_migrations (name, checksum) values ($1, $2)", connection);
                Sql.Bind(note.Parameters, [migration.Name, migration.Checksum]);
                await note.ExecuteNonQueryAsync(ct);
                await transaction.CommitAsync(ct);
                return;
            }
            // Somebody works on the table: let them, and come again.
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < 10) { await Task.Delay(500 * tries, ct); }
        }
    }

    async Task<IReadOnlyList<Migration>> Pending(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand("select name, checksum from foyer_migrations", connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0), rows.GetString(1));
        var unknown = applied.Keys.Except(all.Select(m => m.Name)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) throw new InvalidOperationException($"The database was migrated by a newer Foyer ({string.Join(", ", unknown)}). Run that version, or restore a backup: there is no way down.");
        foreach (var m in all)
            if (applied.TryGetValue(m.Name, out var checksum) && checksum != m.Checksum) throw new InvalidOperationException($"{m.Name} was changed after it was applied. Put it back as it was and write a new migration.");
        return [.. all.Where(m => !applied.ContainsKey(m.Name))];
    }

    static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
