using System.Net;
using App.Infrastructure.Vendors;
using App.Infrastructure.Vendors.Stripe;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

public sealed class StripeClientTests
{
    static readonly Guid Order = Guid.Parse("019d0000-0000-7000-8000-000000000001");

    [Fact]
    public async Task A_payment_begun_twice_is_one_payment()
    {
        await using var sandbox = await SandboxHost.Start();
        var stripe = new StripeClient(sandbox.StripeOptions, TimeProvider.System);
        var first = await Create(stripe, "pay-1");
        var both = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Create(stripe, "pay-1")));
        both.Select(i => i.Id).Distinct().Single().ShouldBe(first.Id);
        (await Create(stripe, "pay-2")).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task An_answer_that_never_came_is_asked_for_again_and_begins_nothing_new()
    {
        await using var sandbox = await SandboxHost.Start();
        await sandbox.Behave(new Behaviour(TimeoutAfterEffect: 1));
        var impatient = new StripeClient(sandbox.StripeOptions, TimeProvider.System, new Impatient(TimeSpan.FromMilliseconds(500)));
        var intent = await Create(impatient, "pay-1");
        await sandbox.Pay(intent.Id);
        (await Create(impatient, "pay-1")).Id.ShouldBe(intent.Id);
        (await sandbox.Ledger()).GetProperty("charges").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_connection_and_a_fault_of_Stripes_are_tried_again()
    {
        await using var sandbox = await SandboxHost.Start();
        await sandbox.Behave(new Behaviour(CutNext: 1, FailNext: 1, FailStatus: 503));
        (await Create(new StripeClient(sandbox.StripeOptions, TimeProvider.System), "pay-1")).Status.ShouldBe("requires_payment_method");
    }

    [Theory, InlineData(500), InlineData(503), InlineData(429)]
    public async Task Trouble_that_lasts_is_no_answer(int status)
    {
        await using var sandbox = await SandboxHost.Start();
        await sandbox.Behave(new Behaviour(FailNext: 3, FailStatus: status));
        await Should.ThrowAsync<StripeUnavailableException>(() => Create(new StripeClient(sandbox.StripeOptions, TimeProvider.System), "pay-1"));
    }

    [Fact]
    public async Task After_many_failures_nobody_is_sent_into_the_wall_until_a_while_has_passed()
    {
        await using var sandbox = await SandboxHost.Start();
        var clock = new MovedClock();
        var calls = new Counting();
        var stripe = new StripeClient(sandbox.StripeOptions, clock, calls);
        await sandbox.Behave(new Behaviour(FailRate: 1, FailStatus: 429));
        for (var i = 0; i < 8; i++) await Should.ThrowAsync<StripeUnavailableException>(() => Create(stripe, "pay-1"));
        stripe.IsAvailable.ShouldBeFalse();
        var before = calls.Count;
        await Should.ThrowAsync<StripeUnavailableException>(() => Create(stripe, "pay-1"));
        calls.Count.ShouldBe(before);
        await sandbox.Behave(new Behaviour());
        clock.Ahead += TimeSpan.FromSeconds(11);
        (await Create(stripe, "pay-1")).Status.ShouldBe("requires_payment_method");
        stripe.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void While_open_the_breaker_lets_one_through_in_a_period()
    {
        var clock = new MovedClock();
        var breaker = new CircuitBreaker(clock, failures: 2, seconds: 10);
        breaker.Failed();
        breaker.Enter().ShouldBeTrue();
        breaker.Failed();
        breaker.Enter().ShouldBeFalse();
        clock.Ahead += TimeSpan.FromSeconds(10);
        breaker.Enter().ShouldBeTrue();
        breaker.Enter().ShouldBeFalse();
        breaker.Succeeded();
        breaker.Enter().ShouldBeTrue();
    }

    [Fact]
    public async Task A_declined_card_is_told_as_an_error_of_the_card()
    {
        await using var sandbox = await SandboxHost.Start();
        var stripe = new StripeClient(sandbox.StripeOptions, TimeProvider.System);
        var intent = await Create(stripe, "pay-1");
        await sandbox.Pay(intent.Id, "4000000000009995");
        var after = await stripe.GetPaymentIntent(intent.Id, null, default);
        after.Status.ShouldBe("requires_payment_method");
        after.LastPaymentError.ShouldNotBeNull();
        (after.LastPaymentError.Type, after.LastPaymentError.Code, after.LastPaymentError.DeclineCode).ShouldBe(("card_error", "card_declined", "insufficient_funds"));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_no_answer()
    {
        var stripe = new StripeClient(new StripeOptions { SecretKey = "sk_test_x" }, TimeProvider.System, new Saying("<html>Bad gateway"));
        await Should.ThrowAsync<StripeUnavailableException>(() => Create(stripe, "pay-1"));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked()
    {
        var calls = new Counting();
        var stripe = new StripeClient(new StripeOptions(), TimeProvider.System, calls);
        stripe.IsAvailable.ShouldBeFalse();
        await Should.ThrowAsync<StripeUnavailableException>(() => Create(stripe, "pay-1"));
        calls.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_buyer_who_leaves_ends_the_call()
    {
        await using var sandbox = await SandboxHost.Start();
        await sandbox.Behave(new Behaviour(HangNext: 1));
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => new StripeClient(sandbox.StripeOptions, TimeProvider.System).CreatePaymentIntent(5_000, "EUR", Order, null, null, "pay-1", gone.Token));
    }

    static Task<PaymentIntent> Create(StripeClient stripe, string key) => stripe.CreatePaymentIntent(5_000, "EUR", Order, null, null, key, CancellationToken.None);

    sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    /// <summary>A short timeout where the product has a long one.</summary>
    sealed class Impatient(TimeSpan patience) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            return await base.SendAsync(request, limit.Token);
        }
    }

    sealed class Counting() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    sealed class Saying(string text) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text) });
    }
}
