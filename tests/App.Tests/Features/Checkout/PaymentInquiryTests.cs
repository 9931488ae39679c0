using System.Net;
using App.Features.Checkout;
using App.Infrastructure.Vendors.Stripe;
using Microsoft.Extensions.Logging.Abstractions;

namespace App.Tests.Features.Checkout;

public sealed class PaymentInquiryTests
{
    [Fact]
    public async Task The_provider_is_asked_about_four_orders_at_a_time_and_about_the_fifth_when_one_of_them_is_known()
    {
        using var provider = new Slow();
        var inquiry = new PaymentInquiry(new StripeClient(new StripeOptions { SecretKey = "sk_test_x" }, TimeProvider.System, provider), null!, NullLogger<PaymentInquiry>.Instance);

        Task[] asked = [.. Enumerable.Range(0, 20).Select(Ask)];
        provider.Asked.ShouldBe(4);
        asked.Count(a => !a.IsCompleted).ShouldBe(4, "whoever isn't asked about doesn't wait");

        provider.Answer();
        await Task.WhenAll(asked);
        await Ask(20);
        provider.Asked.ShouldBe(5);

        Task Ask(int number) => inquiry.Ask(Order.Empty with { PaymentId = $"pi_{number}" }, default);
    }

    /// <summary>Answers, when it does, that there is no such payment.</summary>
    sealed class Slow : HttpMessageHandler
    {
        readonly TaskCompletionSource answer = new();

        public int Asked { get; private set; }

        public void Answer() => answer.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            await answer.Task;
            return new(HttpStatusCode.NotFound) { Content = new StringContent("""{"error":{"type":"invalid_request_error","message":"No such payment_intent"}}""") };
        }
    }
}
