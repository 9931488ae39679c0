using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>An answer that is a no, in Stripe's shape.</summary>
sealed class StripeError(int status, string type, string? code, string message, string? param = null, string? declineCode = null, Intent? intent = null) : Exception(message)
{
    public int Status { get; } = status;
    public string Type { get; } = type;
    public string? Code { get; } = code;
    public string? DeclineCode { get; } = declineCode;

    /// <summary>Stripe keeps the answer of what it began to carry out; a request refused before that may be mended and sent again under its key.</summary>
    public bool IsKept => Status is 402;

    public static StripeError Invalid(string message, string? param = null, string? code = null) => new(400, "invalid_request_error", code, message, param);
    public static StripeError Missing(string what, string id, string param) => new(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'", param);
    public static StripeError Required(string param) => Invalid($"Missing required param: {param}.", param, "parameter_missing");
    public static StripeError Trouble(int status) => status == 429
        ? new(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded. (The sandbox was told to say so.)")
        : new(status, "api_error", null, "An error occurred. (The sandbox was told to fail.)");

    public ErrorBody Body => new(Type, Code, DeclineCode, Message, param, intent);
}

sealed record ErrorBody(string Type, string? Code, string? DeclineCode, string Message, string? Param, Intent? Intent) : StripeObject
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        if (Code is not null)
        {
            json.WriteString("code"u8, Code);
            json.WriteString("doc_url"u8, "https://docs.stripe.com/error-codes/" + Code.Replace('_', '-'));
        }
        if (DeclineCode is not null) json.WriteString("decline_code"u8, DeclineCode);
        json.WriteString("message"u8, Message);
        if (Param is not null) json.WriteString("param"u8, Param);
        if (Intent is not null)
        {
            json.WritePropertyName("payment_intent"u8);
            Intent.Write(json);
        }
        json.WriteString("type"u8, Type);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
