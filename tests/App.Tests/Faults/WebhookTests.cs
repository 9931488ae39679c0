using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using App.Features.Checkout;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Vendors.Stripe;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F29 to F34: what the provider tells us comes more than once, in any order, late, never, or from somebody else.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task Each_webhook_three_times_at_once_to_two_processes_has_one_effect()
    {
        await using var house = await House.Open(processes: 2);
        await house.Sandbox.Behave(new(Webhooks: "triple"));
        using (await house.Sandbox.Http.PostAsJsonAsync("/_sandbox/webhooks", house.Processes.Select(p => new { url = new Uri(p.Address, "/webhooks/stripe").ToString(), secret = SandboxHost.WebhookSecret }))) { }
        var buyers = Enumerable.Range(0, 5).Select(i => house.Buyer($"triple{i}", i % 2)).ToArray();

        await Task.WhenAll(buyers.Select(b => b.Pay(house.Show, house.Sandbox, 2)));
        await house.Settle();

        var webhooks = await house.Sandbox.Webhooks();
        webhooks.GetProperty("delivered").GetInt64().ShouldBe(5 * 6);
        webhooks.GetProperty("refused").GetInt64().ShouldBe(0);
        (await house.Facts("order-paid")).ShouldBe(5);
        (await house.Facts("ticket-issued")).ShouldBe(10);
        (await house.Sandbox.Mails()).Count.ShouldBe(5);
        await house.Verify();
        foreach (var buyer in buyers) buyer.Dispose();
    }

    [Fact]
    public async Task Webhooks_in_reverse_order_end_where_the_provider_stands()
    {
        await using var house = await House.Open();
        await house.Sandbox.Behave(new(Webhooks: "reverse"));
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show, 2);
        await buyer.BeginPayment();
        await house.Sandbox.Pay(buyer.Intent!, "4000000000000002"); // declined, then paid, then refunded: told the other way round
        await house.Sandbox.Pay(buyer.Intent!);
        (await buyer.Browser.Get(buyer.Order, follow: true)).Text.ShouldContain("You’re going");
        using var promoter = await house.App.SignedIn(house.Show.OrganizationId, StaffRole.Promoter);
        await Refund(promoter, buyer.OrderId);
        await house.App.HandleDueMessages();

        await house.Sandbox.ReleaseWebhooks();
        await house.Settle();

        (await house.Sandbox.Webhooks()).GetProperty("refused").GetInt64().ShouldBe(0);
        var order = await house.Order(buyer.OrderId);
        (order.Status, order.Refunded, order.DeclinedBecause).ShouldBe((OrderStatus.Paid, 9000, null));
        await house.Verify();
    }

    [Fact]
    public async Task A_decline_that_is_told_late_is_not_said_of_the_next_try()
    {
        await using var house = await House.Open();
        await house.Sandbox.Behave(new(Webhooks: "reverse"));
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        await buyer.BeginPayment();
        await house.Sandbox.Pay(buyer.Intent!, "4000000000000002");
        await buyer.BeginPayment();
        await house.Sandbox.Pay(buyer.Intent!);

        await house.Sandbox.Behave(new(Webhooks: "drop"));
        await house.App.Bus.InvokeAsync(new NoteDecline(buyer.OrderId, "pi_of_another_order", null, "Your card was declined."), default);
        await house.App.Bus.InvokeAsync(new NoteDecline(buyer.OrderId, buyer.Intent!, "acct_of_another", "Your card was declined."), default);
        (await house.Order(buyer.OrderId)).DeclinedBecause.ShouldBeNull();
        await house.App.Bus.InvokeAsync(new NoteDecline(buyer.OrderId, buyer.Intent!, null, "Your card was declined."), default);
        (await house.Order(buyer.OrderId)).DeclinedBecause.ShouldNotBeNull();
        await buyer.BeginPayment(); // the same payment, tried once more
        (await house.Order(buyer.OrderId)).DeclinedBecause.ShouldBeNull();

        await house.Sandbox.ReleaseWebhooks(); // the decline among them
        await house.Settle();
        var order = await house.Order(buyer.OrderId);
        (order.Status, order.DeclinedBecause).ShouldBe((OrderStatus.Paid, null));
        await house.Verify();
    }

    static async Task Refund(Browser promoter, Guid order)
    {
        var path = $"/office/orders/{order}/refund";
        var tickets = System.Text.RegularExpressions.Regex.Matches((await promoter.Get(path)).Html, "name=\"ticket\" value=\"([^\"]+)\"").Select(m => ("ticket", m.Groups[1].Value)).ToArray();
        tickets.Length.ShouldBe(2);
        var done = await promoter.PostForm(path, [.. tickets, ("reason", "requested"), ("confirmed", "9000")]);
        done.Status.ShouldBe(HttpStatusCode.Redirect, done.Text);
    }

    [Fact]
    public async Task Without_any_webhook_the_return_page_and_the_reconciler_finish_the_orders()
    {
        await using var house = await House.Open();
        await house.Sandbox.Behave(new(Webhooks: "drop"));
        using var returns = house.Buyer("returns");
        using var leaves = house.Buyer("leaves");
        await returns.Pay(house.Show, house.Sandbox);
        await leaves.Pay(house.Show, house.Sandbox);

        (await returns.Browser.Get(returns.Order)).Text.ShouldContain("You’re going");
        (await house.Order(leaves.OrderId)).Status.ShouldBe(OrderStatus.Placed);
        await house.App.HandleDueMessages(); // the list of orders, where the reconciler looks, follows the log
        house.Clock.Now = house.Clock.Now.AddMinutes(3);
        await house.App.Get<RecurringJobs>().RunNow("reconcile-payments", house.App.Bus, default);
        await house.App.HandleDueMessages();

        (await house.Order(leaves.OrderId)).Status.ShouldBe(OrderStatus.Paid);
        (await house.Sandbox.Mails(leaves.Email)).ShouldHaveSingleItem();
        await house.Verify();
    }

    [Fact]
    public async Task Money_that_comes_after_the_hold_ended_buys_places_again_while_there_are_some()
    {
        await using var house = await House.Open(capacity: 3, minutesAgo: 16);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show, 2);
        await buyer.BeginPayment();
        house.Clock.Now = House.Today;
        await Eventually.Is(async () => await house.Facts("holds-ended") == 1);

        await house.Sandbox.Pay(buyer.Intent!);
        await house.Becomes(buyer.OrderId, OrderStatus.Paid);

        (await buyer.Browser.Get(buyer.Order)).Text.ShouldContain("You’re going");
        (await house.Facts("ticket-issued")).ShouldBe(2);
        await house.Verify();
    }

    [Fact]
    public async Task Money_that_comes_after_the_last_place_went_goes_back_whole_and_the_buyer_is_told()
    {
        await using var house = await House.Open(capacity: 1, minutesAgo: 16);
        using var late = house.Buyer("late");
        using var quick = house.Buyer("quick");
        await late.Choose(house.Show);
        await late.BeginPayment();
        house.Clock.Now = House.Today;
        await Eventually.Is(async () => await house.Facts("holds-ended") == 1);
        await quick.Pay(house.Show, house.Sandbox);
        await house.Becomes(quick.OrderId, OrderStatus.Paid);

        await house.Sandbox.Pay(late.Intent!);
        await house.Becomes(late.OrderId, OrderStatus.TooLate);
        await house.Settle();

        (await house.Sandbox.Webhooks()).GetProperty("refused").GetInt64().ShouldBe(0);
        var refund = (await house.Sandbox.Ledger()).GetProperty("refunds").EnumerateArray().ShouldHaveSingleItem();
        refund.GetProperty("amount").GetInt64().ShouldBe(4500);
        (await house.Sandbox.Mails(late.Email)).ShouldHaveSingleItem().GetProperty("subject").GetString()!.ShouldContain("€45.00 goes back to you");
        (await late.Browser.Get(late.Order)).Text.ShouldContain("Your payment came after the last place went");
        (await house.Facts("ticket-issued")).ShouldBe(1);
        await house.Verify();
    }

    [Fact]
    public async Task A_webhook_that_is_forged_old_or_about_other_money_changes_nothing()
    {
        await using var house = await House.Open();
        await using var postman = await WebhookReceiver.Start();
        await house.Sandbox.SendWebhooksTo(postman.Url);
        using var buyer = house.Buyer();
        await buyer.Pay(house.Show, house.Sandbox);
        await Eventually.Is(() => Task.FromResult(postman.Events.Any(e => e.Type == "payment_intent.succeeded")));
        var body = postman.Received.Single(r => StripeWebhook.Parse(r.Body)!.Type == "payment_intent.succeeded").Body;
        await house.App.HandleDueMessages();
        var before = await house.Facts();
        using var http = new HttpClient { BaseAddress = house.App.Address };

        async Task Answers(HttpStatusCode status, byte[] content, string? signature)
        {
            (await Deliver(http, content, signature)).ShouldBe(status);
            await house.App.HandleDueMessages();
            (await house.Facts() - await house.Facts("payment-mismatched")).ShouldBe(before);
        }
        string Signed(byte[] content, double minutes = 0, string secret = SandboxHost.WebhookSecret) => StripeWebhook.Header(content, secret, house.Clock.Now.AddMinutes(minutes));

        await Answers(HttpStatusCode.BadRequest, body, null);
        await Answers(HttpStatusCode.BadRequest, body, "t=,v1=");
        await Answers(HttpStatusCode.BadRequest, body, Signed(body, secret: "whsec_of_somebody_else"));
        await Answers(HttpStatusCode.BadRequest, body, Signed(body, minutes: -10));
        await Answers(HttpStatusCode.BadRequest, body, Signed(body, minutes: 10));
        await Answers(HttpStatusCode.BadRequest, Changed(body, e => e["data"]!["object"]!["amount_received"] = 1), Signed(body));
        var nonsense = Encoding.UTF8.GetBytes("{\"id\":");
        await Answers(HttpStatusCode.BadRequest, nonsense, Signed(nonsense));
        foreach (var other in new Action<JsonNode>[]
        {
            e => e["account"] = "acct_of_another",
            e => e["data"]!["object"]!["amount_received"] = 4499,
            e => e["data"]!["object"]!["amount_received"] = 450_000,
            e => e["data"]!["object"]!["currency"] = "usd",
            e => e["data"]!["object"]!["status"] = "processing",
            e => e["data"]!["object"]!["metadata"]!["order_id"] = house.Show.EventId.ToString(),
            e => e["data"]!["object"]!["metadata"]!["order_id"] = "'; drop table events; --",
            e => e["type"] = "payment_intent.of_the_future",
        })
        {
            var changed = Changed(body, other);
            await Answers(HttpStatusCode.OK, changed, Signed(changed));
        }

        (await house.Facts("payment-mismatched")).ShouldBe(1); // the same payment each time: the promoter sees it once
        using var promoter = await house.App.SignedIn(house.Show.OrganizationId, StaffRole.Promoter);
        (await promoter.Get($"/office/orders/{buyer.OrderId}")).Text.ShouldContain("that names this order but does not fit it");

        (await Deliver(http, body, Signed(body))).ShouldBe(HttpStatusCode.OK);
        (await house.Order(buyer.OrderId)).Status.ShouldBe(OrderStatus.Paid);
        (await Deliver(http, body, Signed(body))).ShouldBe(HttpStatusCode.OK);
        (await house.Facts("order-paid")).ShouldBe(1);
        await house.Verify();
    }

    static byte[] Changed(byte[] body, Action<JsonNode> change)
    {
        var e = JsonNode.Parse(body)!;
        change(e);
        return Encoding.UTF8.GetBytes(e.ToJsonString());
    }

    static async Task<HttpStatusCode> Deliver(HttpClient http, byte[] body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new ByteArrayContent(body) };
        if (signature is not null) request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
