using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>What a session was asked for.</summary>
public sealed record SessionOrder(string Title, string SuccessUrl, string? CancelUrl, string? Email, long ExpiresAt, string? Reference, long? Fee, string Url)
{
    public Dictionary<string, string> IntentMetadata { get; init; } = [];
    public string? Description { get; init; }
}

/// <summary>A hosted page on which to pay once. Its intent is made when somebody pays, not before.</summary>
sealed record CheckoutSession(string Id, string? Account, long Amount, string Currency, long Created, KeyValuePair<string, string>[] Metadata, SessionOrder Order) : StripeObject
{
    public string Status { get; init; } = "open";
    public string PaymentStatus { get; init; } = "unpaid";
    public string? IntentId { get; init; }
    public string? Email { get; init; } = Order.Email;

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "checkout.session"u8);
        WriteNulls(json, "adaptive_pricing", "after_expiration", "allow_promotion_codes");
        json.WriteNumber("amount_subtotal"u8, Amount);
        json.WriteNumber("amount_total"u8, Amount);
        json.WriteStartObject("automatic_tax"u8);
        json.WriteBoolean("enabled"u8, false);
        WriteNulls(json, "liability", "provider", "status");
        json.WriteEndObject();
        json.WriteNull("billing_address_collection"u8);
        json.WriteString("cancel_url"u8, Order.CancelUrl);
        json.WriteString("client_reference_id"u8, Order.Reference);
        WriteNulls(json, "client_secret", "collected_information", "consent", "consent_collection");
        json.WriteNumber("created"u8, Created);
        json.WriteString("currency"u8, Currency);
        json.WriteNull("currency_conversion"u8);
        json.WriteStartArray("custom_fields"u8);
        json.WriteEndArray();
        json.WriteStartObject("custom_text"u8);
        WriteNulls(json, "after_submit", "shipping_address", "submit", "terms_of_service_acceptance");
        json.WriteEndObject();
        WriteNulls(json, "customer", "customer_account");
        json.WriteString("customer_creation"u8, "if_required"u8);
        WriteCustomer(json);
        json.WriteString("customer_email"u8, Order.Email);
        json.WriteNull("discounts"u8);
        json.WriteNumber("expires_at"u8, Order.ExpiresAt);
        WriteNulls(json, "integration_identifier", "invoice", "invoice_creation");
        json.WriteBoolean("livemode"u8, false);
        WriteNulls(json, "locale", "managed_payments");
        WriteMap(json, "metadata"u8, Metadata);
        json.WriteString("mode"u8, "payment"u8);
        json.WriteNull("origin_context"u8);
        json.WriteString("payment_intent"u8, IntentId);
        json.WriteNull("payment_link"u8);
        json.WriteString("payment_method_collection"u8, "if_required"u8);
        json.WriteNull("payment_method_configuration_details"u8);
        json.WriteStartObject("payment_method_options"u8);
        json.WriteEndObject();
        json.WriteStartArray("payment_method_types"u8);
        json.WriteStringValue("card"u8);
        json.WriteEndArray();
        json.WriteString("payment_status"u8, PaymentStatus);
        WriteNulls(json, "permissions", "recovered_from", "saved_payment_method_options", "setup_intent", "shipping_address_collection", "shipping_cost");
        json.WriteStartArray("shipping_options"u8);
        json.WriteEndArray();
        json.WriteString("status"u8, Status);
        WriteNulls(json, "submit_type", "subscription");
        json.WriteString("success_url"u8, Order.SuccessUrl);
        json.WriteStartObject("total_details"u8);
        json.WriteNumber("amount_discount"u8, 0);
        json.WriteNumber("amount_shipping"u8, 0);
        json.WriteNumber("amount_tax"u8, 0);
        json.WriteEndObject();
        json.WriteString("ui_mode"u8, "hosted_page"u8);
        json.WriteString("url"u8, Status == "open" ? Order.Url : null);
        json.WriteNull("wallet_options"u8);
        json.WriteEndObject();
    }

    void WriteCustomer(Utf8JsonWriter json)
    {
        if (Email is null) { json.WriteNull("customer_details"u8); return; }
        json.WriteStartObject("customer_details"u8);
        WriteNulls(json, "address", "business_name");
        json.WriteString("email"u8, Email);
        WriteNulls(json, "individual_name", "name", "phone");
        json.WriteString("tax_exempt"u8, "none"u8);
        json.WriteNull("tax_ids"u8);
        json.WriteEndObject();
    }
}
