using System.Text.Json;
using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Pretalx;

// Only what Foyer reads, in Pretalx's words. Fields vanish when an event doesn't ask for them, so nothing but a key is required.

public sealed record PretalxEvent(string Slug, PretalxText? Name, string? Timezone, string? DateFrom, string? DateTo, string? CustomDomain, string? Locale = null);
public sealed record PretalxRoom(int Id, PretalxText? Name, PretalxText? Description, string? Uuid, string? Guid, int? Capacity, int? Position, bool? Hidden);
public sealed record PretalxTrack(int Id, PretalxText? Name, PretalxText? Description, string? Color, int? Position);
public sealed record PretalxType(int Id, PretalxText? Name);
public sealed record PretalxTag(int Id, string? Tag, PretalxText? Description, string? Color, bool? IsPublic);

/// <param name="Resource">A file's address or a link.</param>
public sealed record PretalxResource(int Id, string? Resource, PretalxText? Description, bool? IsPublic);

public sealed record PretalxSubmission(string Code, string? Title, string[]? Speakers, int? SubmissionType, int? Track, int[]? Tags, string? State, string? Abstract, string? Description, int? Duration, int? SlotCount, string? ContentLocale, bool? DoNotRecord, bool? IsFeatured,
    string? Image, bool? AttendeeSignupRequired, int? AttendeeSignupCapacity, [property: JsonConverter(typeof(ExpandedResources))] PretalxResource[]? Resources);

/// <param name="Submission">Null: a break or something else that takes the room.</param>
public sealed record PretalxSlot(int Id, int? Room, string? Start, string? End, string? Submission, PretalxText? Description, bool? IsVisible);

/// <param name="Email">For an organizer's token only.</param>
public sealed record PretalxSpeaker(string Code, string? Name, string? Biography, string? AvatarUrl, string? Email);
public sealed record PretalxSchedule(int Id, string? Version);

/// <param name="Target">submission, speaker or reviewer: whom it is asked about.</param>
/// <param name="IsPublic">For an organizer's token only.</param>
public sealed record PretalxQuestion(int Id, PretalxText? Question, string? Target, int? Position, bool? IsPublic);

/// <param name="Submission">Null where it is about a person or a review.</param>
/// <param name="Person">A speaker's code; null where it is about a submission or a review.</param>
public sealed record PretalxAnswer(int Id, string? Answer, string? Submission, string? Person);

public sealed record PretalxPage<T>(int? Count, string? Next, T[] Results);

/// <summary>A text in several languages, or in one that isn't named (an empty code).</summary>
[JsonConverter(typeof(PretalxTextReader))]
public sealed record PretalxText(IReadOnlyDictionary<string, string> Languages)
{
    public string In(string language) => Languages.TryGetValue(language, out var exact) && exact.Length > 0 ? exact
        : Languages.FirstOrDefault(l => l.Key.StartsWith(language, StringComparison.Ordinal) && l.Value.Length > 0).Value ?? Languages.Values.FirstOrDefault(t => t.Length > 0) ?? "";
}

sealed class PretalxTextReader : JsonConverter<PretalxText>
{
    public override PretalxText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var text = json.RootElement;
        return new(text.ValueKind switch
        {
            JsonValueKind.Object => text.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal),
            JsonValueKind.String => new Dictionary<string, string>(StringComparer.Ordinal) { [""] = text.GetString()! },
            _ => new Dictionary<string, string>(StringComparer.Ordinal),
        });
    }

    public override void Write(Utf8JsonWriter writer, PretalxText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (language, text) in value.Languages) writer.WriteString(language, text);
        writer.WriteEndObject();
    }
}

/// <summary>Resources come as ids where they are not expanded: those say nothing.</summary>
sealed class ExpandedResources : JsonConverter<PretalxResource[]>
{
    public override PretalxResource[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind != JsonValueKind.Array ? [] : [.. json.RootElement.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object).Select(r => r.Deserialize(PretalxJson.Default.PretalxResource)!)];
    }

    public override void Write(Utf8JsonWriter writer, PretalxResource[] value, JsonSerializerOptions options) => throw new NotSupportedException("Foyer writes nothing to Pretalx.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(PretalxEvent))]
[JsonSerializable(typeof(PretalxSchedule))]
[JsonSerializable(typeof(PretalxPage<PretalxRoom>))]
[JsonSerializable(typeof(PretalxPage<PretalxTrack>))]
[JsonSerializable(typeof(PretalxPage<PretalxType>))]
[JsonSerializable(typeof(PretalxPage<PretalxTag>))]
[JsonSerializable(typeof(PretalxPage<PretalxSubmission>))]
[JsonSerializable(typeof(PretalxPage<PretalxSlot>))]
[JsonSerializable(typeof(PretalxPage<PretalxSpeaker>))]
[JsonSerializable(typeof(PretalxPage<PretalxSchedule>))]
[JsonSerializable(typeof(PretalxPage<PretalxQuestion>))]
[JsonSerializable(typeof(PretalxPage<PretalxAnswer>))]
sealed partial class PretalxJson : JsonSerializerContext;
