using System.Diagnostics;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>
/// A connection was cut after COMMIT was sent and before its answer came: was the unit written? Asked before anything is tried again,
/// so that no unit is ever written twice (reliability.md F13).
/// </summary>
static class CommitInquiry
{
    /// <summary>Returns when the lost backend can no longer commit anything: it is gone, or was ended by us.</summary>
    public static async Task AwaitEndOf(int backend, NpgsqlConnection connection, TimeSpan patience, CancellationToken ct)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < patience; await Task.Delay(20, ct))
        {
            await using var command = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and pid <> pg_backend_pid() and usename = current_user", connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = backend });
            if (await command.ExecuteScalarAsync(ct) is null) return;
        }
        throw new StoreUnavailableException($"Backend {backend} did not end within {patience}.");
    }

    /// <summary>True when the unit's own mark is in the log or the inbox. A unit without facts and keys is safe to write again: its ids decide.</summary>
    public static async Task<bool> IsCommitted(UnitOfWork unit, NpgsqlConnection connection, CancellationToken ct)
    {
        if (unit.Appends.Count > 0)
        {
            await using var command = new NpgsqlCommand("select meta ->> 'unit' = $3 from events where stream = $1 and version = $2", connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = unit.Appends[0].Stream });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = unit.Appends[0].Expected + 1 });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = unit.Id.ToString() });
            return await command.ExecuteScalarAsync(ct) is true;
        }
        if (unit.Completed.Count > 0)
        {
            // Gone means done: only a commit deletes a message, and its claim was ours.
            await using var command = new NpgsqlCommand("select count(*) from messages where id = $1", connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = unit.Completed[0].Message });
            return await command.ExecuteScalarAsync(ct) is 0L;
        }
        return false;
    }
}
