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
            update messages m set due = $1, attempts = attempts + 1, tries = tries + 1
            from (select id from messages where lane = $2 and due <= $3 and dead is null order by due limit $4 for update skip locked) c
            where m.id = c.id
            returning m.id, m.lane, m.type, m.handler, m.body, m.due, m.attempts, m.key, m.tries, m.excused, m.failing_since
            """, now + claim, (int)lane, now, most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Message>();
        while (await rows.ReadAsync(ct)) claimed.Add(Read(rows));
        return claimed;
    }

    public static Message Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt16(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        row.GetFieldValue<byte[]>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetString(7))
    {
        Tries = row.GetInt32(8), Excused = row.GetInt32(9), FailingSince = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
    };

    /// <summary>Back off, or lay aside when nothing speaks for another try. Only the worker whose claim it still is may say so.</summary>
    public async Task Failed(Message message, Exception e, TimeSpan took, WorkerOptions options, CancellationToken ct)
    {
        var (now, away) = (store.Clock.GetUtcNow(), e is UnavailableException);
        var dead = !jobs.Owns(message.Key) && GivesUp(message, away, options, now);
        var reason = $"{e.GetType().Name}: {e.Message}";
        await using var command = store.Command("update messages set due = $3, dead = $4, excused = excused + $5, failing_since = coalesce(failing_since, $6) where id = $1 and attempts = $2",
            message.Id, message.Attempts, now + BackOff(message.Tries, Random.Shared.NextDouble()), dead ? reason[..Math.Min(reason.Length, 500)] : null, away ? 1 : 0, now);
        command.Parameters[3].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        await command.ExecuteNonQueryAsync(ct);
        if (jobs.Owns(message.Key)) await jobs.Record(message.Key!, now, took, reason, ct);
    }

    /// <summary>Who can't be reached is waited for, however often that is; all else has its tries.</summary>
    internal static bool GivesUp(Message message, bool away, WorkerOptions options, DateTimeOffset now) =>
        away ? now - (message.FailingSince ?? now) >= options.Patience : message.Tries - message.Excused >= options.MaxTries;

    /// <summary>Taken up too often without ever coming to an end, good or bad: its process went each time, so it isn't begun again.</summary>
    public void RefuseWhatNeverEnds(Message message, WorkerOptions options)
    {
        if (message.Tries - message.Excused > options.MaxTries && !jobs.Owns(message.Key)) throw new InvalidOperationException($"Taken up {message.Tries} times and never brought to an end.");
    }

    /// <summary>A job's message waits for the run that somebody else began. Null: it is under way.</summary>
    public Task<JobTurn?> Turn(Message message, CancellationToken ct) => jobs.Turn(message.Key!, ct);

    public bool IsJob(Message message) => jobs.Owns(message.Key);

    /// <summary>Some seconds later, as if it hadn't been taken up.</summary>
    public async Task Postpone(Message message, CancellationToken ct)
    {
        await using var command = store.Command("update messages set due = $3, tries = tries - 1 where id = $1 and attempts = $2", message.Id, message.Attempts, store.Clock.GetUtcNow() + LittleWhile);
        await command.ExecuteNonQueryAsync(ct);
    }

    static readonly TimeSpan LittleWhile = TimeSpan.FromSeconds(5);

    /// <summary>A recurring job schedules its next run in the transaction of this one.</summary>
    public Task AfterJob(Message message, object body, TimeSpan took, DocumentSession db) => jobs.ScheduleNext(message.Key!, body, took, db);

    /// <summary>0.5 to 1 s after the first failure, doubling, 5 minutes at the most.</summary>
    /// <param name="chance">0 to 1.</param>
    internal static TimeSpan BackOff(int tries, double chance) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Clamp(tries - 1, 0, 10))) * (0.5 + chance / 2));
}
