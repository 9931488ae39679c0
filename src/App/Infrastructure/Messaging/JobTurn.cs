using Npgsql;

namespace App.Infrastructure.Messaging;

/// <summary>
/// Held while a job runs, whoever began it: a worker of any replica, a person, the command line. A lock of the database's own, so that it goes with the connection of a process that dies; a connection that is lost while the
/// job goes on lets another begin, which is why jobs stay safe to repeat.
/// </summary>
sealed class JobTurn : IAsyncDisposable
{
    const string Lock = "(hashtext('foyer-job'), hashtext($1))";

    readonly NpgsqlConnection connection;
    readonly string name;

    JobTurn(NpgsqlConnection connection, string name) => (this.connection, this.name) = (connection, name);

    /// <param name="waits">Until it is free; else null when it isn't.</param>
    public static async Task<JobTurn?> Take(string name, NpgsqlDataSource source, bool waits, CancellationToken ct)
    {
        var taken = await source.OpenConnectionAsync(ct);
        try
        {
            if (await Ask(waits ? $"select pg_advisory_lock{Lock}" : $"select pg_try_advisory_lock{Lock}", taken, name, ct) is not false) return new(taken, name);
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
        await taken.DisposeAsync();
        return null;
    }

    /// <summary>Pooled connections keep their locks, so it is given back by name.</summary>
    public async ValueTask DisposeAsync()
    {
        try { await Ask($"select pg_advisory_unlock{Lock}", connection, name, CancellationToken.None); }
        catch (NpgsqlException) { } // the connection is gone, and the lock with it
        finally { await connection.DisposeAsync(); }
    }

    static async Task<object?> Ask(string sql, NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } }, CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(ct);
    }
}
