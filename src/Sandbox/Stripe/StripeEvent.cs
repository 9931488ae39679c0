using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>What happened, with the object as it was then. The id follows from what happened, so a ledger read again gives the same events.</summary>
sealed record StripeEvent(string Id, string Type, string? Account, long Created, StripeObject Of) : StripeObject
{
    /// <summary>Its place in its account's list.</summary>
    public int Position { get; set; }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "event"u8);
        if (Account is not null) json.WriteString("account"u8, Account);
        json.WriteString("api_version"u8, Version);
        json.WriteNumber("created"u8, Created);
        json.WriteStartObject("data"u8);
        json.WritePropertyName("object"u8);
        Of.Write(json);
        json.WriteEndObject();
        json.WriteBoolean("livemode"u8, false);
        json.WriteNumber("pending_webhooks"u8, 1);
        json.WriteStartObject("request"u8);
        json.WriteNull("id"u8);
        json.WriteNull("idempotency_key"u8);
        json.WriteEndObject();
        json.WriteString("type"u8, Type);
        json.WriteEndObject();
    }
}
