using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Npgsql;

namespace App.Tests.Support;

public sealed class AppHostTests
{
    [Fact]
    public async Task The_application_starts_and_sells_a_free_ticket()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = app.Browser();

        var page = await browser.Get(show.Path);
        page.Text.ShouldContain("Slow Harbour", Case.Sensitive, page.Status.ToString());
        var held = await browser.PostForm(show.Path, (show.Field, "2"));
        held.Status.ShouldBe(HttpStatusCode.SeeOther);
        await browser.PostForm(held.Location!, ("email", "ines@example.org"), ("name", "Inês Duarte"));
        await app.HandleDueMessages();

        app.Mails.ShouldHaveSingleItem().To.ShouldBe("ines@example.org");
    }

    [Fact]
    public async Task A_house_in_which_nothing_happens_asks_its_database_twice_a_second_at_the_most()
    {
        await using var app = await AppHost.Start();
        await app.AddShow();
        await app.HandleDueMessages();
        var (database, asked, beats) = (new NpgsqlConnectionStringBuilder(app.Connection).Database, new ConcurrentQueue<string>(), new ConcurrentQueue<int>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = query =>
            {
                if (!query.TagObjects.Any(t => t.Value as string == database)) return; // another test's
                var text = query.TagObjects.Select(t => t.Value as string).FirstOrDefault(t => t?.Contains("select", StringComparison.Ordinal) == true) ?? query.DisplayName;
                asked.Enqueue(text);
                if (text.Contains("unnest($1) lane", StringComparison.Ordinal)) beats.Enqueue(asked.Count); // one every 0.9 s
            },
        };
        ActivitySource.AddActivityListener(listener);

        // What the show's facts set off may go on for a while: then five beats in a row (4.5 s) with no more than nine queries.
        bool IsQuiet(int[] counts) => Enumerable.Range(0, Math.Max(0, counts.Length - 5)).Any(i => counts[i + 5] - counts[i] <= 9);
        try { await Eventually.Is(() => Task.FromResult(IsQuiet([.. beats]))); }
        catch (TimeoutException e) { throw new ShouldAssertException(string.Join('\n', asked), e); }
    }

    [Fact]
    public async Task With_a_sandbox_money_comes_by_webhook()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);

        var order = await app.Sell(show, sandbox: sandbox);

        (await global::App.Features.Checkout.Contracts.PaidOrder.Of(order, app.Db, default))!.Total.ShouldBe(4500);
    }
}
