using System.Text.Json;
using System.Text.Json.Nodes;
using App.Infrastructure.Vendors.Stripe;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

/// <summary>Everything Foyer's client says, and everything the sandbox answers, kept to Stripe's published description.</summary>
public sealed class StripeContractTests : IAsyncLifetime
{
    static readonly Guid Order = Guid.Parse("019d0000-0000-7000-8000-000000000001"), RefundId = Guid.Parse("019d0000-0000-7000-8000-000000000002");
    readonly Contract contract = new(VendorDocument.Stripe);
    SandboxHost sandbox = null!;
    StripeClient stripe = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        stripe = new(sandbox.StripeOptions, TimeProvider.System, contract);
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        contract.Dispose();
    }

    [Theory, InlineData(null, null), InlineData("acct_promoter", 250L)]
    public async Task A_payment_from_its_beginning_to_its_refund(string? account, long? fee)
    {
        var intent = await stripe.CreatePaymentIntent(10_400, "EUR", Order, account, fee, "pay-1", default);
        intent.Status.ShouldBe("requires_payment_method");
        intent.ClientSecret.ShouldNotBeNull().ShouldStartWith(intent.Id + "_secret_");
        intent.Metadata!["order_id"].ShouldBe(Order.ToString());
        await sandbox.Pay(intent.Id);
        var paid = await stripe.GetPaymentIntent(intent.Id, account, default);
        (paid.Status, paid.AmountReceived).ShouldBe(("succeeded", 10_400));
        var refund = await stripe.CreateRefund(intent.Id, 400, RefundId, account, "refund-1", default, returnFee: fee is not null);
        (refund.Status, refund.Amount, refund.PaymentIntent).ShouldBe(("succeeded", 400, intent.Id));
        (await stripe.GetRefund(refund.Id, account, default)).Metadata!["refund_id"].ShouldBe(RefundId.ToString());
        var (events, more) = await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, account, default);
        more.ShouldBeFalse();
        events.Single().Data.AsPaymentIntent()!.Id.ShouldBe(intent.Id);
        (await stripe.ListEvents("charge.refunded", DateTimeOffset.UnixEpoch, events.Single().Id, account, default)).Events.ShouldBeEmpty("it is newer than the event it should come after");
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_given_up()
    {
        var intent = await stripe.CreatePaymentIntent(5_000, "EUR", Order, null, null, "pay-2", default);
        (await stripe.CancelPaymentIntent(intent.Id, null, "cancel-2", default)).Status.ShouldBe("canceled");
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hosted_page_from_open_to_paid()
    {
        var request = new CheckoutSessionRequest(Order, 10_400, "EUR", "2 × Balcony", "ines@example.com", null, "https://foyer.example/back?s={CHECKOUT_SESSION_ID}", "https://foyer.example/cart", In(40));
        var session = await stripe.CreateCheckoutSession(request, null, "page-1", default);
        (session.Status, session.PaymentStatus, session.AmountTotal, session.PaymentIntent).ShouldBe(("open", "unpaid", 10_400L, null));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        (await browser.GetStringAsync(session.Url)).ShouldContain("Pay EUR 104.00");
        var answer = await browser.PostAsync(session.Url, new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242 4242 4242 4242", ["expiry"] = "12 / 34", ["cvc"] = "123" }));
        answer.Headers.Location!.ToString().ShouldBe("https://foyer.example/back?s=" + session.Id);
        var after = await stripe.GetCheckoutSession(session.Id, null, default);
        (after.Status, after.PaymentStatus, after.Url).ShouldBe(("complete", "paid", null));
        (await stripe.GetPaymentIntent(after.PaymentIntent!, null, default)).Metadata!["order_id"].ShouldBe(Order.ToString());
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hosted_page_given_up()
    {
        var session = await stripe.CreateCheckoutSession(new(Order, 10_400, "EUR", "2 × Balcony", "ines@example.com", null, "https://foyer.example/back", "https://foyer.example/cart", In(40)), null, "page-2", default);
        (await stripe.ExpireCheckoutSession(session.Id, null, "expire-2", default)).Status.ShouldBe("expired");
        contract.Faults.ShouldBeEmpty();
    }

    /// <summary>Whatever an intent can look like, an event can carry and an error can say.</summary>
    [Theory]
    [InlineData("4000000000000002"), InlineData("4000000000009995"), InlineData("4000000000000069"), InlineData("4000000000000127"), InlineData("4000000000000119")]
    [InlineData("4000002500003155"), InlineData("4000000000000077"), InlineData("4000000000000341"), InlineData("4000000000007726"), InlineData("4000000000005126"), InlineData("4111111111111111"), InlineData("4242424242424241")]
    public async Task Each_card_leaves_an_intent_and_events_in_Stripes_shape(string card)
    {
        await sandbox.Behave(new Behaviour(ProcessingMs: 1));
        var intent = await stripe.CreatePaymentIntent(5_000, "EUR", Order, null, null, "pay-3", default);
        var answer = await sandbox.Pay(intent.Id, card, "https://foyer.example/back");
        VendorDocument.Stripe.Check(answer, answer.TryGetProperty("error", out _) ? "error" : "payment_intent").ShouldBeEmpty();
        if (answer.TryGetProperty("error", out var error) && error.TryGetProperty("payment_intent", out var inside)) VendorDocument.Stripe.Check(inside, "payment_intent").ShouldBeEmpty();
        if ((await stripe.GetPaymentIntent(intent.Id, null, default)).Status == "processing") await Eventually.Is(async () => (await stripe.GetPaymentIntent(intent.Id, null, default)).Status != "processing");
        if ((await stripe.GetPaymentIntent(intent.Id, null, default)).Status == "succeeded")
        {
            var refund = await stripe.CreateRefund(intent.Id, 5_000, RefundId, null, "refund-3", default);
            if (card is "4000000000007726" or "4000000000005126") await Eventually.Is(async () => (await stripe.GetRefund(refund.Id, null, default)).Status != refund.Status);
        }
        var events = await AllEvents();
        if (card != "4242424242424241") events.Count.ShouldBeGreaterThan(0);
        foreach (var e in events)
        {
            VendorDocument.Stripe.Check(e, "event").ShouldBeEmpty();
            var of = e.GetProperty("data").GetProperty("object");
            VendorDocument.Stripe.Check(of, of.GetProperty("object").GetString()!).ShouldBeEmpty(e.GetProperty("type").GetString());
        }
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_no_has_the_shape_of_Stripes()
    {
        (await Refused(() => stripe.GetPaymentIntent("pi_nobody", null, default))).ShouldBe((404, "resource_missing"));
        (await Refused(() => stripe.GetRefund("re_nobody", null, default))).ShouldBe((404, "resource_missing"));
        (await Refused(() => stripe.GetCheckoutSession("cs_nobody", null, default))).ShouldBe((404, "resource_missing"));
        (await Refused(() => stripe.CreatePaymentIntent(5, "EUR", Order, null, null, "small", default))).ShouldBe((400, "amount_too_small"));
        var intent = await stripe.CreatePaymentIntent(5_000, "EUR", Order, null, null, "pay-4", default);
        (await Refused(() => stripe.CreatePaymentIntent(6_000, "EUR", Order, null, null, "pay-4", default))).ShouldBe((400, null), "another body under the same key");
        (await Refused(() => stripe.CreateRefund(intent.Id, 100, RefundId, null, "refund-4", default))).ShouldBe((400, null), "nothing was paid");
        await sandbox.Pay(intent.Id);
        (await Refused(() => stripe.CreateRefund(intent.Id, 5_001, RefundId, null, "refund-5", default))).ShouldBe((400, null), "more than was paid");
        (await Refused(() => stripe.CreateRefund(intent.Id, 100, RefundId, null, "refund-6", default, returnFee: true))).ShouldBe((400, null), "no fee was taken");
        (await Refused(() => stripe.CancelPaymentIntent(intent.Id, null, "cancel-4", default))).ShouldBe((400, "payment_intent_unexpected_state"));
        await stripe.CreateRefund(intent.Id, 5_000, RefundId, null, "refund-7", default);
        (await Refused(() => stripe.CreateRefund(intent.Id, 1, RefundId, null, "refund-8", default))).ShouldBe((400, "charge_already_refunded"));
        var request = new CheckoutSessionRequest(Order, 10_400, "EUR", "2 × Balcony", null, null, "https://foyer.example/back", "https://foyer.example/cart", In(10));
        (await Refused(() => stripe.CreateCheckoutSession(request, null, "page-2", default))).ShouldBe((400, null), "it ends too soon");
        contract.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_request_names_the_pinned_version_and_every_post_a_key()
    {
        await stripe.CreatePaymentIntent(5_000, "EUR", Order, "acct_promoter", 100, "pay-5", default);
        await stripe.ListEvents("payment_intent.succeeded", DateTimeOffset.UnixEpoch, null, null, default);
        foreach (var (request, _, _, _) in contract.Exchanges)
        {
            request.Headers.GetValues("Stripe-Version").Single().ShouldBe("2026-07-29.dahlia");
            request.Headers.Authorization!.ToString().ShouldBe("Bearer sk_test_foyer");
            request.Headers.Contains("Idempotency-Key").ShouldBe(request.Method == HttpMethod.Post);
        }
    }

    [Fact]
    public void A_field_that_Stripe_does_not_have_is_found_out()
    {
        var url = new Uri("https://api.stripe.com/v1/payment_intents");
        const string Good = "amount=5000&currency=eur&automatic_payment_methods[enabled]=true&metadata[order_id]=1";
        Check(Good).ShouldBeEmpty();
        foreach (var wrong in new[] { Good + "&ammount=1", Good + "&automatic_payment_methods[on]=true", "currency=eur", Good.Replace("5000", "50.00", StringComparison.Ordinal), Good.Replace("=true", "=yes", StringComparison.Ordinal), Good + "&capture_method=sometimes" })
            Check(wrong).ShouldNotBeEmpty(wrong);

        IReadOnlyList<string> Check(string body) => VendorDocument.Stripe.CheckRequest("POST", url, "application/x-www-form-urlencoded", body);
    }

    [Fact]
    public async Task An_answer_with_a_planted_fault_is_found_out()
    {
        await stripe.CreatePaymentIntent(5_000, "EUR", Order, null, null, "pay-6", default);
        var good = contract.Exchanges.Single().Answer;
        Check(_ => { }).ShouldBeEmpty();
        Check(o => o["order"] = "x").ShouldNotBeEmpty("an invented field");
        Check(o => o.Remove("client_secret")).ShouldNotBeEmpty("a missing field");
        Check(o => o["amount"] = "5000").ShouldNotBeEmpty("text for a number");
        Check(o => o["status"] = "paid").ShouldNotBeEmpty("a word Stripe doesn't use");
        Check(o => o["amount"] = null).ShouldNotBeEmpty("null where there is none");

        IReadOnlyList<string> Check(Action<JsonObject> change)
        {
            var changed = JsonNode.Parse(good)!.AsObject();
            change(changed);
            return VendorDocument.Stripe.CheckAnswer("POST", new Uri("https://api.stripe.com/v1/payment_intents"), 200, changed.ToJsonString());
        }
    }

    async Task<IReadOnlyList<JsonElement>> AllEvents()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events?limit=100") { Headers = { { "Authorization", "Bearer sk_test_foyer" } } };
        using var response = await sandbox.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        VendorDocument.Stripe.CheckAnswer("GET", new(sandbox.BaseUrl, "/v1/events"), 200, body).ShouldBeEmpty();
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("data").EnumerateArray()];
    }

    static DateTimeOffset In(int minutes) => TimeProvider.System.GetUtcNow().AddMinutes(minutes);

    static async Task<(int, string?)> Refused<T>(Func<Task<T>> ask)
    {
        var no = await Should.ThrowAsync<StripeException>(ask);
        no.RequestId.ShouldNotBeNull();
        return (no.Status, no.Fault.Code);
    }
}
