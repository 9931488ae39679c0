using App.Features.Demo;
using App.Features.Organizations;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;
using App.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Features.Demo;

public sealed class DemoSeederTests
{
    [Fact]
    public async Task Seeding_twice_is_seeding_once_and_every_invariant_holds_with_the_providers_ledger()
    {
        var ledger = Path.Combine(Path.GetTempPath(), $"foyer-demo-{Environment.ProcessId}.jsonl");
        await using var sandbox = await SandboxHost.Start($"Sandbox:Ledger={ledger}");
        await using var app = await Build(await Databases.New(), sandbox, $"--Verify:Ledger={ledger}");

        var first = await Seed(app);
        var facts = await Facts(app);
        var second = await Seed(app);

        (first.Outcome, first.Orders, first.Paid).ShouldBe((SeedOutcome.Seeded, 1000, true));
        second.Outcome.ShouldBe(SeedOutcome.Already);
        (await Facts(app)).ShouldBe(facts);
        await Holds(app);
        File.Delete(ledger);
        foreach (var address in DemoAccounts.Addresses) (await MaySignIn(app, address)).ShouldBeTrue(address);
    }

    [Fact]
    public async Task A_seeding_that_was_cut_off_goes_on_where_it_stopped()
    {
        await using var sandbox = await SandboxHost.Start();
        var connection = await Databases.New();
        await using (var cut = await Build(connection, sandbox))
        {
            using var stop = new CancellationTokenSource();
            var seeding = cut.Services.GetRequiredService<DemoSeeder>().Run(stop.Token);
            await Eventually.Is(async () => await Orders(cut) > 100);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(seeding);
        }
        await using var app = await Build(connection, sandbox);
        (await Orders(app)).ShouldBeInRange(100, 900);

        (await Seed(app)).Outcome.ShouldBe(SeedOutcome.Seeded);

        (await Orders(app)).ShouldBe(1023); // with 18 abandoned and 5 that wait for their payment
        await Holds(app);
    }

    [Fact]
    public async Task Where_nobody_takes_money_only_what_is_free_is_sold()
    {
        await using var app = await Build(await Databases.New(), null);

        var seeded = await Seed(app);

        seeded.Paid.ShouldBeFalse();
        seeded.Orders.ShouldBeInRange(50, 300);
        await Holds(app);
    }

    [Fact]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        await using var app = await Build(await Databases.New("insert into doc_organization (id, version, data) values (gen_random_uuid(), 1, '{\"slug\":\"somebody\"}')"), null);

        (await Seed(app)).Outcome.ShouldBe(SeedOutcome.NotEmpty);

        (await Facts(app)).ShouldBe(0);
    }

    [Fact]
    public void The_plan_sells_no_place_twice_and_leaves_the_workshop_a_few()
    {
        var seed = new DemoSeed(DemoSeed.TheOnly, new(2027, 1, 12, 12, 0, 0, TimeSpan.Zero), false);
        foreach (var show in new[] { DemoConference.Show(seed, DemoNames.Read()), DemoTheatre.Show(seed, DemoNames.Read()) })
        {
            show.Event.Slug.ShouldNotBeEmpty();
            show.Orders.ShouldAllBe(o => o.At <= seed.Began && o.At >= show.Opened);
            show.Orders.Select(o => o.Email).Distinct().Count().ShouldBe(show.Orders.Count);
            var seats = show.Orders.SelectMany(o => o.Lines).SelectMany(l => l.Seats ?? []).ToArray();
            seats.Distinct().Count().ShouldBe(seats.Length);
            show.Event.Dates!.Starts.ShouldBeGreaterThan(seed.Began.AddDays(40));
        }
    }

    static Task<WebApplication> Build(string connection, SandboxHost? sandbox, params string[] more) => App.Program.Build(
        ["--environment=Development", $"--ConnectionStrings:Foyer={connection}", "--Logging:LogLevel:Default=Error", $"--Stripe:BaseUrl={sandbox?.BaseUrl.ToString() ?? "http://127.0.0.1:9"}", .. sandbox is null ? ["--Stripe:SecretKey="] : Array.Empty<string>(), .. more]);

    static Task<Seeded> Seed(WebApplication app) => app.Services.GetRequiredService<DemoSeeder>().Run(default);
    static async Task<bool> MaySignIn(WebApplication app, string address)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<MemberManager>();
        return await manager.FindByNameAsync(address) is { MustChangePassword: false } member && await manager.CheckPasswordAsync(member, DemoAccounts.Password);
    }

    static Task<long> Facts(WebApplication app) => app.Services.GetRequiredService<QuerySession>().QueryFirst<long>("select count(*) from events", default);
    static Task<long> Orders(WebApplication app) => app.Services.GetRequiredService<QuerySession>().QueryFirst<long>("select count(*) from streams where type = 'order'", default);

    static async Task Holds(WebApplication app)
    {
        var (report, text) = (await app.Services.GetRequiredService<Verifier>().Run(default), new StringWriter());
        report.WriteTo(text);
        report.Ok.ShouldBeTrue(text.ToString());
    }
}
