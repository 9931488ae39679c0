using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace App.Features.Schedule.Contracts;

/// <summary>A session with everything it names, ready to be shown. Compared by identity: one object a version of the schedule.</summary>
public sealed class ScheduleSession
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Subtitle { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Abstract { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; init; } = "";

    public required SessionState State { get; init; }
    public ScheduleLabel? Track { get; init; }
    public ScheduleLabel? Type { get; init; }
    public ImmutableArray<ScheduleLabel> Tags { get; init; } = [];
    public ImmutableArray<string> Languages { get; init; } = [];
    public ImmutableArray<ScheduleSpeaker> Speakers { get; init; } = [];

    /// <summary>By start. Empty: not scheduled yet.</summary>
    public ImmutableArray<ScheduleSlot> Slots { get; init; } = [];

    /// <summary>Slots it had and has no more: calendars must hear of them.</summary>
    public ImmutableArray<ScheduleSlot> CancelledSlots { get; init; } = [];

    public ImmutableArray<SessionLink> Links { get; init; } = [];
    public required LinkRule LinkRule { get; init; }

    /// <summary>Null: the conference's.</summary>
    public LinkRule? OwnLinkRule { get; init; }

    /// <summary>As its source has it, on somebody else's server: passed on in exports, in no page.</summary>
    public string Image { get; init; } = "";

    /// <summary>Given here, or brought here with an import. Null: none.</summary>
    public SchedulePicture? Picture { get; init; }
    public string License { get; init; } = "";
    public bool Featured { get; init; }
    public bool? Recorded { get; init; }
    public int? Capacity { get; init; }

    /// <summary>By its own people; any state.</summary>
    public ImmutableArray<Guid> Recommended { get; init; } = [];
    public SourceRef Source { get; init; } = SourceRef.ByHand;

    /// <summary>iCalendar's: goes up with each change.</summary>
    public int Sequence { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public bool IsPublic => State == SessionState.Confirmed;

    /// <summary>Everybody may know when it is. As long as not, nothing may follow from its times that anybody sees: no order, no door that opens.</summary>
    public bool TimesArePublic { get; init; } = true;

    /// <summary>It was confirmed before it was cancelled.</summary>
    public bool WasPublic { get; init; }

    /// <summary>When it was called off. Null: it isn't.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Public, or cancelled after it was: what was never announced is not called off either.</summary>
    public bool IsKnown => IsPublic || (State == SessionState.Cancelled && WasPublic);
    public ScheduleSlot? First => Slots.IsEmpty ? null : Slots[0];
    public bool IsOn(DateTimeOffset now) => Slots.Any(s => s.IsOn(now));

    /// <summary>Whether time alone opens its links; who asks is the caller's to know (<see cref="LinkRule.Access"/>).</summary>
    public bool LinksAreDue(DateTimeOffset now) => LinkRule.MinutesBefore is not { } minutes || Slots.Any(s => now >= s.Start.AddMinutes(-minutes));
}

/// <summary>One thing on a day: a session's slot or a break.</summary>
/// <param name="Room">Null: everywhere, or not said.</param>
public sealed record ScheduleEntry(DateTimeOffset Start, DateTimeOffset End, ScheduleRoom? Room, ScheduleSession? Session, Guid? SlotId, ScheduleBreak? Break)
{
    public string Title => Session?.Title ?? Break!.Title;
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
