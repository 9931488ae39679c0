using System.Text.Json;
using System.Text.Json.Serialization;
using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Features.Schedule;

/// <summary>
/// What our exports say beside the published formats: in schedule.json under <c>conference.meta.foyer</c> (the schema leaves that open), in schedule.xml in one element of our own. Only what has no place elsewhere,
/// so that who edits the visible part is heard.
/// </summary>
/// <param name="Sessions">By the guid of their events.</param>
/// <param name="Speakers">By guid.</param>
public sealed record ScheduleExtras(string Acronym, string TimeZone, string DayChange, string Url)
{
    public ExtraText? Titles { get; init; }

    /// <summary>Of rooms that are known in several languages, by guid.</summary>
    public Dictionary<string, ExtraTexts> RoomTexts { get; init => field = value ?? []; } = [];
    public ExtraRoom[] Rooms { get; init => field = value ?? []; } = [];
    public ExtraLabel[] Labels { get; init => field = value ?? []; } = [];
    public ExtraBreak[] Breaks { get; init => field = value ?? []; } = [];
    public Dictionary<string, ExtraSession> Sessions { get; init => field = value ?? []; } = [];
    public Dictionary<string, ExtraSpeaker> Speakers { get; init => field = value ?? []; } = [];
    public ExtraEvent[] Unscheduled { get; init => field = value ?? []; } = [];

    /// <summary>Anybody may have written or edited them: what has holes where our exports have words is refused (<c>schedule.extras-broken</c>). Whether the words make sense is <see cref="Import.SnapshotMaker"/>'s to say, as of any source.</summary>
    public static ScheduleExtras Read(string json)
    {
        try { return JsonSerializer.Deserialize(json, ExtrasJson.Default.ScheduleExtras) is { IsWhole: true } whole ? whole : throw new Refused("schedule.extras-broken"); }
        catch (JsonException) { throw new Refused("schedule.extras-broken"); }
    }

    bool IsWhole => (Acronym, TimeZone, DayChange, Url) is (not null, not null, not null, not null)
        && AreWhole(Titles) && RoomTexts.Values.All(t => t is not null && AreWhole(t.Names, t.Descriptions))
        && Rooms.All(r => r is { Name: not null, Key: not null, Description: not null })
        && Labels.All(l => l is { Kind: LabelKind.Track or LabelKind.Type or LabelKind.Tag, Key: not null, Name: not null, Description: not null, Color: not null } && AreWhole(l.Names, l.Descriptions))
        && Breaks.All(b => b is { Key: not null, Title: not null, Room: not null } && AreWhole(b.Titles))
        && Sessions.Values.All(s => s is { Key: not null, Guid: not null, Code: not null, Languages: not null, Tags: not null, Links: not null, Image: not null, License: not null, Url: not null } && s.Languages.All(l => l is not null) && s.Tags.All(t => t is not null) && AreWhole(s.Links) && AreWhole(s.Titles, s.Subtitles, s.Abstracts, s.Descriptions))
        && Speakers.Values.All(s => s is { Role: not null, Links: not null } && AreWhole(s.Links) && AreWhole(s.Roles, s.Biographies))
        && Unscheduled.All(e => e is { Guid: not null, Title: not null, Subtitle: not null, Abstract: not null, Description: not null, Track: not null, Type: not null, Persons: not null } && e.Persons.All(p => p is { Guid: not null, Name: not null }));

    static bool AreWhole(params ReadOnlySpan<ExtraText?> texts)
    {
        foreach (var text in texts) if (text is not (null or { Of.Length: > 0, Base: not null, In: not null }) || text?.In.ContainsValue(null!) == true) return false;
        return true;
    }

    static bool AreWhole(SessionLink[] links) => links.All(l => l is { Url: not null, Title: not null, Language: not null, Titles: null or { Of.Length: > 0, In: not null } } && Enum.IsDefined(l.Kind) && l.Titles?.In.Values.Contains(null!) != true);
}

/// <summary>What a text that stands in a format's own place is in other languages.</summary>
/// <param name="Of">The language of that text.</param>
/// <param name="Base">The one that it is stored in as the text itself.</param>
public sealed record ExtraText(string Of, string Base, Dictionary<string, string> In)
{
    /// <param name="shown">The text as it is exported.</param>
    /// <param name="stored">The text itself.</param>
    public static ExtraText? From(string shown, string language, string stored, Translations? translations) =>
        translations is not { } t || shown.Length == 0 ? null : new(language, t.Of, t.All(stored).Where(p => p.Key != language).OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));

    /// <summary>As it was before it was exported, with what was made of the visible text since.</summary>
    public static (string Text, Translations? Others) Join(string shown, ExtraText? others) => others is null ? (shown, null) : Translations.Chosen(others.In.Prepend(new(others.Of, shown)), others.Base);
}

public sealed record ExtraTexts(ExtraText? Names, ExtraText? Descriptions);
public sealed record ExtraRoom(string Name, string Key, string Description, int? Capacity);
public sealed record ExtraLabel(LabelKind Kind, string Key, string Name, string Description, string Color, ExtraText? Names = null, ExtraText? Descriptions = null);
public sealed record ExtraBreak(string Key, string Title, string Room, DateTimeOffset Start, DateTimeOffset End, ExtraText? Titles = null);
public sealed record ExtraSession(string Key, string Guid, string Code, int Number, string[] Languages, string[] Tags, SessionLink[] Links, string Image, string License, bool Featured, bool? Recorded, int? Capacity, string Url, string[]? Recommended = null)
{
    public ExtraText? Titles { get; init; }
    public ExtraText? Subtitles { get; init; }
    public ExtraText? Abstracts { get; init; }
    public ExtraText? Descriptions { get; init; }
}
public sealed record ExtraSpeaker(string? Biography, string Role, string? Image, SessionLink[] Links, ExtraText? Roles = null, ExtraText? Biographies = null);

/// <summary>A public session without a time.</summary>
public sealed record ExtraEvent(string Guid, string Title, string Subtitle, string Abstract, string Description, string Track, string Type, ExtraPerson[] Persons);
public sealed record ExtraPerson(string Guid, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleExtras))]
sealed partial class ExtrasJson : JsonSerializerContext;
