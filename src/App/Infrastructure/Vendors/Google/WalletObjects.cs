using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Google;

/// <summary>What Google Wallet knows of an event (EventTicketClass), as far as we write it.</summary>
public sealed record EventTicketClass(string Id, string IssuerName, LocalizedString EventName)
{
    public string ReviewStatus { get; } = "UNDER_REVIEW";
    public EventVenue? Venue { get; init; }
    public EventDateTime? DateTime { get; init; }
    public string? HexBackgroundColor { get; init; }
}

/// <summary>One ticket (EventTicketObject).</summary>
public sealed record EventTicketObject(string Id, string ClassId, Barcode Barcode)
{
    public string State { get; } = "ACTIVE";
    public string? TicketNumber { get; init; }
    public string? TicketHolderName { get; init; }
    public LocalizedString? TicketType { get; init; }
    public EventSeat? SeatInfo { get; init; }
}

public sealed record LocalizedString(TranslatedString DefaultValue)
{
    public static LocalizedString Of(string value, string language = "en") => new(new TranslatedString(language, value));
}

public sealed record TranslatedString(string Language, string Value);

/// <summary>Google wants both or neither.</summary>
public sealed record EventVenue(LocalizedString Name, LocalizedString Address);

/// <summary>ISO 8601 with offset.</summary>
public sealed record EventDateTime(string? DoorsOpen, string Start, string? End);

public sealed record EventSeat(LocalizedString Seat);

public sealed record Barcode(string Value, string? AlternateText)
{
    public string Type { get; } = "QR_CODE";
}

/// <summary>A "save to Google Wallet" token's claims.</summary>
sealed record SaveClaims(string Iss, string[] Origins, long Iat, SavePayload Payload)
{
    public string Aud { get; } = "google";
    public string Typ { get; } = "savetowallet";
}

sealed record SavePayload(EventTicketClass[] EventTicketClasses, EventTicketObject[] EventTicketObjects);

sealed record TokenHead(string Alg, string Typ, string? Kid);

sealed record ServiceAccountKey([property: JsonPropertyName("client_email")] string? ClientEmail, [property: JsonPropertyName("private_key")] string? PrivateKey, [property: JsonPropertyName("private_key_id")] string? PrivateKeyId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SaveClaims))]
[JsonSerializable(typeof(TokenHead))]
[JsonSerializable(typeof(ServiceAccountKey))]
sealed partial class WalletJson : JsonSerializerContext
{
    /// <summary>Letters as they are: a token may not be long, and is never put into HTML.</summary>
    public static WalletJson Short => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
