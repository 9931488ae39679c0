using System.Text.Json;

namespace Sandbox.Stripe;

sealed record Refund(string Id, string IntentId, string ChargeId, string? Account, long Amount, string Currency, long Created, string? Reason, KeyValuePair<string, string>[] Metadata, string Status) : StripeObject
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "refund"u8);
        json.WriteNumber("amount"u8, Amount);
        json.WriteNull("balance_transaction"u8);
        json.WriteString("charge"u8, ChargeId);
        json.WriteNumber("created"u8, Created);
        json.WriteString("currency"u8, Currency);
        WriteNulls(json, "customer", "customer_account");
        json.WriteStartObject("destination_details"u8);
        json.WriteStartObject("card"u8);
        json.WriteString("type"u8, "refund"u8);
        json.WriteEndObject();
        json.WriteString("type"u8, "card"u8);
        json.WriteEndObject();
        if (Status == "failed") json.WriteString("failure_reason"u8, "expired_or_canceled_card"u8);
        WriteMap(json, "metadata"u8, Metadata);
        json.WriteString("payment_intent"u8, IntentId);
        json.WriteString("payment_method"u8, "pm_" + IntentId[3..]);
        json.WriteString("reason"u8, Reason);
        WriteNulls(json, "receipt_number", "source_transfer_reversal");
        json.WriteString("status"u8, Status);
        json.WriteNull("transfer_reversal"u8);
        json.WriteEndObject();
    }
}
