using App.Features.Checkout;
using App.Infrastructure.Verification;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>One event on sale, its vendors, and one or two processes of the application that sell it, all in this process. Ends every test with <see cref="Verify"/>.</summary>
public sealed class House : IAsyncDisposable
{
    readonly List<AppHost> processes = [];

    House(SandboxHost sandbox) => Sandbox = sandbox;

    public SandboxHost Sandbox { get; }
    public AppHost App => processes[0];
    public AppHost Rival => processes[1];
    public IReadOnlyList<AppHost> Processes => processes;
    public TestClock Clock => App.Clock;
    public Show Show { get; private set; } = null!;
    string[] Settings => [Ledger(Sandbox)];

    public static string Ledger(SandboxHost sandbox) => $"--Verify:Ledger={new Uri(sandbox.BaseUrl, "/_sandbox/ledger")}";

    /// <param name="minutesAgo">So long ago it is: a hold taken now has ended when the clock stands at <see cref="Today"/>, and the provider's signatures are of today.</param>
    /// <param name="connection">A database with more in it than the product's tables.</param>
    public static async Task<House> Open(int capacity = 20, long amount = 4500, int processes = 1, int minutesAgo = 0, string? connection = null)
    {
        var house = new House(await SandboxHost.Start());
        var clock = new TestClock(Today.AddMinutes(-minutesAgo));
        for (var i = 0; i < processes; i++) house.processes.Add(await AppHost.Start(house.Sandbox, i == 0 ? connection : house.App.Connection, clock, settings: house.Settings));
        house.Show = await house.App.AddShow(amount: amount, capacity: capacity);
        await house.Knows(house.Show);
        return house;
    }

    public static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    public Buyer Buyer(string who = "ines", int process = 0) => new(processes[process].Address, who);

    /// <summary>Each process hears of the event in its own time.</summary>
    public async Task Knows(Show show)
    {
        foreach (var process in processes)
        {
            using var browser = process.Browser();
            await Eventually.Is(async () => (await browser.Get(show.Path)).Html.Contains(show.Field, StringComparison.Ordinal));
        }
    }

    public Task<Order> Order(Guid id) => Fold(id);

    public async Task Becomes(Guid order, OrderStatus status) => await Eventually.Is(async () => (await Fold(order)).Status == status);

    public Task<long> Facts(string type) => App.Db.QueryFirst<long>("select count(*) from events where type = $1", default, type);
    public Task<long> Facts() => App.Db.QueryFirst<long>("select count(*) from events", default);

    /// <summary>No webhook is under way any more and nothing that is due waits.</summary>
    public async Task Settle()
    {
        await Eventually.Is(async () => (await Sandbox.Webhooks()).GetProperty("pending").GetInt64() == 0, seconds: 60);
        foreach (var process in processes) await process.HandleDueMessages();
    }

    /// <summary>Every invariant, over the whole log and against the provider's own book.</summary>
    public async Task Verify()
    {
        await Settle();
        await Holds(App);
    }

    /// <summary>Time ends holds within a pulse or two, so a first look may come too early.</summary>
    public static async Task Holds(AppHost app)
    {
        var report = await app.Get<Verifier>().Run(default);
        if (report.Ok) return;
        try { await Eventually.Is(async () => (report = await app.Get<Verifier>().Run(default)).Ok, seconds: 10); }
        catch (TimeoutException)
        {
            await using var text = new StringWriter();
            report.WriteTo(text);
            report.Ok.ShouldBeTrue(text.ToString());
        }
    }

    async Task<Order> Fold(Guid id) => (await App.Db.FoldFresh<Order>(id, default)).State;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) await process.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
