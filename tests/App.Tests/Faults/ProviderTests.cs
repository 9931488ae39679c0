using System.Net;
using App.Features.Checkout;
using App.Infrastructure.Messaging;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F35, F36: the provider is slow to say what it did, or away.</summary>
public sealed class ProviderTests
{
    [Fact]
    public async Task An_intent_that_was_made_and_not_told_is_the_one_that_the_buyer_pays()
    {
        var ledger = Path.Combine(Path.GetTempPath(), $"foyer-ledger-{Environment.ProcessId}.jsonl");
        await using var sandbox = await SandboxHost.Start("Sandbox:Ledger=" + ledger);
        await using var app = await AppHost.Start(sandbox, settings: [House.Ledger(sandbox)]);
        var show = await app.AddShow(amount: 4500);
        using var buyer = new Buyer(app.Address);
        await buyer.Choose(show);
        await sandbox.Behave(new(Only: "/v1/payment_intents", TimeoutAfterEffect: 1));

        (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK); // after the first try's eight seconds

        File.ReadLines(ledger).Count(l => l.Contains("\"kind\":\"intent\"", StringComparison.Ordinal)).ShouldBe(1);
        await sandbox.Pay(buyer.Intent!);
        await Eventually.Is(async () => (await app.Db.FoldFresh<Order>(buyer.OrderId, default)).State.Status == OrderStatus.Paid);
        await app.HandleDueMessages();
        await House.Holds(app);
        File.Delete(ledger);
    }

    [Fact]
    public async Task An_address_corrected_on_the_way_back_opens_another_page_and_money_on_either_is_found()
    {
        await using var house = await House.Open(minutesAgo: 5);
        await house.Sandbox.Behave(new(Webhooks: "drop"));
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        var first = (await buyer.Send()).Location!;
        (await buyer.Send()).Location.ShouldBe(first); // a second click
        foreach (var (name, value) in buyer.Browser.Cookies) buyer.Script.Cookies[name] = value;
        await buyer.BeginPayment(); // and with script, in another tab: an intent that nobody pays
        var second = await buyer.Browser.Post(buyer.Checkout, [("email", "corrected@example.org"), ("name", buyer.Name)]);
        second.Status.ShouldBe(HttpStatusCode.SeeOther, second.Text);
        second.Location.ShouldNotBe(first);

        await PayOn(first);
        await house.App.HandleDueMessages();
        house.Clock.Now = house.Clock.Now.AddMinutes(3);
        await house.App.Get<RecurringJobs>().RunNow("reconcile-payments", house.App.Bus, default);
        await house.App.HandleDueMessages();

        (await house.Order(buyer.OrderId)).Status.ShouldBe(OrderStatus.Paid);
        (await house.Sandbox.Mails("corrected@example.org")).ShouldHaveSingleItem();
        await house.Verify();

        async Task PayOn(string page)
        {
            using var typed = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242424242424242", ["expiry"] = "12 / 34", ["cvc"] = "123" });
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var answer = await browser.PostAsync(page, typed);
            (await house.Sandbox.Ledger()).GetProperty("charges").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_payment_that_the_provider_does_not_take_is_said_so_and_what_was_typed_stays()
    {
        await using var house = await House.Open(minutesAgo: 5);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        foreach (var press in new[] { buyer.Send, buyer.BeginPayment })
        {
            await house.Sandbox.Behave(new(Only: "/v1", FailNext: 1, FailStatus: 400));
            var told = await press();
            told.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            told.Text.ShouldContain("The payment provider does not take this payment. Nothing was charged, and your tickets are held until");
        }
        (await buyer.Browser.Get(buyer.Checkout)).Html.ShouldContain($"value=\"{buyer.Email}\"");
        (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_provider_fails_buyers_keep_places_and_words_and_free_tickets_sell()
    {
        await using var house = await House.Open(minutesAgo: 5);
        var free = await house.App.AddShow(slug: "free-evening", title: "Free evening");
        var buyers = Enumerable.Range(0, 4).Select(i => house.Buyer($"patient{i}")).ToArray();
        foreach (var buyer in buyers) await buyer.Choose(house.Show);
        var until = (await house.Order(buyers[0].OrderId)).Until;
        await house.Sandbox.Behave(new(Only: "/v1", FailRate: 1));
        house.Clock.Now = house.Clock.Now.AddMinutes(5);

        for (var round = 0; round < 3; round++) // the third round finds the circuit open: nobody is asked, and nobody waits
            foreach (var buyer in buyers)
            {
                var told = await buyer.Send();
                told.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
                told.Header("Retry-After").ShouldBe("30");
                told.Text.ShouldContain("The payment provider does not answer. Nothing was charged, and your tickets are held until");
                told.Html.ShouldContain($"value=\"{buyer.Email}\"");
            }
        (await house.Order(buyers[0].OrderId)).Until.ShouldBeGreaterThan(until);
        (await buyers[0].BeginPayment()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var glad = house.Buyer("glad");
        await glad.Choose(free);
        (await glad.Send()).Location.ShouldBe(glad.Order);

        await house.Sandbox.Behave(new());
        house.Clock.Now = house.Clock.Now.AddSeconds(11);
        foreach (var buyer in buyers)
        {
            (await buyer.Browser.Get(buyer.Checkout)).Html.ShouldContain($"value=\"{buyer.Email}\"");
            (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
            await house.Sandbox.Pay(buyer.Intent!);
            buyer.Dispose();
        }
        await Eventually.Is(async () => await house.Facts("order-paid") == 5);
        await house.Verify();
    }
}
