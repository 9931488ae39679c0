using System.Diagnostics;
using System.Net;
using App.Features.Checkout;
using App.Infrastructure.Messaging;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F2, F4, F46: the process is killed, or a write fails, at every point between holding a place and mailing its ticket.</summary>
public sealed class CrashPointTests
{
    /// <summary>Where the process dies: in a commit that is then undone or done, or around a call to or from a vendor.</summary>
    sealed record Point(string Name, string At, bool Done)
    {
        public bool IsCall => At.Contains(' ', StringComparison.Ordinal);
    }

    static readonly Point[] Points =
    [
        new("hold, undone", "order-started", false), new("hold, done and not told", "order-started", true),
        new("intent, never asked for", "POST /v1/payment_intents", false), new("intent, made and not told", "POST /v1/payment_intents", true),
        new("order, undone", "order-placed", false), new("order, done and not told", "order-placed", true),
        new("webhook, never arrived", "POST /webhooks/stripe", false), new("webhook, answered and not heard", "POST /webhooks/stripe", true),
        new("sale, undone", "order-paid", false), new("sale, done and not told", "order-paid", true),
        new("mail, never sent", "POST /v3/mail/send", false), new("mail, taken and not told", "POST /v3/mail/send", true),
        new("mail noted, undone", "tickets-sent", false), new("mail noted, done", "tickets-sent", true),
    ];

    [Fact]
    public async Task Killed_at_any_point_from_hold_to_mail_the_order_is_done_once_and_the_buyers_reload_finds_it()
    {
        await using var street = await Street.Open();
        foreach (var (i, point) in Points.Index())
        {
            using var buyer = street.Buyer($"point{i}");
            await Struck(street, point, buyer);

            var page = await buyer.Browser.Get(buyer.Order, follow: true);
            page.Status.ShouldBe(HttpStatusCode.OK, point.Name);
            page.Text.ShouldContain("You’re going", Case.Sensitive, point.Name);
            (await street.Ask<long>("select count(*) from events where type = 'ticket-issued' and data ->> 'orderId' = $1", buyer.OrderId.ToString())).ShouldBe(1, point.Name);
            await Eventually.Is(async () => await street.Ask<long>("select count(*) from events where type = 'tickets-sent' and data ->> 'orderId' = $1", buyer.OrderId.ToString()) == 1, seconds: 120);
            var mails = await street.MailsTo(buyer.Email);
            mails.Length.ShouldBeInRange(1, 2, point.Name);
            mails.Distinct().ShouldHaveSingleItem(point.Name);
        }
        await street.Verify();
    }

    /// <summary>The buyer goes on as people do: again, from where they stand, until it works. Meanwhile the process dies at the point and is started again.</summary>
    static async Task Struck(Street street, Point point, Buyer buyer)
    {
        var struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stoppage = point.IsCall ? null : street.Stop(point.At);
        if (stoppage is not null) await stoppage.Arm();
        else street.Turnstile.Once(point.At, point.Done, () => { street.Child.Kill(); struck.SetResult(); });

        var crash = Task.Run(async () =>
        {
            if (stoppage is null) await struck.Task.WaitAsync(TimeSpan.FromSeconds(60));
            else
            {
                await stoppage.IsReached();
                street.Child.Kill();
                await stoppage.End(point.Done);
            }
            await street.ClaimsEnd();
            await street.Child.StartAgain();
            await street.Sandbox.ResendWebhooks();
        });
        await Buy(street, buyer, crash);
        await crash;
    }

    static async Task Buy(Street street, Buyer buyer, Task crash)
    {
        while (buyer.Checkout.Length == 0) await Try(async () => await buyer.Choose(street.Show), crash);
        while (buyer.Intent is null) await Try(async () => await buyer.BeginPayment(), crash);
        await street.Sandbox.Pay(buyer.Intent);
        // The provider sends again what wasn't answered; nobody opens a page.
        await Eventually.Is(() => street.IsPaid(buyer.OrderId), seconds: 90);
    }

