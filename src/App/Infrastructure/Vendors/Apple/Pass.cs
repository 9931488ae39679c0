using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Apple;

/// <summary>pass.json, as far as we write it (Wallet Passes, format version 1). Colours as <c>rgb(1, 2, 3)</c>, times in ISO 8601 with their offset.</summary>
public sealed record Pass(string SerialNumber, string OrganizationName, string Description, PassFields EventTicket)
{
    public int FormatVersion { get; } = 1;

    /// <summary>Filled in by <see cref="PassSigner"/>, whose certificate must say the same.</summary>
    public string? PassTypeIdentifier { get; init; }
    public string? TeamIdentifier { get; init; }

    /// <summary>Passes with the same one lie together.</summary>
    public string? GroupingIdentifier { get; init; }
    public string? LogoText { get; init; }
    public string? BackgroundColor { get; init; }
    public string? ForegroundColor { get; init; }
    public string? LabelColor { get; init; }

    /// <summary>When the pass comes up by itself; the list is what iOS 18 and later read.</summary>
    public string? RelevantDate { get; init; }
    public PassPeriod[]? RelevantDates { get; init; }
    public string? ExpirationDate { get; init; }
    public bool Voided { get; init; }
    public PassBarcode[]? Barcodes { get; init; }
    public PassSemantics? Semantics { get; init; }
}

public sealed record PassFields(PassField[] HeaderFields, PassField[] PrimaryFields, PassField[] SecondaryFields, PassField[] AuxiliaryFields, PassField[] BackFields);

/// <param name="Key">Unique within the pass.</param>
public sealed record PassField(string Key, string Label, string Value);

public sealed record PassPeriod(string StartDate, string EndDate);

/// <param name="AltText">Shown below, for whoever can't scan.</param>
public sealed record PassBarcode(string Message, string AltText)
{
    public string Format { get; } = "PKBarcodeFormatQR";
    public string MessageEncoding { get; } = "iso-8859-1";
}

/// <summary>What the system may understand of it.</summary>
public sealed record PassSemantics(string EventName, string EventStartDate, string EventEndDate)
{
    public string EventType { get; init; } = "PKEventTypeGeneric";
    public string? VenueName { get; init; }
    public PassSeat[]? Seats { get; init; }
}

public sealed record PassSeat(string SeatNumber);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Pass))]
[JsonSerializable(typeof(Dictionary<string, string>))]
sealed partial class PassJson : JsonSerializerContext;
