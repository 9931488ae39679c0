using System.Collections.Immutable;

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

    /// <summary>Of the title as it is here; empty: nobody has said. So are the next three.</summary>
    public string TitleLanguage { get; init; } = "";
    public string SubtitleLanguage { get; init; } = "";
    public string AbstractLanguage { get; init; } = "";
    public string DescriptionLanguage { get; init; } = "";
    public Translations? Titles { get; init; }
    public Translations? Subtitles { get; init; }
    public Translations? Abstracts { get; init; }
    public Translations? Descriptions { get; init; }

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