    static async Task Try(Func<Task> step, Task crash)
    {
        try { await step(); }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { await crash; }
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_payment_the_only_process_issues_the_tickets_after_its_restart_without_the_buyers_browser()
    {
        await using var street = await Street.Open();
        using var told = street.Buyer("told");
        using var untold = street.Buyer("silent");
        foreach (var buyer in new[] { told, untold })
        {
            await buyer.Choose(street.Show);
            (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
        }
        street.Child.Kill();
        await street.Sandbox.Pay(told.Intent!);
        await street.Sandbox.Behave(new(Webhooks: "drop"));
        await street.Sandbox.Pay(untold.Intent!);

        await street.Child.StartAgain();
        var began = Stopwatch.GetTimestamp();
        await Eventually.Is(() => street.IsPaid(told.OrderId));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await street.IsPaid(untold.OrderId)).ShouldBeFalse();

        // Of the other no webhook ever comes. Three minutes on, the reconciler asks.
        await street.Verify(laterBy: 3, async office =>
        {
            (await office.Get<RecurringJobs>().RunNow("reconcile-payments", office.Bus, default)).ShouldBeTrue();
            await office.HandleDueMessages();
            (await office.Db.FoldFresh<Order>(untold.OrderId, default)).State.Status.ShouldBe(OrderStatus.Paid);
        });
        (await street.MailsTo(told.Email)).Distinct().ShouldHaveSingleItem();
        (await street.MailsTo(untold.Email)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Killed_with_claimed_mails_in_hand_the_worker_loses_none_and_repeats_none_under_another_Message_ID()
    {
        const int orders = 16;
        await using var street = await Street.Open(amount: 0);
        await street.Sandbox.BehaveAsSendGrid(new(SlowMs: 300));
        var buyers = Enumerable.Range(0, orders).Select(i => street.Buyer($"mailed{i}")).ToArray();
        foreach (var buyer in buyers)
        {
            await buyer.Choose(street.Show);
            (await buyer.Send()).Status.ShouldBe(HttpStatusCode.SeeOther);
        }
        await Eventually.Is(async () => (await street.Sandbox.Mails("@example.org")).Count >= 3);
        street.Child.Kill();
        (await street.Ask<long>("select count(*) from messages where attempts > 0 and type = 'send-tickets'")).ShouldBeGreaterThan(0);
        await street.Sandbox.BehaveAsSendGrid(new());
        await street.ClaimsEnd();
        await street.Child.StartAgain();

        await Eventually.Is(async () => await street.Ask<long>("select count(*) from events where type = 'tickets-sent'") == orders);
        foreach (var buyer in buyers)
        {
            var mails = await street.MailsTo(buyer.Email);
            mails.Length.ShouldBeInRange(1, 2);
            mails.Distinct().ShouldHaveSingleItem();
            buyer.Dispose();
        }
        await street.Verify();
    }

    const string NthWrite = """
        create sequence fault_writes;
        create table fault_plan (nth int, cut boolean);
        create function fault_write() returns trigger language plpgsql as $$ declare p fault_plan; begin
            select * into p from fault_plan;
            if p.nth is null or nextval('fault_writes') <> p.nth then return null; end if;
            if p.cut then perform pg_terminate_backend(pg_backend_pid()); end if;
            raise exception 'no space left on device' using errcode = '53100';
        end $$;
        create trigger fault_write before insert on events for each statement execute function fault_write();
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the connection ends inside the transaction
    public async Task Whichever_write_fails_the_order_goes_on_from_where_it_stands(bool cut)
    {
        await using var house = await House.Open(connection: await Databases.New(NthWrite));
        var nth = 1;
        for (var reached = true; reached; nth++)
        {
            await Plan(house, $"delete from fault_plan; insert into fault_plan values ({nth}, {cut}); alter sequence fault_writes restart");
            using var buyer = house.Buyer($"write{nth}");
            while (buyer.Checkout.Length == 0) Told(await buyer.Choose(house.Show), HttpStatusCode.SeeOther, cut);
            while (buyer.Intent is null) Told(await buyer.BeginPayment(), HttpStatusCode.OK, cut);
            await house.Sandbox.Pay(buyer.Intent);
            await house.Becomes(buyer.OrderId, OrderStatus.Paid);
            await house.Settle();
            // A mail that failed is due later: the clock can't wait, so the message does without.
            await Plan(house, $"update messages set due = '{house.Clock.Now:O}' where attempts > 0 and dead is null and key like 'tickets:%'");
            await house.Settle();
            (await house.Sandbox.Mails(buyer.Email)).Count.ShouldBeInRange(1, 2);
            reached = await house.App.Db.QueryFirst<bool>("select is_called and last_value >= (select nth from fault_plan) from fault_writes", default);
            await Plan(house, "delete from fault_plan");
        }
        nth.ShouldBeGreaterThan(4, "hold, order, sale and mail are four writes at least");
        await house.Verify();
    }

    /// <summary>Done, or asked to come again; of a cut connection the buyer notices nothing.</summary>
    static void Told(WebPage page, HttpStatusCode done, bool cut)
    {
        if (page.Status == done) return;
        cut.ShouldBeFalse(page.Text);
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, page.Text);
        page.Header("Retry-After").ShouldNotBeNull();
    }

    static async Task Plan(House house, string sql)
    {
        await using var command = house.App.Db.Command(sql);
        await command.ExecuteNonQueryAsync();
    }
}
