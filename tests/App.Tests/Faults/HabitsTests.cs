using System.Net;
using App.Features.Checkout;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F37, F38: what people do with buttons, tabs and the way back.</summary>
public sealed class HabitsTests
{
    [Fact]
    public async Task Double_clicks_the_way_back_two_tabs_and_reloads_make_one_order_and_one_charge()
    {
        await using var house = await House.Open();
        using var tab = house.Buyer();
        await tab.Choose(house.Show, 2);
        var path = tab.Checkout;
        using var scripted = new Browser(house.App.Address) { Headers = { ["Accept"] = "application/json" } };
        (string, string)[] details = [("email", tab.Email), ("name", tab.Name)];

        var clicks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scripted.Post(path, details)));
        clicks.ShouldAllBe(c => c.Status == HttpStatusCode.OK);
        clicks.Select(c => c.Html).Distinct().ShouldHaveSingleItem(); // one client secret: one payment
        var back = await tab.Browser.Get(path);
        back.Status.ShouldBe(HttpStatusCode.OK);
        back.Html.ShouldContain($"value=\"{tab.Email}\"");
        (await tab.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
        await house.Sandbox.Pay(tab.Intent!);
        await house.Sandbox.Pay(tab.Intent!); // the other tab's button: the provider says that it is paid

        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => tab.Browser.Get(tab.Order)));
        pages.ShouldAllBe(p => p.Status == HttpStatusCode.OK && p.Text.Contains("You’re going"));
        pages.Select(p => p.Text).Distinct().Count().ShouldBeLessThanOrEqualTo(2); // "is on its way", then "went"
        (await tab.Browser.Get(path)).Location.ShouldBe(tab.Order);
        (await tab.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK); // told that it is complete
        await house.Settle();

        (await house.Facts("order-paid")).ShouldBe(1);
        (await house.Facts("payment-prepared")).ShouldBe(1);
        (await house.Sandbox.Ledger()).GetProperty("charges").GetArrayLength().ShouldBe(1);
        (await house.Sandbox.Mails(tab.Email)).ShouldHaveSingleItem();
        await house.Verify();
    }

    [Fact]
    public async Task Without_script_two_clicks_lead_to_one_page_of_the_providers()
    {
        await using var house = await House.Open();
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);

        var clicks = await Task.WhenAll(buyer.Send(), buyer.Send());

        clicks.ShouldAllBe(c => c.Status == HttpStatusCode.SeeOther);
        clicks.Select(c => c.Location).Distinct().ShouldHaveSingleItem();
        (await house.Facts("pay-page-prepared")).ShouldBe(1);
        await house.Verify();
    }

    [Fact]
    public async Task Whoever_pays_twice_for_one_order_gets_the_second_payment_back()
    {
        await using var house = await House.Open();
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        await buyer.BeginPayment();
        var hosted = await buyer.Send(); // the other tab has no script, and a page of the provider's of its own
        using var card = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using (await card.PostAsync(hosted.Location, new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242424242424242", ["expiry"] = "12 / 40", ["cvc"] = "123" }))) { }
        await house.Becomes(buyer.OrderId, OrderStatus.Paid);
        await house.Sandbox.Pay(buyer.Intent!);
        await Eventually.Is(async () => await house.Facts("payment-came-too-late") == 1);
        await house.Settle();

        var ledger = await house.Sandbox.Ledger();
        ledger.GetProperty("charges").GetArrayLength().ShouldBe(2);
        ledger.GetProperty("refunds").GetArrayLength().ShouldBe(1);
        (await house.Order(buyer.OrderId)).Status.ShouldBe(OrderStatus.Paid);
        (await house.Facts("ticket-issued")).ShouldBe(1);
        await house.Verify();
    }

    [Fact]
    public async Task Whoever_closes_the_browser_after_3D_Secure_has_the_tickets_by_mail()
    {
        await using var house = await House.Open();
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show, 2);
        await buyer.BeginPayment();
        var asked = await house.Sandbox.Pay(buyer.Intent!, "4000002500003155", new Uri(house.App.Address, buyer.Order).ToString());
        var bank = new Uri(asked.GetProperty("next_action").GetProperty("redirect_to_url").GetProperty("url").GetString()!);
        var secret = bank.Query[(bank.Query.IndexOf("secret=", StringComparison.Ordinal) + "secret=".Length)..];
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using (await http.PostAsync(bank, new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = secret, ["outcome"] = "complete" }))) { } // and is gone

        await Eventually.Is(async () => (await house.Sandbox.Mails(buyer.Email)).Count == 1);

        (await house.Facts("ticket-issued")).ShouldBe(2);
        await house.Verify();
    }

    [Fact]
    public async Task A_page_left_open_changes_nothing_of_an_order_that_was_paid_meanwhile()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        await buyer.Send();
        await house.Settle();
        var before = await house.App.Db.Load<OrderContact>(buyer.OrderId, default);

        var told = await buyer.Browser.Post(buyer.Checkout + "?handler=extend", [("email", "other@example.org"), ("name", "Somebody Else")]);

        told.Status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect);
        (await house.App.Db.Load<OrderContact>(buyer.OrderId, default)).ShouldBe(before);
        before!.EventId.ShouldBe(house.Show.EventId);
        await house.Verify();
    }
}
