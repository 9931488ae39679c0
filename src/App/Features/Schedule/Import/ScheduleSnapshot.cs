using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

// What a source says, understood: times are instants, texts are Markdown, everything is named by keys that stay. Which source it was can't be seen any more.

public sealed record SourceRoom(string Key, string Name, string Description, int? Capacity, int Position, Translations? Names = null, Translations? Descriptions = null);

public sealed record SourceLabel(LabelKind Kind, string Key, string Name, string Description, string Color, int Position, Translations? Names = null, Translations? Descriptions = null);

/// <param name="Keys">The first one makes the id; any finds the speaker again.</param>
public sealed record SourceSpeaker(string[] Keys, string Name, string Biography, string Role, string Image, SessionLink[] Links)
{
    /// <summary>Told only to who may read it; empty: not told.</summary>
    public string Email { get; init; } = "";
    public Translations? Biographies { get; init; }
    public Translations? Roles { get; init; }
}

/// <param name="Room">A room's key, or empty.</param>
public sealed record SourceSlot(string Room, DateTimeOffset Start, DateTimeOffset End);

/// <param name="Keys">The first one makes the id; any finds the session again.</param>
/// <param name="Details">Without track, type, tags, speakers and recommended sessions, which are keys here.</param>
public sealed record SourceSession(SourceRef Source, string[] Keys, SessionDetails Details)
{
    public string Track { get; init; } = "";
    public string Type { get; init; } = "";
    public string[] Tags { get; init; } = [];

    /// <summary>First keys of speakers.</summary>
    public string[] Speakers { get; init; } = [];

    /// <summary>As the source names them: codes, guids, addresses.</summary>
    public string[] Recommended { get; init; } = [];

    public SourceSlot[] Slots { get; init; } = [];
    public SessionState State { get; init; } = SessionState.Confirmed;
}

public sealed record SourceBreak(string Key, string Title, string Room, DateTimeOffset Start, DateTimeOffset End, Translations? Titles = null);

/// <param name="Format">For people: which reader understood it.</param>
public sealed record ScheduleSnapshot(string Format, string Title, string Acronym, string Release, string TimeZone, int DayChange, string Url)
{
    public Translations? Titles { get; init; }
    public IReadOnlyList<SourceRoom> Rooms { get; init; } = [];
    public IReadOnlyList<SourceLabel> Labels { get; init; } = [];
    public IReadOnlyList<SourceSpeaker> Speakers { get; init; } = [];
    public IReadOnlyList<SourceSession> Sessions { get; init; } = [];
    public IReadOnlyList<SourceBreak> Breaks { get; init; } = [];
}
