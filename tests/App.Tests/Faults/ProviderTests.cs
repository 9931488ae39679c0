using System.Net;
using App.Features.Checkout;
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
