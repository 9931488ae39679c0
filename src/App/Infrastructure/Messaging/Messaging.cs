using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>The workers of this process, and the hand-over of what a commit made due at once.</summary>
public sealed class MessageWorkers : IHostedService, IAsyncDisposable
{
    readonly Dictionary<short, Worker> workers;
    readonly EventStore store;
    readonly HandlerRegistry handlers;
    readonly RecurringJobs jobs;
    readonly CancellationTokenSource stopping = new();
    Task running = Task.CompletedTask;

    public MessageWorkers(EventStore store, HandlerRegistry handlers, RecurringJobs jobs, IServiceProvider services, IConfiguration configuration, ILogger<MessageWorkers> log)
    {
        (this.store, this.handlers, this.jobs) = (store, handlers, jobs);
        var claims = new MessageClaims(store, jobs);
        // Lanes this process works on: "work,mail,jobs" (all) unless told otherwise; "none" for a process that only serves pages.
        var wanted = (configuration["Messaging:Lanes"] ?? "work,mail,jobs").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Patience = TimeSpan.FromHours(configuration.GetValue("Messaging:PatienceHours", 24d));
        workers = new (string Name, short Lane, WorkerOptions Options)[]
        {
            ("work", Lanes.Work, new(32, TimeSpan.FromSeconds(60), Patience)),
            ("mail", Lanes.Mail, new(8, TimeSpan.FromMinutes(3), Patience)),
            ("jobs", Lanes.Jobs, new(2, TimeSpan.FromMinutes(15), Patience)),
        }.Where(l => wanted.Contains(l.Name)).ToDictionary(l => l.Lane, l => new Worker(l.Lane, l.Options, store, handlers, claims, services, log));
    }

    /// <summary>How long a message waits for somebody outside who can't be reached.</summary>
    public TimeSpan Patience { get; }
    internal IReadOnlyCollection<Worker> All => workers.Values;
    internal bool IsIdle => workers.Values.All(w => w.IsIdle);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        handlers.WorkedHere = workers.Keys.ToHashSet();
        store.Committed += Take;
        await jobs.Plan(handlers, cancellationToken);
        running = Task.WhenAll(workers.Values.Select(w => w.Run(stopping.Token)));
        foreach (var worker in workers.Values) worker.Wake();
    }

    void Take(UnitOfWork unit)
    {
        foreach (var message in unit.Messages)
        {
            if (!workers.TryGetValue(message.Lane, out var worker)) continue;
            if (message.BornClaimed) worker.Take(message);
            else if (message.Due <= store.Clock.GetUtcNow()) worker.Wake();
        }
    }

    internal void Wake(short lane) { if (workers.TryGetValue(lane, out var worker)) worker.Wake(); }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        store.Committed -= Take;
        handlers.WorkedHere = new HashSet<short>();
        await stopping.CancelAsync();
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        stopping.Dispose();
        return ValueTask.CompletedTask;
    }
}
