using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>Money that was taken. Attempts that failed leave none.</summary>
sealed record Charge(string Id, string IntentId, string? Account, long Amount, string Currency, long Created, long? Fee, Card Card, KeyValuePair<string, string>[] Metadata, long Refunded = 0) : StripeObject
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "charge"u8);
        json.WriteNumber("amount"u8, Amount);
        json.WriteNumber("amount_captured"u8, Amount);
        json.WriteNumber("amount_refunded"u8, Refunded);
        WriteNulls(json, "application", "application_fee");
        WriteNumber(json, "application_fee_amount"u8, Fee);
        json.WriteNull("balance_transaction"u8);
        json.WriteStartObject("billing_details"u8);
        WriteNulls(json, "address", "email", "name", "phone", "tax_id");
        json.WriteEndObject();
        json.WriteString("calculated_statement_descriptor"u8, "FOYER SANDBOX"u8);
        json.WriteBoolean("captured"u8, true);
        json.WriteNumber("created"u8, Created);
        json.WriteString("currency"u8, Currency);
        WriteNulls(json, "customer", "description");
        json.WriteBoolean("disputed"u8, false);
        WriteNulls(json, "failure_balance_transaction", "failure_code", "failure_message", "fraud_details");
        json.WriteBoolean("livemode"u8, false);
        WriteMap(json, "metadata"u8, Metadata);
        WriteNulls(json, "on_behalf_of", "outcome");
        json.WriteBoolean("paid"u8, true);
        json.WriteString("payment_intent"u8, IntentId);
        json.WriteString("payment_method"u8, "pm_" + IntentId[3..]);
        WriteMethod(json);
        WriteNulls(json, "receipt_email", "receipt_number", "receipt_url");
        json.WriteBoolean("refunded"u8, Refunded == Amount);
        WriteNulls(json, "review", "shipping", "source", "source_transfer", "statement_descriptor", "statement_descriptor_suffix");
        json.WriteString("status"u8, "succeeded"u8);
        WriteNulls(json, "transfer_data", "transfer_group");
        json.WriteEndObject();
    }

    void WriteMethod(Utf8JsonWriter json)
    {
        json.WriteStartObject("payment_method_details"u8);
        json.WriteStartObject("card"u8);
        json.WriteNull("amount_authorized"u8);
        json.WriteNull("authorization_code"u8);
        json.WriteString("brand"u8, Card.Brand);
        json.WriteStartObject("checks"u8);
        WriteNulls(json, "address_line1_check", "address_postal_code_check");
        json.WriteString("cvc_check"u8, "pass"u8);
        json.WriteEndObject();
        json.WriteString("country"u8, "US"u8);
        json.WriteNumber("exp_month"u8, Card.Month);
        json.WriteNumber("exp_year"u8, Card.Year);
        json.WriteString("funding"u8, "credit"u8);
        json.WriteNull("installments"u8);
        json.WriteString("last4"u8, Card.Last4);
        json.WriteNull("mandate"u8);
        json.WriteString("network"u8, Card.Brand);
        WriteNulls(json, "network_token", "network_transaction_id", "regulated_status", "three_d_secure", "transaction_link_id", "wallet");
        json.WriteEndObject();
        json.WriteString("type"u8, "card"u8);
        json.WriteEndObject();
    }
}
