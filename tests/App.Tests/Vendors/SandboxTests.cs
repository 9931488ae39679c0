using System.Net;
using System.Text.Json;
using App.Infrastructure.Vendors.Stripe;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

/// <summary>The sandbox behaves as the vendor's manual says: what the product is tested against must itself be right.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    static readonly Guid Order = Guid.Parse("019d0000-0000-7000-8000-000000000001"), RefundId = Guid.Parse("019d0000-0000-7000-8000-000000000002");
    SandboxHost sandbox = null!;
    WebhookReceiver shop = null!;
    StripeClient stripe = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        shop = await WebhookReceiver.Start();
        await sandbox.SendWebhooksTo(shop.Url);
        stripe = new(sandbox.StripeOptions, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        await shop.DisposeAsync();
    }

    [Fact]
    public async Task The_same_key_gives_the_same_bytes()
    {
        var (first, before) = await Post("/v1/payment_intents", "amount=5000&currency=eur", "k1");
        await sandbox.Pay(JsonDocument.Parse(before).RootElement.GetProperty("id").GetString()!);
        var (second, after) = await Post("/v1/payment_intents", "amount=5000&currency=eur", "k1");
        after.ShouldBe(before, "also when the payment has gone on since");
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        second.Headers.GetValues("Idempotent-Replayed").Single().ShouldBe("true");
        second.Headers.GetValues("Request-Id").Single().ShouldNotBe(first.Headers.GetValues("Request-Id").Single());
        var (other, error) = await Post("/v1/payment_intents", "amount=5001&currency=eur", "k1");
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        error.ShouldContain("idempotency_error");
        (await Post("/v1/payment_intents", "amount=5000&currency=eur", "k1", "acct_other")).Answer.ShouldNotBe(before, "keys belong to an account");
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_mended_under_its_key()
    {
        (await Post("/v1/payment_intents", "amount=5000", "k1")).Answer.ShouldContain("parameter_missing");
        (await Post("/v1/payment_intents", "amount=5000&currency=eur", "k1")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("amount=5000&currency=eur&colour=red", "parameter_unknown")]
    [InlineData("amount=5000&currency=eur&automatic_payment_methods[colour]=red", "parameter_unknown")]
    [InlineData("currency=eur", "parameter_missing")]
    [InlineData("amount=many&currency=eur", "parameter_invalid_integer")]
    [InlineData("amount=-5000&currency=eur", "parameter_invalid_integer")]
    [InlineData("amount=5000&currency=EUR", "Invalid currency")]
    [InlineData("amount=5000&currency=eur&application_fee_amount=100", "application_fee_amount")]
    public async Task A_wrong_parameter_is_named(string body, string said)
    {
        var (response, answer) = await Post("/v1/payment_intents", body, "k1");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldContain(said);
    }

    [Fact]
    public async Task Keys_are_asked_for()
    {
        (await sandbox.Http.GetAsync("/v1/events")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var key in new[] { "sk_live_1", "pk_test_1" })
            (await sandbox.Http.SendAsync(new(HttpMethod.Get, "/v1/events") { Headers = { { "Authorization", "Bearer " + key } } })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_belongs_to_one_account_is_unknown_to_another()
    {
        var intent = await Create("acct_a");
        foreach (var other in new[] { null, "acct_b" })
            (await Should.ThrowAsync<StripeException>(() => stripe.GetPaymentIntent(intent.Id, other, default))).Status.ShouldBe(404);
        await sandbox.Pay(intent.Id);
        await shop.Has(1);
        shop.Events.Single().Account.ShouldBe("acct_a");
        (await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, null, default)).Events.ShouldBeEmpty();
        (await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, "acct_a", default)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_bears_a_seal_that_the_client_knows()
    {
        var intent = await Create();
        await sandbox.Pay(intent.Id);
        await shop.Has(1);
        var (signature, body) = shop.Received.Single();
        StripeWebhook.Verify(body, signature, [SandboxHost.WebhookSecret], TimeProvider.System.GetUtcNow()).ShouldBeTrue();
        StripeWebhook.Verify(body, signature, ["whsec_other"], TimeProvider.System.GetUtcNow()).ShouldBeFalse();
        var e = JsonDocument.Parse(body).RootElement;
        VendorDocument.Stripe.Check(e, "event").ShouldBeEmpty();
        VendorDocument.Stripe.Check(e.GetProperty("data").GetProperty("object"), "payment_intent").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhook_that_is_not_taken_comes_again()
    {
        shop.Answer = 500;
        await sandbox.Pay((await Create()).Id);
        await shop.Has(2);
        shop.Answer = 200;
        await Eventually.Is(async () => (await sandbox.Webhooks()) is var w && w.GetProperty("delivered").GetInt32() == 1 && w.GetProperty("pending").GetInt32() == 0);
        shop.Events.Select(e => e.Id).Distinct().Count().ShouldBe(1);
    }

    [Theory, InlineData("double", 2), InlineData("triple", 3)]
    public async Task Webhooks_may_come_more_than_once(string mode, int times)
    {
        await sandbox.Behave(new Behaviour(Webhooks: mode));
        await sandbox.Pay((await Create()).Id);
        await shop.Has(times);
        shop.Events.Select(e => e.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Webhooks_may_come_in_the_wrong_order()
    {
        await sandbox.Behave(new Behaviour(Webhooks: "reverse"));
        var intent = await Create();
        await sandbox.Pay(intent.Id, "4000000000000002");
        await sandbox.Pay(intent.Id);
        await stripe.CreateRefund(intent.Id, 100, RefundId, null, "r", default);
        shop.Received.ShouldBeEmpty();
        await sandbox.ReleaseWebhooks();
        shop.Events.Select(e => e.Type).ShouldBe(["charge.refunded", "refund.created", "payment_intent.succeeded", "payment_intent.payment_failed"]);
    }

    [Fact]
    public async Task Webhooks_may_be_lost_and_the_events_are_still_there()
    {
        await sandbox.Behave(new Behaviour(Webhooks: "drop"));
        await sandbox.Pay((await Create()).Id);
        var (events, _) = await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, null, default);
        shop.Received.ShouldBeEmpty();
        await sandbox.ResendWebhooks(events.Single().Id);
        await shop.Has(1);
    }

    [Fact]
    public async Task Events_are_listed_newest_first_and_page_by_page()
    {
        for (var i = 0; i < 5; i++) await sandbox.Pay((await Create(key: $"k{i}")).Id);
        List<string> seen = [];
        for (string? after = null; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events?type=payment_intent.*&limit=2{(after is null ? "" : "&starting_after=" + after)}") { Headers = { { "Authorization", "Bearer sk_test_1" } } };
            var page = JsonDocument.Parse(await (await sandbox.Http.SendAsync(request)).Content.ReadAsStringAsync()).RootElement;
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean()) break;
            after = seen[^1];
        }
        seen.Count.ShouldBe(5);
        seen.Distinct().Count().ShouldBe(5);
    }

    [Theory, InlineData("complete", "succeeded", "succeeded"), InlineData("fail", "failed", "requires_payment_method")]
    public async Task A_card_that_asks_first_goes_by_the_bank_and_back(string outcome, string told, string status)
    {
        var intent = await Create();
        var asked = await sandbox.Pay(intent.Id, "4000002500003155", "https://foyer.example/back?order=1#top");
        asked.GetProperty("status").GetString().ShouldBe("requires_action");
        var url = asked.GetProperty("next_action").GetProperty("redirect_to_url").GetProperty("url").GetString()!;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        (await browser.GetStringAsync(url)).ShouldContain("Complete");
        var answer = await browser.PostAsync(url, new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = intent.ClientSecret!, ["outcome"] = outcome }));
        answer.Headers.Location!.ToString().ShouldBe($"https://foyer.example/back?order=1&payment_intent={intent.Id}&payment_intent_client_secret={intent.ClientSecret}&redirect_status={told}#top");
        (await stripe.GetPaymentIntent(intent.Id, null, default)).Status.ShouldBe(status);
        (await browser.GetAsync(url.Replace("secret=pi", "secret=xx", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_browser_pays_with_the_publishable_key_and_the_intents_secret()
    {
        var intent = await Create("acct_a");
        const string Card = "payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242&payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=34&payment_method_data[card][cvc]=";
        var path = $"/v1/payment_intents/{intent.Id}/confirm";
        (await Post(path, Card + "123&client_secret=wrong", null, "acct_a", "pk_test_1")).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(path, Card + "123", null, "acct_a", "pk_test_1")).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(path, Card + "12&client_secret=" + intent.ClientSecret, null, "acct_a", "pk_test_1")).Answer.ShouldContain("invalid_cvc");
        (await Post(path, Card + "123&client_secret=" + intent.ClientSecret, null, "acct_a", "pk_test_1")).Answer.ShouldContain("\"status\":\"succeeded\"");
        (await Post(path, Card + "123&client_secret=" + intent.ClientSecret, null, "acct_a", "pk_test_1")).Answer.ShouldContain("payment_intent_unexpected_state");
    }

    [Fact]
    public async Task Ten_at_once_take_the_money_once()
    {
        var intent = await Create();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sandbox.Pay(intent.Id)));
        await shop.Has(1);
        (await sandbox.Ledger()).GetProperty("charges").GetArrayLength().ShouldBe(1);
        (await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, null, default)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Refunds_at_once_never_give_back_more_than_was_taken()
    {
        var intent = await Create();
        await sandbox.Pay(intent.Id);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try { await stripe.CreateRefund(intent.Id, 1_000, RefundId, null, $"r{i}", default); }
            catch (StripeException) { }
        }));
        (await sandbox.Ledger()).GetProperty("refunds").EnumerateArray().Sum(r => r.GetProperty("amount").GetInt64()).ShouldBe(5_000);
    }

    [Fact]
    public async Task A_refund_may_fail_afterwards_and_may_then_be_made_again()
    {
        await sandbox.Behave(new Behaviour(ProcessingMs: 1));
        var intent = await Create();
        await sandbox.Pay(intent.Id, "4000000000005126");
        var refund = await stripe.CreateRefund(intent.Id, 5_000, RefundId, null, "r1", default);
        refund.Status.ShouldBe("succeeded");
        await Eventually.Is(async () => (await stripe.GetRefund(refund.Id, null, default)).Status == "failed");
        await Eventually.Is(() => Task.FromResult(shop.Events.Any(e => e.Type == "refund.failed")));
        (await stripe.CreateRefund(intent.Id, 5_000, RefundId, null, "r2", default)).Amount.ShouldBe(5_000);
    }

    [Fact]
    public async Task A_delayed_payment_tells_its_end_by_webhook()
    {
        await sandbox.Behave(new Behaviour(ProcessingMs: 1));
        await sandbox.Pay((await Create(key: "a")).Id, "4000000000000077");
        await sandbox.Pay((await Create(key: "b")).Id, "4000000000000341");
        await shop.Has(4);
        shop.Events.Select(e => e.Type).ShouldBe(["payment_intent.processing", "payment_intent.succeeded", "payment_intent.processing", "payment_intent.payment_failed"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_sandbox_that_starts_again_knows_what_it_took()
    {
        var ledger = Path.Combine(Path.GetTempPath(), $"foyer-ledger-{Environment.ProcessId}-{Path.GetRandomFileName()}.jsonl");
        try
        {
            PaymentIntent paid, open;
            Refund refund;
            await using (var first = await SandboxHost.Start("Sandbox:Ledger=" + ledger))
            {
                var client = new StripeClient(first.StripeOptions, TimeProvider.System);
                paid = await client.CreatePaymentIntent(5_000, "EUR", Order, "acct_a", 100, "k1", default);
                open = await client.CreatePaymentIntent(7_000, "EUR", Order, null, null, "k2", default);
                await first.Pay(paid.Id);
                refund = await client.CreateRefund(paid.Id, 1_000, RefundId, "acct_a", "r1", default);
            }
            await File.AppendAllTextAsync(ledger, "{\"kind\":\"charge\",\"id\":\"cut sh"); // as a crash leaves it
            await using var second = await SandboxHost.Start("Sandbox:Ledger=" + ledger);
            var again = new StripeClient(second.StripeOptions, TimeProvider.System);
            (await again.GetPaymentIntent(paid.Id, "acct_a", default)).Status.ShouldBe("succeeded");
            (await again.GetPaymentIntent(open.Id, null, default)).ClientSecret.ShouldBe(open.ClientSecret);
            (await again.CreatePaymentIntent(7_000, "EUR", Order, null, null, "k2", default)).Id.ShouldBe(open.Id);
            (await again.CreateRefund(paid.Id, 1_000, RefundId, "acct_a", "r1", default)).Id.ShouldBe(refund.Id, "the key is still known");
            (await again.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, "acct_a", default)).Events.Count.ShouldBe(1);
            (await second.Ledger()).GetProperty("refunds").GetArrayLength().ShouldBe(1);
            await second.Pay(open.Id);
            File.ReadLines(ledger).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()).ShouldBe(["intent", "intent", "charge", "refund", "charge"]);
        }
        finally { File.Delete(ledger); }
    }

    [Fact]
    public async Task A_hosted_page_declines_asks_the_bank_and_leaves_by_cancel()
    {
        var session = await stripe.CreateCheckoutSession(new(Order, 10_400, "EUR", "2 × <Balcony>", null, null, "https://foyer.example/back?s={CHECKOUT_SESSION_ID}", "https://foyer.example/cart", TimeProvider.System.GetUtcNow().AddMinutes(40)), null, "page", default);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var page = await browser.GetStringAsync(session.Url);
        page.ShouldContain("https://foyer.example/cart");
        page.ShouldContain("&lt;Balcony&gt;");
        var declined = await Pay("4000 0000 0000 0002", "ines@example.com");
        declined.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await declined.Content.ReadAsStringAsync()).ShouldContain("Your card was declined.");
        (await (await Pay("4242424242424242", "nobody")).Content.ReadAsStringAsync()).ShouldContain("email address is incomplete");
        var bank = (await Pay("4000002500003155", "ines@example.com")).Headers.Location!;
        var secret = bank.ToString().Split("secret=")[1];
        var back = await browser.PostAsync(bank, new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = secret, ["outcome"] = "complete" }));
        (await browser.GetAsync(back.Headers.Location)).Headers.Location!.ToString().ShouldBe("https://foyer.example/back?s=" + session.Id);
        await Eventually.Is(() => Task.FromResult(shop.Events.Any(e => e.Type == "checkout.session.completed")));
        var told = shop.Events.Single(e => e.Type == "checkout.session.completed").Data.AsCheckoutSession()!;
        (told.Id, told.Status, told.PaymentStatus).ShouldBe((session.Id, "complete", "paid"));

        Task<HttpResponseMessage> Pay(string number, string email) =>
            browser.PostAsync(session.Url, new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = email, ["number"] = number, ["expiry"] = "12/34", ["cvc"] = "123" }));
    }

    [Fact]
    public async Task An_expired_page_takes_no_money()
    {
        var session = await stripe.CreateCheckoutSession(new(Order, 10_400, "EUR", "2 × Balcony", "ines@example.com", null, "https://foyer.example/back", "https://foyer.example/cart", TimeProvider.System.GetUtcNow().AddMinutes(40)), null, "page", default);
        (await Post($"/v1/checkout/sessions/{session.Id}/expire", "", "x")).Answer.ShouldContain("\"status\":\"expired\"");
        await shop.Has(1);
        shop.Events.Single().Type.ShouldBe("checkout.session.expired");
        var answer = await sandbox.Http.PostAsync(session.Url, new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242424242424242", ["expiry"] = "12/34", ["cvc"] = "123" }));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sandbox.Ledger()).GetProperty("charges").GetArrayLength().ShouldBe(0);
    }

    Task<PaymentIntent> Create(string? account = null, string key = "k") => stripe.CreatePaymentIntent(5_000, "EUR", Order, account, null, key, default);

    async Task<(HttpResponseMessage Response, string Answer)> Post(string path, string body, string? key, string? account = null, string secret = "sk_test_1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/x-www-form-urlencoded"), Headers = { { "Authorization", "Bearer " + secret } } };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (account is not null) request.Headers.Add("Stripe-Account", account);
        var response = await sandbox.Http.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }
}
