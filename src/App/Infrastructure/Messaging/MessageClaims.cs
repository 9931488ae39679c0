using App.Infrastructure.Store;
using Npgsql;

namespace App.Infrastructure.Messaging;

/// <summary>The messages table as workers see it: claim what is due, give back what failed.</summary>
sealed class MessageClaims(EventStore store, RecurringJobs jobs)
{
    public async Task<IReadOnlyList<Message>> Claim(short lane, TimeSpan claim, int most, CancellationToken ct)
    {
        var now = store.Clock.GetUtcNow();
        await using var command = store.Command("""
            update messages m set due = $1, attempts = attempts + 1
            from (select id from messages where lane = $2 and due <= $3 and dead is null order by due limit $4 for update skip locked) c
            where m.id = c.id
            returning m.id, m.lane, m.type, m.handler, m.body, m.due, m.attempts, m.key
            """, now + claim, (int)lane, now, most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Message>();
        while (await rows.ReadAsync(ct)) claimed.Add(Read(rows));
        return claimed;
    }

    public static Message Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt16(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        row.GetFieldValue<byte[]>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetString(7));

    /// <summary>Back off, or lay aside after the last attempt. Only the worker whose claim it still is may say so.</summary>
    public async Task Failed(Message message, Exception e, TimeSpan took, int maxAttempts, CancellationToken ct)
    {
        var dead = message.Attempts >= maxAttempts && !jobs.Owns(message.Key);
        var reason = $"{e.GetType().Name}: {e.Message}";
        await using var command = store.Command("update messages set due = $3, dead = $4 where id = $1 and attempts = $2",
            message.Id, message.Attempts, store.Clock.GetUtcNow() + BackOff(message.Attempts), dead ? reason[..Math.Min(reason.Length, 500)] : null);
        command.Parameters[3].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        await command.ExecuteNonQueryAsync(ct);
        if (jobs.Owns(message.Key)) await jobs.Record(message.Key!, store.Clock.GetUtcNow(), took, reason, ct);
    }

    /// <summary>A recurring job schedules its next run in the transaction of this one.</summary>
    public Task AfterJob(Message message, object body, TimeSpan took, DocumentSession db) => jobs.ScheduleNext(message.Key!, body, took, db);

    /// <summary>0.5 to 1 s after the first failure, doubling, 5 minutes at the most.</summary>
    static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempts - 1, 10))) * (0.5 + Random.Shared.NextDouble() / 2));
}
