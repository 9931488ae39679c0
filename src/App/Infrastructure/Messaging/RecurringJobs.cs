using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <param name="Name">Stored and typed by operators (<c>foyer jobs run …</c>): for ever.</param>
public sealed record RecurringJob(string Name, TimeSpan Every, object Message);

/// <summary>What came of wanting a job run now.</summary>
public enum JobAnswer { Ran, IsRunning, NoSuchJob }

/// <summary>
/// Every job, in one readable list. No two runs of one overlap (<see cref="JobTurn"/>). A job is a message under a unique key which schedules its next run as it completes, so any number of replicas run each once.
/// It is never a dead letter: it fails, backs off and goes on.
/// </summary>
public sealed class RecurringJobs(IEnumerable<RecurringJob> jobs, Lazy<EventStore> store)
{
    public IReadOnlyList<RecurringJob> All { get; } = [.. jobs.OrderBy(j => j.Name, StringComparer.Ordinal)];

    static string Key(string name) => "job:" + name;
    internal bool Owns(string? key) => key is not null && Find(key) is not null;
    RecurringJob? Find(string key) => All.FirstOrDefault(j => Key(j.Name) == key);

    /// <summary>Puts the jobs that are not in the table yet there, due now.</summary>
    public async Task Plan(HandlerRegistry handlers, CancellationToken ct)
    {
        foreach (var job in All)
        {
            var (type, body) = store.Value.Types.Write(StoredKind.Message, job.Message);
            var now = store.Value.Clock.GetUtcNow();
            await using var command = store.Value.Command("insert into messages (id, lane, type, body, due, key, created) values ($1, $2, $3, $6::jsonb, $4, $5, $4) on conflict (key) where key is not null do nothing",
                Ids.New(now), (int)handlers.Single(job.Message.GetType()).Lane, type, now, Key(job.Name), System.Text.Encoding.UTF8.GetString(body));
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Null: it is running.</summary>
    internal Task<JobTurn?> Turn(string key, CancellationToken ct) => JobTurn.Take(key, store.Value.Reads, waits: false, ct);

    internal async Task ScheduleNext(string key, object body, TimeSpan took, DocumentSession db)
    {
        if (Find(key) is not { } job) return;
        var now = store.Value.Clock.GetUtcNow();
        await Record(key, now, took, null, CancellationToken.None);
        // Spread over a tenth of the interval, so that jobs of one length don't march in step.
        db.Outbox.Schedule(body, now + job.Every * (0.95 + Random.Shared.NextDouble() / 10), key);
    }

    internal async Task Record(string key, DateTimeOffset at, TimeSpan took, string? error, CancellationToken ct)
    {
        await using var command = store.Value.Command("insert into job_runs (name, ended, error, seconds) values ($1, $2, $3, $4)", key["job:".Length..], at, error, took.TotalSeconds);
        command.Parameters[2].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Runs a job now, here, whatever its schedule says; after the run that is under way, which may have begun before what it should see. False: there is no such job.</summary>
    public async Task<bool> RunNow(string name, MessageBus bus, CancellationToken ct) => await Run(name, bus, waits: true, ct) == JobAnswer.Ran;

    /// <summary>The same, unless it is running.</summary>
    public Task<JobAnswer> TryRunNow(string name, MessageBus bus, CancellationToken ct) => Run(name, bus, waits: false, ct);

    async Task<JobAnswer> Run(string name, MessageBus bus, bool waits, CancellationToken ct)
    {
        if (All.FirstOrDefault(j => j.Name == name) is not { } job) return JobAnswer.NoSuchJob;
        await using var turn = await JobTurn.Take(Key(name), store.Value.Reads, waits, ct);
        if (turn is null) return JobAnswer.IsRunning;
        string? error = null;
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        try { await bus.InvokeAsync(job.Message, ct); }
        catch (Exception e) { error = $"{e.GetType().Name}: {e.Message}"; throw; }
        finally { await Record(Key(name), store.Value.Clock.GetUtcNow(), System.Diagnostics.Stopwatch.GetElapsedTime(began), error, CancellationToken.None); }
        return JobAnswer.Ran;
    }
}
