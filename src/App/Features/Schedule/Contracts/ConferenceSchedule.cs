using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace App.Features.Schedule.Contracts;

/// <summary>One thing on a day: a session's slot or a break.</summary>
/// <param name="Room">Null: everywhere, or not said.</param>
public sealed record ScheduleEntry(DateTimeOffset Start, DateTimeOffset End, ScheduleRoom? Room, ScheduleSession? Session, Guid? SlotId, ScheduleBreak? Break)
{
    public string Title => Session?.Title ?? Break!.Title;
    public string TitleLanguage => Session?.TitleLanguage ?? Break!.TitleLanguage;
}

/// <param name="Index">From 1.</param>
/// <param name="Starts">When the day of the programme begins (its day change), not its first session.</param>
/// <param name="Entries">By start, then by room.</param>
public sealed record ScheduleDay(int Index, DateOnly Date, DateTimeOffset Starts, DateTimeOffset Ends, ImmutableArray<ScheduleEntry> Entries)
{
    public bool IsNow(DateTimeOffset now) => now >= Starts && now < Ends;

    /// <summary>As addresses write it, yyyy-MM-dd; null: it is none.</summary>
    public static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

/// <summary>The whole programme of a conference, immutable, in memory: everything a page needs, resolved. A new one replaces it at each change.</summary>
public sealed class ConferenceSchedule
{
    public required Guid Id { get; init; }

    /// <summary>Of the stream and of the words about speakers: equal versions are equal schedules.</summary>
    public required int Version { get; init; }

    /// <summary>The source's own name of its version.</summary>
    public string Release { get; init; } = "";

    public string Title { get; init; } = "";
    public string TitleLanguage { get; init; } = "";
    public Translations? Titles { get; init; }
    public string Acronym { get; init; } = "";
    public required string TimeZone { get; init; }
    public required TimeZoneInfo Zone { get; init; }
    public TimeSpan DayChange { get; init; }
    public string Url { get; init; } = "";
    public ScheduleVisibility Visibility { get; init; } = ScheduleVisibility.Times;

    /// <summary>Of sessions without one of their own.</summary>
    public LinkRule LinkRule { get; init; } = LinkRule.Public;
    public DateTimeOffset ChangedAt { get; init; }

    public ImmutableArray<ScheduleDay> Days { get; init; } = [];

    /// <summary>In the house's order.</summary>
    public ImmutableArray<ScheduleRoom> Rooms { get; init; } = [];

    public ImmutableArray<ScheduleLabel> Tracks { get; init; } = [];
    public ImmutableArray<ScheduleLabel> Types { get; init; } = [];
    public ImmutableArray<ScheduleLabel> Tags { get; init; } = [];

    /// <summary>Of public sessions, by name.</summary>
    public ImmutableArray<ScheduleSpeaker> Speakers { get; init; } = [];

    /// <summary>Codes of the languages of public sessions.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Public ones: by first start and room, those without a slot last; by title as long as times aren't public.</summary>
    public ImmutableArray<ScheduleSession> Sessions { get; init; } = [];

    /// <summary>Public ones that one has to have a place in.</summary>
    public ImmutableArray<ScheduleSession> Capped { get; init; } = [];

    /// <summary>Drafts and unconfirmed ones: for the back office only.</summary>
    public ImmutableArray<ScheduleSession> Hidden { get; init; } = [];

    public ImmutableArray<ScheduleSession> Cancelled { get; init; } = [];

    /// <summary>Cancelled before anybody knew of them: for the back office only.</summary>
    public ImmutableArray<ScheduleSession> Dropped { get; init; } = [];
    public ImmutableArray<ScheduleBreak> Breaks { get; init; } = [];

    /// <summary>Floor plans of the venue, in their order.</summary>
    public ImmutableArray<SchedulePlan> Plans { get; init; } = [];

    /// <summary>Languages that some text can be read in, where it can be read in more than one.</summary>
    public ImmutableArray<string> TextLanguages { get; init; } = [];

