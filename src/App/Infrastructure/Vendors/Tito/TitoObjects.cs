using System.Globalization;
using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Tito;

// Only what Foyer reads, in Tito's words. The API says state and writes times as ISO 8601, a webhook says state_name and writes them as "2022-03-26 07:36:07 UTC".

public sealed record TitoTicket(string Slug, string? Name, string? FirstName, string? LastName, string? Email, string? State, string? StateName, bool? Void, string? ReleaseTitle, string? RegistrationName, string? RegistrationEmail, TitoPerson? Registration, string? UpdatedAt)
{
    public string Status => Void == true ? "void" : State ?? StateName ?? "";

    /// <summary>Who comes; who ordered, where nobody else is named.</summary>
    public string? Address => First(Email, RegistrationEmail, Registration?.Email);

    public string FullName => First(Name, $"{FirstName} {LastName}".Trim(), RegistrationName, Registration?.Name) ?? "";

    public DateTimeOffset Updated => TitoTime.Read(UpdatedAt);

    static string? First(params string?[] texts) => Array.Find(texts, t => !string.IsNullOrWhiteSpace(t));
}

public sealed record TitoPerson(string? Name, string? Email);
public sealed record TitoEvent(string? AccountSlug, string? Slug);
public sealed record TitoMeta(int? CurrentPage, int? NextPage, int? TotalPages, int? TotalCount);
public sealed record TitoTickets(TitoTicket[]? Tickets, TitoMeta? Meta);

/// <summary>What is the same in every webhook's body: of what, whose, and when it changed.</summary>
public sealed record TitoNews([property: JsonPropertyName("_type")] string? Type, string? Slug, string? UpdatedAt, TitoEvent? Event);

static class TitoTime
{
    /// <summary>The beginning of time for what isn't one: then nothing newer is held back by it.</summary>
    public static DateTimeOffset Read(string? text) =>
        DateTimeOffset.TryParse(text?.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : DateTimeOffset.UnixEpoch;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TitoTickets))]
[JsonSerializable(typeof(TitoTicket))]
[JsonSerializable(typeof(TitoNews))]
sealed partial class TitoJson : JsonSerializerContext;
