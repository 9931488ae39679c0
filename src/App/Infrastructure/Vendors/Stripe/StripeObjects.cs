using System.Text.Json;
using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Stripe;

/// <summary>Only what Foyer reads of Stripe's objects, in Stripe's words.</summary>
public sealed record PaymentIntent(string Id, long Amount, long AmountReceived, string Currency, string Status, string? ClientSecret, Dictionary<string, string>? Metadata, StripeFault? LastPaymentError);

public sealed record Refund(string Id, long Amount, string Currency, string? Status, string? PaymentIntent, Dictionary<string, string>? Metadata, string? FailureReason);

public sealed record CheckoutSession(string Id, string? Url, string? Status, string? PaymentStatus, string? PaymentIntent, long? AmountTotal, Dictionary<string, string>? Metadata);

public sealed record StripeFault(string? Type, string? Code, string? DeclineCode, string? Message, string? Param);
sealed record StripeFaultBody(StripeFault? Error);

/// <param name="Account">The connected account it happened on; null for the platform's own.</param>
public sealed record StripeEvent(string Id, string Type, string? Account, string? ApiVersion, long Created, StripeEventData Data);

public sealed record StripeEventData(JsonElement Object)
{
    public PaymentIntent? AsPaymentIntent() => Object.Deserialize(StripeJson.Default.PaymentIntent);
    public Refund? AsRefund() => Object.Deserialize(StripeJson.Default.Refund);
    public CheckoutSession? AsCheckoutSession() => Object.Deserialize(StripeJson.Default.CheckoutSession);
}

sealed record StripeEvents(StripeEvent[] Data, bool HasMore);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PaymentIntent))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(CheckoutSession))]
[JsonSerializable(typeof(StripeFaultBody))]
[JsonSerializable(typeof(StripeEvent))]
[JsonSerializable(typeof(StripeEvents))]
sealed partial class StripeJson : JsonSerializerContext;
