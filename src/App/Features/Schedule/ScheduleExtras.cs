using System.Text.Json;
using System.Text.Json.Serialization;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule;

/// <summary>
/// What our exports say beside the published formats: in schedule.json under <c>conference.meta.foyer</c> (the schema leaves that open), in schedule.xml in one element of our own. Only what has no place elsewhere,
/// so that who edits the visible part is heard.
/// </summary>
/// <param name="Sessions">By the guid of their events.</param>
/// <param name="Speakers">By guid.</param>
public sealed record ScheduleExtras(string Acronym, string TimeZone, string DayChange, string Url)
{
    public ExtraRoom[] Rooms { get; init; } = [];
    public ExtraLabel[] Labels { get; init; } = [];
    public ExtraBreak[] Breaks { get; init; } = [];
    public Dictionary<string, ExtraSession> Sessions { get; init; } = [];
    public Dictionary<string, ExtraSpeaker> Speakers { get; init; } = [];
    public ExtraEvent[] Unscheduled { get; init; } = [];

    public static ScheduleExtras? Read(string json)
    {
        try { return JsonSerializer.Deserialize(json, ExtrasJson.Default.ScheduleExtras); }
        catch (JsonException) { return null; }
    }
}

public sealed record ExtraRoom(string Name, string Key, string Description, int? Capacity);
public sealed record ExtraLabel(LabelKind Kind, string Key, string Name, string Description, string Color);
public sealed record ExtraBreak(string Key, string Title, string Room, DateTimeOffset Start, DateTimeOffset End);
public sealed record ExtraSession(string Key, string Guid, string Code, int Number, string[] Languages, string[] Tags, SessionLink[] Links, string Image, string License, bool Featured, bool? Recorded, int? Capacity, string Url, string[]? Recommended = null);
public sealed record ExtraSpeaker(string? Biography, string Role, string? Image, SessionLink[] Links);

/// <summary>A public session without a time.</summary>
public sealed record ExtraEvent(string Guid, string Title, string Subtitle, string Abstract, string Description, string Track, string Type, ExtraPerson[] Persons);
public sealed record ExtraPerson(string Guid, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleExtras))]
sealed partial class ExtrasJson : JsonSerializerContext;
