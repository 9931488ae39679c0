using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

public sealed record DeadLetter(Guid Id, short Lane, string Type, string? Handler, string Body, int Attempts, DateTimeOffset Created, string Dead);

/// <summary>A job's last run and next one. Null error: it worked.</summary>
public sealed record JobState(string Name, DateTimeOffset? Next, DateTimeOffset? LastEnded, string? LastError, long Runs);

/// <param name="Seconds">Null: not noted.</param>
public sealed record JobRun(string Name, DateTimeOffset Ended, double? Seconds, string? Error);

/// <summary>What a person may do with messages that gave up, and what they may know of jobs.</summary>
public sealed class DeadLetters(EventStore store, QuerySession db, MessageWorkers workers, RecurringJobs jobs)
{
    public Task<IReadOnlyList<DeadLetter>> List(int most, CancellationToken ct) =>
        db.Query<DeadLetter>("select id, lane, type, handler, body::text as body, attempts, created, dead from messages where dead is not null order by created limit $1", ct, most);

    /// <summary>Tries again at once, with all its attempts. False: it is not there any more.</summary>
    public async Task<bool> Retry(Guid id, CancellationToken ct)
    {
        await using var command = store.Command("update messages set dead = null, attempts = 0, due = $2 where id = $1 and dead is not null returning lane", id, store.Clock.GetUtcNow());
        if (await command.ExecuteScalarAsync(ct) is not short lane) return false;
        workers.Wake(lane);
        return true;
    }

    public async Task<bool> Drop(Guid id, CancellationToken ct)
    {
        await using var command = store.Command("delete from messages where id = $1 and dead is not null", id);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public async Task<IReadOnlyList<JobState>> Jobs(CancellationToken ct)
    {
        var known = await db.Query<JobState>("""
            select j.name, m.due as next, r.ended as last_ended, r.error as last_error, (select count(*) from job_runs c where c.name = j.name) as runs
            from unnest($1) j(name)
            left join messages m on m.key = 'job:' || j.name
            left join lateral (select ended, error from job_runs r where r.name = j.name order by ended desc limit 1) r on true
            order by j.name
            """, ct, [jobs.All.Select(j => j.Name).ToArray()]);
        return known;
    }

    /// <summary>The latest runs of each job, the newest first.</summary>
    public Task<IReadOnlyList<JobRun>> Runs(int each, CancellationToken ct) => db.Query<JobRun>("""
        select j.name, r.ended, r.seconds, r.error from unnest($1) j(name)
        cross join lateral (select ended, seconds, error from job_runs r where r.name = j.name order by ended desc, id desc limit $2) r order by j.name, r.ended desc
        """, ct, jobs.All.Select(j => j.Name).ToArray(), each);

    /// <summary>Waiting and overdue messages by lane: the queue's depth and its oldest age.</summary>
    public Task<IReadOnlyList<LaneDepth>> Depths(CancellationToken ct) => db.Query<LaneDepth>("""
        select lane, count(*) filter (where due <= $1) as due, count(*) as waiting, min(due) as oldest from messages where dead is null group by lane order by lane
        """, ct, store.Clock.GetUtcNow());
}

public sealed record LaneDepth(short Lane, long Due, long Waiting, DateTimeOffset? Oldest);
