using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using App.Features.Checkout;
using App.Infrastructure.Postgres;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F11, F13: the database is switched off, or its connections are cut, while people buy.</summary>
public sealed class DatabaseTests
{
    const int SigQuit = 3, SigKill = 9;

    [Fact]
    public async Task Switched_off_in_the_middle_of_orders_the_database_keeps_all_that_was_promised_and_buyers_are_asked_to_come_again()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"foyer-power-{Environment.ProcessId}");
        var options = new EmbeddedPostgresOptions(folder, AppContext.BaseDirectory, Durable: true, Settings: ["shared_buffers=64MB"]);
        var server = await EmbeddedPostgres.Start(options);
        var notes = Path.GetTempFileName();
        try
        {
            await using var app = await AppHost.Start(connection: server.ConnectionString(), settings: [$"--Verify:Acknowledged={notes}"]);
            var show = await app.AddShow(capacity: 100_000);
            var crowd = new Crowd(app.Address, show);
            foreach (var signal in new[] { SigQuit, SigKill }) // pg_ctl stop -m immediate, and kill -9
            {
                await crowd.Sells(20);
                kill(int.Parse(File.ReadLines(Path.Combine(folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture), signal).ShouldBe(0);
                await crowd.IsAskedToComeAgain();
                await server.DisposeAsync();
                server = await EmbeddedPostgres.Start(options);
                await crowd.Sells(20); // the application recovers by itself
            }
            await crowd.GoesHome();

            await File.WriteAllLinesAsync(notes, crowd.Promises);
            await app.HandleDueMessages();
            await House.Holds(app);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            File.Delete(notes);
        }
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int kill(int pid, int signal);

    /// <summary>Twelve people who buy free tickets without end, and write down what they were promised.</summary>
    sealed class Crowd
    {
        readonly CancellationTokenSource closing = new();
        readonly Task[] people;
        int sold, turnedAway;

        public Crowd(Uri address, Show show) => people = [.. Enumerable.Range(0, 12).Select(i => Task.Run(() => Buy(address, show, i)))];

        public ConcurrentBag<string> Promises { get; } = [];

        public Task Sells(int more) => Reaches(() => Volatile.Read(ref sold), more);
        public Task IsAskedToComeAgain() => Reaches(() => Volatile.Read(ref turnedAway), 12);

        async Task Reaches(Func<int> count, int more)
        {
            var goal = count() + more;
            await Eventually.Is(() => Task.FromResult(count() >= goal || people.Any(p => p.IsFaulted)), seconds: 60);
            foreach (var broken in people.Where(p => p.IsFaulted)) await broken;
        }

        public async Task GoesHome()
        {
            await closing.CancelAsync();
            await Task.WhenAll(people);
            closing.Dispose();
        }

        async Task Buy(Uri address, Show show, int number)
        {
            while (!closing.IsCancellationRequested)
            {
                using var buyer = new Buyer(address, $"crowd{number}");
                if (!Went(await buyer.Choose(show), show.Field, "1")) continue;
                Promises.Add($"held {buyer.OrderId}");
                WebPage sent;
                do sent = await buyer.Send(); while (!Went(sent, "email", buyer.Email) && !closing.IsCancellationRequested);
                if (sent.Status != HttpStatusCode.SeeOther) continue;
                Promises.Add($"paid {buyer.OrderId}");
                Interlocked.Increment(ref sold);
            }
        }

        /// <summary>Done; or a page that says when to come again, and gives back what was typed.</summary>
        bool Went(WebPage page, string field, string typed)
        {
            if (page.Status == HttpStatusCode.SeeOther) return true;
            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, page.Text);
            page.Header("Retry-After").ShouldNotBeNull();
            page.Html.ShouldContain($"<input type=\"hidden\" name=\"{field}\" value=\"{typed}\">");
            Interlocked.Increment(ref turnedAway);
            return false;
        }
    }

    [Fact]
    public async Task Connections_cut_around_the_commits_of_a_rush_double_no_hold_and_lose_none()
    {
        const int buyers = 240;
        await using var house = await House.Open(capacity: 200, amount: 0, processes: 2);
        using var stop = new CancellationTokenSource();
        var (cuts, seen) = (0, await house.Facts());
        var cutter = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(5);
                if (await house.Facts() is var facts && facts < seen + 8) continue; // as often as the rush gets on, however slow the machine is
                seen = facts;
                // Whoever is in the middle of a commit, and whoever has just done one.
                cuts += (int)await house.App.Db.QueryFirst<long>("select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'foyer-writes') ended", default);
            }
        });
        var people = Enumerable.Range(0, buyers).Select(i => house.Buyer($"rush{i}", i % 2)).ToArray();
        var pages = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (buyer, _) =>
        {
            pages.Add((await buyer.Choose(house.Show)).Status);
            if (buyer.Checkout.Length == 0) return;
            WebPage sent;
            do sent = await buyer.Send(); while (sent.Status == HttpStatusCode.ServiceUnavailable); // as the page asks
            sent.Status.ShouldBe(HttpStatusCode.SeeOther);
        });
        await stop.CancelAsync();
        await cutter;

        cuts.ShouldBeGreaterThan(0);
        pages.Count(s => s == HttpStatusCode.SeeOther).ShouldBe(200);
        pages.Count(s => s == HttpStatusCode.UnprocessableEntity).ShouldBe(40);
        var held = people.Where(b => b.Checkout.Length > 0).Select(b => b.OrderId).ToArray();
        held.Distinct().Count().ShouldBe(200);
        (await house.App.Db.QueryFirst<long>("select count(*) from streams where id = any($1)", default, held)).ShouldBe(200);
        (await house.Facts("places-held")).ShouldBe(200);
        (await house.Facts("order-paid")).ShouldBe(200);
        await house.Verify();
        foreach (var buyer in people) buyer.Dispose();
    }
}
