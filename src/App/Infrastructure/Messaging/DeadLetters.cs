using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

public sealed record DeadLetter(Guid Id, short Lane, string Type, string? Handler, string Body, int Tries, DateTimeOffset Created, DateTimeOffset? FailingSince, string Dead);

/// <summary>How many of one type gave up.</summary>
public sealed record DeadKind(string Type, long Count);

/// <summary>A job's last run and next one. Null error: it worked.</summary>
public sealed record JobState(string Name, DateTimeOffset? Next, DateTimeOffset? LastEnded, string? LastError, long Runs);

/// <param name="Seconds">Null: not noted.</param>
public sealed record JobRun(string Name, DateTimeOffset Ended, double? Seconds, string? Error);

/// <summary>What a person may do with messages that gave up, and what they may know of jobs.</summary>
public sealed class DeadLetters(EventStore store, QuerySession db, MessageWorkers workers, RecurringJobs jobs)
{
    /// <summary>What makes a message that gave up one that was scheduled just now, $1.</summary>
    internal const string Anew = "dead = null, due = $1, tries = 0, excused = 0, failing_since = null";

    public Task<IReadOnlyList<DeadLetter>> List(int most, CancellationToken ct) =>
        db.Query<DeadLetter>("select id, lane, type, handler, body::text as body, tries, created, failing_since, dead from messages where dead is not null order by created limit $1", ct, most);

    public Task<IReadOnlyList<DeadKind>> Kinds(CancellationToken ct) => db.Query<DeadKind>("select type, count(*) as count from messages where dead is not null group by type order by type", ct);

    /// <summary>How long a message waits for somebody outside who can't be reached, before it gives up.</summary>
    public TimeSpan Patience => workers.Patience;

    /// <summary>Tries again at once, with all its tries and as long as a new one. False: it is not there any more.</summary>
    public async Task<bool> Retry(Guid id, CancellationToken ct)
    {
        await using var command = store.Command($"update messages set {Anew} where id = $2 and dead is not null returning lane", store.Clock.GetUtcNow(), id);
        return await Wake(command, ct) == 1;
    }

    /// <summary>All of one type. How many that were.</summary>
    public async Task<int> RetryAll(string type, CancellationToken ct)
    {
        await using var command = store.Command($"update messages set {Anew} where type = $2 and dead is not null returning lane", store.Clock.GetUtcNow(), type);
        return await Wake(command, ct);
    }

    async Task<int> Wake(Npgsql.NpgsqlCommand command, CancellationToken ct)
    {
        var lanes = new List<short>();
        await using (var rows = await command.ExecuteReaderAsync(ct))
            while (await rows.ReadAsync(ct)) lanes.Add(rows.GetInt16(0));
        foreach (var lane in lanes.Distinct()) workers.Wake(lane);
        return lanes.Count;
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
