using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>Why the last attempt failed, as <c>last_payment_error</c> tells it.</summary>
sealed record PaymentFault(string Type, string Code, string? DeclineCode, string Message);

sealed record Intent(string Id, string Secret, string? Account, long Amount, string Currency, long Created, long? Fee, KeyValuePair<string, string>[] Metadata) : StripeObject
{
    public string Status { get; init; } = "requires_payment_method";
    public string? Description { get; init; }
    public string? ReceiptEmail { get; init; }
    public bool Automatic { get; init; } = true;
    public Card? Card { get; init; }
    public Charge? Charge { get; init; }
    public PaymentFault? Fault { get; init; }
    public string? ActionUrl { get; init; }
    public string? ReturnUrl { get; init; }
    public long? CanceledAt { get; init; }
    public string? CancellationReason { get; init; }
    public int Attempts { get; init; }

    /// <summary>The checkout session it was made by.</summary>
    public string? SessionId { get; init; }

    public string Suffix => Id[3..];
    public string? PaymentMethod => Card is null ? null : "pm_" + Suffix;
    public bool IsFinal => Status is "succeeded" or "canceled";

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "payment_intent"u8);
        json.WriteNumber("amount"u8, Amount);
        json.WriteNumber("amount_capturable"u8, 0);
        json.WriteNumber("amount_received"u8, Status == "succeeded" ? Amount : 0);
        json.WriteNull("application"u8);
        WriteNumber(json, "application_fee_amount"u8, Fee);
        WriteAutomatic(json);
        WriteNumber(json, "canceled_at"u8, CanceledAt);
        json.WriteString("cancellation_reason"u8, CancellationReason);
        json.WriteString("capture_method"u8, "automatic_async"u8);
        json.WriteString("client_secret"u8, Secret);
        json.WriteString("confirmation_method"u8, "automatic"u8);
        json.WriteNumber("created"u8, Created);
        json.WriteString("currency"u8, Currency);
        json.WriteNull("customer"u8);
        json.WriteNull("customer_account"u8);
        json.WriteString("description"u8, Description);
        json.WriteNull("excluded_payment_method_types"u8);
        WriteFault(json);
        json.WriteString("latest_charge"u8, Charge?.Id);
        json.WriteBoolean("livemode"u8, false);
        json.WriteNull("managed_payments"u8);
        WriteMap(json, "metadata"u8, Metadata);
        WriteNextAction(json);
        json.WriteNull("on_behalf_of"u8);
        json.WriteString("payment_method"u8, PaymentMethod);
        json.WriteNull("payment_method_configuration_details"u8);
        json.WriteStartObject("payment_method_options"u8);
        json.WriteEndObject();
        json.WriteStartArray("payment_method_types"u8);
        json.WriteStringValue("card"u8);
        json.WriteEndArray();
        json.WriteNull("processing"u8);
        json.WriteString("receipt_email"u8, ReceiptEmail);
        json.WriteNull("review"u8);
        json.WriteNull("setup_future_usage"u8);
        json.WriteNull("shipping"u8);
        json.WriteNull("source"u8);
        json.WriteNull("statement_descriptor"u8);
        json.WriteNull("statement_descriptor_suffix"u8);
        json.WriteString("status"u8, Status);
        json.WriteNull("transfer_group"u8);
        json.WriteEndObject();
    }

    void WriteAutomatic(Utf8JsonWriter json)
    {
        if (!Automatic) { json.WriteNull("automatic_payment_methods"u8); return; }
        json.WriteStartObject("automatic_payment_methods"u8);
        json.WriteString("allow_redirects"u8, "always"u8);
        json.WriteBoolean("enabled"u8, true);
        json.WriteEndObject();
    }

    void WriteFault(Utf8JsonWriter json)
    {
        if (Fault is null) { json.WriteNull("last_payment_error"u8); return; }
        json.WriteStartObject("last_payment_error"u8);
        json.WriteString("code"u8, Fault.Code);
        if (Fault.DeclineCode is not null) json.WriteString("decline_code"u8, Fault.DeclineCode);
        json.WriteString("doc_url"u8, "https://docs.stripe.com/error-codes/" + Fault.Code.Replace('_', '-'));
        json.WriteString("message"u8, Fault.Message);
        json.WriteString("type"u8, Fault.Type);
        json.WriteEndObject();
    }

    void WriteNextAction(Utf8JsonWriter json)
    {
        if (Status != "requires_action") { json.WriteNull("next_action"u8); return; }
        json.WriteStartObject("next_action"u8);
        json.WriteStartObject("redirect_to_url"u8);
        json.WriteString("return_url"u8, ReturnUrl);
        json.WriteString("url"u8, ActionUrl);
        json.WriteEndObject();
        json.WriteString("type"u8, "redirect_to_url"u8);
        json.WriteEndObject();
    }
}
