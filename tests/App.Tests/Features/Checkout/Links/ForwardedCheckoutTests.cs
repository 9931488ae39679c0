using System.Net;
using App.Features.Checkout;
using App.Tests.Faults;
using App.Tests.Support;
using Buyer = App.Tests.Faults.Buyer;

namespace App.Tests.Features.Checkout.Links;

/// <summary>security.md S26: until an order is paid, others may have its checkout's link. Its manager is who gave the details with which it was paid, and nobody else.</summary>
public sealed class ForwardedCheckoutTests : IAsyncLifetime
{
    House house = null!;
    Buyer buyer = null!;
    Browser friend = null!;

    public async Task InitializeAsync()
    {
        house = await House.Open();
        (buyer, friend) = (house.Buyer(), house.App.Browser());
        friend.Headers["Accept"] = "application/json";
        (await buyer.Choose(house.Show, 2)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    public async Task DisposeAsync()
    {
        buyer.Dispose();
        friend.Dispose();
        await house.DisposeAsync();
    }

    Task<WebPage> Press(string email, string name, Browser? by = null) => (by ?? friend).Post(buyer.Checkout, [("email", email), ("name", name)]);

    async Task Paid(string with, string intent)
    {
        await house.Sandbox.Pay(intent);
        await house.Becomes(buyer.OrderId, OrderStatus.Paid);
        (await house.App.Db.Load<OrderContact>(buyer.OrderId, default))!.Email.ShouldBe(with);
        await house.Verify();
    }

    async Task Manages(Browser browser, bool does)
    {
        var page = await browser.Get(buyer.Order + "/guests");
        if (does) page.Status.ShouldBe(HttpStatusCode.OK);
        else (page.Status, page.Location).ShouldBe((HttpStatusCode.Redirect, buyer.Order + "/prove"));
    }

    [Fact]
    public async Task Who_pressed_first_and_did_not_pay_manages_nothing()
    {
        (await Press("eve@example.org", "Eve")).Status.ShouldBe(HttpStatusCode.OK);
        // Nor can they have the mail that would show that it is theirs, as long as it is unpaid.
        (await friend.Get(buyer.Order + "/prove")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await friend.Post(buyer.Order + "/prove", [])).Status.ShouldBe(HttpStatusCode.NotFound);

        await buyer.BeginPayment();
        await Paid("ines@example.org", buyer.Intent!);
        await Manages(buyer.Script, true);
        await Manages(friend, false);
    }

    [Fact]
    public async Task Details_that_were_changed_behind_the_buyer_are_never_paid_for_by_the_buyer()
    {
        await buyer.BeginPayment();
        var first = buyer.Intent!;
        (await friend.Post(buyer.Checkout + "?handler=Keep", [("email", "eve@example.org"), ("name", "Eve")])).Status.ShouldBe(HttpStatusCode.NoContent);
        (await house.App.Db.Load<OrderContact>(buyer.OrderId, default))!.Email.ShouldBe("ines@example.org");

        (await Press("eve@example.org", "Eve")).Status.ShouldBe(HttpStatusCode.OK);
        (await house.Sandbox.Pay(first)).GetProperty("error").GetProperty("code").GetString().ShouldBe("payment_intent_unexpected_state");
        (await house.Order(buyer.OrderId)).Status.ShouldBe(OrderStatus.Placed);

        await buyer.BeginPayment();
        buyer.Intent.ShouldNotBe(first);
        await Paid("ines@example.org", buyer.Intent!);
        await Manages(buyer.Script, true);
        await Manages(friend, false);
    }

    [Fact]
    public async Task Who_sends_the_same_details_is_not_told_that_it_is_theirs_nor_who_did_before()
    {
        (await Press(buyer.Email, buyer.Name)).Status.ShouldBe(HttpStatusCode.OK);
        friend.SetCookies.Clear();
        await buyer.BeginPayment();
        (await house.Facts("payment-prepared")).ShouldBe(1, "it is one payment");
        await Paid("ines@example.org", buyer.Intent!);
        foreach (var browser in new[] { friend, buyer.Script }) await Manages(browser, false);
        (await buyer.Script.Post(buyer.Order + "/prove", [])).Location.ShouldBe(buyer.Order + "/prove?step=sent");
    }

    [Fact]
    public async Task A_buyer_who_moves_to_another_machine_pays_there_and_manages_there()
    {
        await buyer.BeginPayment();
        using var desk = house.App.Browser();
        var page = (await Press("ines@work.example", "Inês Duarte", desk)).Location!; // without script: the provider's page
        using var card = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using (await card.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242424242424242", ["expiry"] = "12 / 40", ["cvc"] = "123" }))) { }
        await house.Becomes(buyer.OrderId, OrderStatus.Paid);
        await Manages(desk, true);
        await Manages(buyer.Script, false);
        await house.Verify();
    }

    [Fact]
    public async Task What_is_being_paid_takes_no_other_details()
    {
        await buyer.BeginPayment();
        await house.App.HandleDueMessages();
        await house.Sandbox.SendWebhooksTo(null); // paid, and we aren't told yet
        await house.Sandbox.Pay(buyer.Intent!);
        var late = await Press("eve@example.org", "Eve");
        (late.Status, late.Html.Contains("\"complete\":true", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
        (await house.App.Db.Load<OrderContact>(buyer.OrderId, default))!.Email.ShouldBe("ines@example.org");
        (await buyer.Browser.Get(buyer.Order)).Text.ShouldContain("Ticket 2 of 2"); // the page asks the provider
        await Manages(friend, false);
        await Manages(buyer.Script, true);
    }

    [Fact]
    public async Task Where_cookies_are_kept_out_everything_can_be_bought_and_corrected_and_the_mail_opens_it()
    {
        await buyer.BeginPayment();
        await house.Sandbox.Pay(buyer.Intent!, "4000000000000002"); // declined
        buyer.Script.Cookies.Clear();
        buyer.Browser.Cookies.Clear();
        (await Press("ines@right.example", "Inês Duarte", buyer.Script)).Status.ShouldBe(HttpStatusCode.OK);
        buyer.Script.Cookies.Clear();
        await Paid("ines@right.example", (await house.Order(buyer.OrderId)).PaymentId!);
        await Manages(buyer.Script, false);
        (await buyer.Script.Post(buyer.Order + "/prove", [])).Location.ShouldBe(buyer.Order + "/prove?step=sent");
    }

    [Fact]
    public async Task A_payment_that_was_closed_before_we_knew_is_begun_anew()
    {
        await buyer.BeginPayment();
        var order = await house.Order(buyer.OrderId);
        (await house.App.Get<Payments>().Close(order, default)).ShouldBeTrue(); // and the process died
        await buyer.BeginPayment();
        buyer.Intent.ShouldNotBe(order.PaymentId);
        await Paid("ines@example.org", buyer.Intent!);
        await Manages(buyer.Script, true);
    }
}
