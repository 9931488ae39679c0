using System.Text.Json.Serialization;
using App.Features.Refunds.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Verification;

namespace App.Features.Refunds;

public static class RefundsModule
{
    public static IServiceCollection AddRefunds(this IServiceCollection services) => services
        .AddFact("refund-approved", RefundsJson.Default.RefundApproved)
        .AddFact("refund-sent", RefundsJson.Default.RefundSent)
        .AddFact("refund-settled", RefundsJson.Default.RefundSettled)
        .AddFact("refund-failed", RefundsJson.Default.RefundFailed)
        .AddFact("refund-retried", RefundsJson.Default.RefundRetried)
        .AddFact("refund-doubted", RefundsJson.Default.RefundDoubted)
        .AddMessage("reconcile-refunds", RefundsJson.Default.ReconcileRefunds)
        .AddMessage("reconcile-refund", RefundsJson.Default.ReconcileRefund)
        .AddRecurringJob("reconcile-refunds", TimeSpan.FromMinutes(5), new ReconcileRefunds())
        .AddMessage("refund-in-batch", RefundsJson.Default.RefundInBatch)
        .AddDocument("refund", RefundsJson.Default.RefundCard, r => r.Id)
        .AddInvariant<MoneyInvariant>()
        .AddInvariant<RefundedOnceInvariant>()
        .AddSingleton<IStripeEvents, HearRefunds>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RefundApproved))]
[JsonSerializable(typeof(RefundSent))]
[JsonSerializable(typeof(RefundSettled))]
[JsonSerializable(typeof(RefundFailed))]
[JsonSerializable(typeof(RefundRetried))]
[JsonSerializable(typeof(RefundDoubted))]
[JsonSerializable(typeof(ReconcileRefunds))]
[JsonSerializable(typeof(ReconcileRefund))]
[JsonSerializable(typeof(RefundCard))]
[JsonSerializable(typeof(RefundInBatch))]
public sealed partial class RefundsJson : JsonSerializerContext;