    /// <summary>Made when somebody reads it in a language first. Null: its texts have no choice of languages, or it is one of those that were made.</summary>
    internal Func<ConferenceSchedule, string, string, ConferenceSchedule>? Read { get; init; }
    internal ConferenceSchedule? Stored { get; init; }
    readonly ConcurrentDictionary<(string, string), ConferenceSchedule> read = [];

    /// <summary>With every text as it is stored, in whatever language: what is exported, edited and counted is made of this.</summary>
    public ConferenceSchedule AsStored => Stored ?? this;

    /// <summary>As somebody reads it: each text in their language, else in the conference's, else in the one it has. The same object each time, so that pages made of it hold.</summary>
    /// <param name="otherwise">The conference's own language.</param>
    public ConferenceSchedule ReadIn(string wanted, string otherwise)
    {
        if (AsStored is not { Read: { } make } stored) return AsStored;
        string Known(string language) => stored.TextLanguages.Any(l => Translations.Is(l, language)) ? language : "";
        var key = (Known(wanted), Known(otherwise) is var other && other == wanted ? "" : other);
        return key == ("", "") ? stored : stored.read.GetOrAdd(key, k => make(stored, k.Item1, k.Item2));
    }

    public required FrozenDictionary<Guid, ScheduleSession> SessionsById { get; init; }
    public required FrozenDictionary<string, ScheduleSession> SessionsBySlug { get; init; }
    public required FrozenDictionary<string, ScheduleRoom> RoomsBySlug { get; init; }
    public required FrozenDictionary<string, ScheduleLabel> TracksBySlug { get; init; }
    public required FrozenDictionary<string, ScheduleSpeaker> SpeakersBySlug { get; init; }

    /// <summary>Public entries of a room over all days.</summary>
    public required FrozenDictionary<Guid, ImmutableArray<ScheduleEntry>> EntriesByRoom { get; init; }
    public required FrozenDictionary<Guid, ImmutableArray<ScheduleSession>> SessionsBySpeaker { get; init; }
    public required FrozenDictionary<Guid, ImmutableArray<ScheduleSession>> SessionsByLabel { get; init; }

    /// <summary>Any state: what may be shown to whom is the caller's to decide (<see cref="ScheduleSession.IsPublic"/>).</summary>
    public ScheduleSession? Session(Guid id) => SessionsById.GetValueOrDefault(id);

    /// <inheritdoc cref="Session(Guid)"/>
    public ScheduleSession? Session(string slug) => SessionsBySlug.GetValueOrDefault(slug);

    public ScheduleRoom? Room(string slug) => RoomsBySlug.GetValueOrDefault(slug);
    public ScheduleLabel? Track(string slug) => TracksBySlug.GetValueOrDefault(slug);
    public ScheduleSpeaker? Speaker(string slug) => SpeakersBySlug.GetValueOrDefault(slug);
    public ImmutableArray<ScheduleEntry> In(ScheduleRoom room) => EntriesByRoom.GetValueOrDefault(room.Id, []);
    public ImmutableArray<ScheduleSession> By(ScheduleSpeaker speaker) => SessionsBySpeaker.GetValueOrDefault(speaker.Id, []);
    public ImmutableArray<ScheduleSession> With(ScheduleLabel label) => SessionsByLabel.GetValueOrDefault(label.Id, []);

    public bool IsEmpty => Sessions.IsEmpty && Breaks.IsEmpty;
    public DateTimeOffset? Starts => Days.IsEmpty ? null : Days[0].Entries[0].Start;
    public DateTimeOffset? Ends => Days.IsEmpty ? null : Days.SelectMany(d => d.Entries).Max(e => e.End);

    /// <summary>The day of the programme that is on, or the next one; the last when all are over.</summary>
    public ScheduleDay? DayAt(DateTimeOffset now) => Days.FirstOrDefault(d => now < d.Ends) ?? Days.LastOrDefault();
}
