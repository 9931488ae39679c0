using System.Text.Json.Serialization;

namespace App.Features.Schedule.Contracts;

/// <summary>Accepted: the speaker hasn't confirmed yet, so nobody outside sees it. Cancelled: a tombstone, so that calendars hear of it.</summary>
public enum SessionState { Draft, Accepted, Confirmed, Cancelled }

public enum LabelKind { Track, Type, Tag }

/// <summary>Watch: a stream or recording. Join: a room to enter (video call, chat). Attachment: slides and papers.</summary>
public enum LinkKind { Related, Attachment, Watch, Join, Feedback }

/// <summary>Hidden: nobody outside sees anything. Titles: what, not when. Times: everything.</summary>
public enum ScheduleVisibility { Hidden, Titles, Times }

/// <summary>Whom a session's links open for. Attendees: signed in with a ticket (of one of the kinds, where some are named).</summary>
public enum LinkAccess { Everybody, Attendees }

/// <param name="MinutesBefore">Before the start of a slot; null: at any time.</param>
/// <param name="TicketTypes">Empty: any ticket.</param>
/// <param name="NeedsPlace">In a session with a capacity: only for who has a place.</param>
public sealed record LinkRule(LinkAccess Access, int? MinutesBefore, Guid[] TicketTypes, bool NeedsPlace)
{
    public static LinkRule Public { get; } = new(LinkAccess.Everybody, null, [], false);

    /// <summary>They are open to whoever comes, at any time: they may stand where nobody asks who reads and when.</summary>
    public bool IsForEverybody => Access == LinkAccess.Everybody && MinutesBefore is null && !NeedsPlace;

    // A list is compared by what is in it.
    public bool Equals(LinkRule? other) => other is not null && (Access, MinutesBefore, NeedsPlace) == (other.Access, other.MinutesBefore, other.NeedsPlace) && TicketTypes.AsSpan().SequenceEqual(other.TicketTypes);
    public override int GetHashCode() => HashCode.Combine(Access, MinutesBefore, NeedsPlace, TicketTypes.Length);
}

/// <param name="Id">Stays when the slot moves: a calendar knows it by this.</param>
public sealed record SessionSlot(Guid Id, Guid? RoomId, DateTimeOffset Start, DateTimeOffset End);

/// <param name="Language">Of what it leads to; empty: any.</param>
public sealed record SessionLink(string Url, string Title, LinkKind Kind, string Language = "")
{
    /// <summary>The title in other languages. Facts of before have none.</summary>
    public Translations? Titles { get; init; }

    /// <summary>Of the title as somebody reads it; empty: nobody has said. It follows from the rest, so it is neither stored nor compared.</summary>
    [JsonIgnore] public string TitleLanguage { get; init; } = "";

    public bool Equals(SessionLink? other) => other is not null && (Url, Title, Kind, Language) == (other.Url, other.Title, other.Kind, other.Language) && Titles == other.Titles;
    public override int GetHashCode() => HashCode.Combine(Url, Title, Kind, Language);
}

/// <summary>What the source calls it. Key: by which it is found again; empty for what people made here.</summary>
/// <param name="Number">Of frab and pentabarf; 0: none.</param>
public sealed record SourceRef(string Key, string Guid = "", string Code = "", int Number = 0, string Url = "")
{
    public static SourceRef ByHand { get; } = new("");
}

/// <summary>What people read of a session. Abstract and description are Markdown. No speaker's name stands here: only ids.</summary>
public sealed record SessionDetails(string Title)
{
    public string Subtitle { get; init; } = "";
    public string Abstract { get; init; } = "";
    public string Description { get; init; } = "";

    // The same in other languages. Facts of before have none.
    public Translations? Titles { get; init; }
    public Translations? Subtitles { get; init; }
    public Translations? Abstracts { get; init; }
    public Translations? Descriptions { get; init; }
    public string[] Languages { get; init; } = [];
    public Guid? Track { get; init; }
    public Guid? Type { get; init; }
    public Guid[] Tags { get; init; } = [];
    public Guid[] Speakers { get; init; } = [];
    public SessionLink[] Links { get; init; } = [];
    public string Image { get; init; } = "";
    public string License { get; init; } = "";
    public bool Featured { get; init; }

    /// <summary>Null: nobody has said.</summary>
    public bool? Recorded { get; init; }

    /// <summary>Null: no sign-up, come in.</summary>
    public int? Capacity { get; init; }

    /// <summary>Sessions that its people recommend. Facts of before have none.</summary>
    public Guid[] Recommended { get => field ?? []; init; }
}

/// <summary>A picture as pages show it. It is kept here: nobody else's server hears who looks.</summary>
/// <param name="Address">Below this site; never changes its picture.</param>
/// <param name="Alt">What it shows, for those who don't see it. Empty: it came with an import, and nobody has said.</param>
public sealed record SchedulePicture(string Address, string Alt, int Width, int Height);

/// <summary>What stands on a floor plan. Room: one of the schedule's; the others are no rooms.</summary>
public enum SpotKind { Room, Entrance, Food, Toilets, FirstAid, Cloakroom, QuietRoom, Lift, Info }

// A conference has its event's id. An import appends what differs in one commit; an editor appends the same facts with ByHand.

public sealed record ScheduleOpened(Guid ConferenceId, DateTimeOffset At);

/// <param name="DayChange">Minutes after midnight at which the next day of the programme begins.</param>
public sealed record ConferenceDescribed(string Title, string Acronym, string TimeZone, int DayChange, string Url, DateTimeOffset At, Translations? Titles = null);

/// <param name="Release">The source's own name of its version.</param>
public sealed record ScheduleReleased(string Release, DateTimeOffset At);

/// <param name="ConferenceId">Empty in facts of before it was told.</param>
public sealed record ScheduleShown(ScheduleVisibility Visibility, DateTimeOffset At, Guid ConferenceId = default);

public sealed record RoomSet(Guid RoomId, string Key, string Slug, string Name, string Description, int? Capacity, int Position, bool ByHand, DateTimeOffset At, Translations? Names = null, Translations? Descriptions = null);
public sealed record RoomRemoved(Guid RoomId, DateTimeOffset At);

/// <summary>A track, a session type or a tag.</summary>
public sealed record LabelSet(Guid LabelId, LabelKind Kind, string Key, string Slug, string Name, string Description, string Color, int Position, bool ByHand, DateTimeOffset At, Translations? Names = null, Translations? Descriptions = null);
/// <param name="ByHand">Somebody took it away here: what a source says of it is heard no more.</param>
public sealed record LabelRemoved(Guid LabelId, DateTimeOffset At, bool ByHand = false);

/// <summary>That the words about a speaker changed; they are in a document, which can be erased.</summary>
public sealed record SpeakerSet(Guid SpeakerId, int Revision, DateTimeOffset At);
public sealed record SpeakerRemoved(Guid SpeakerId, DateTimeOffset At);

/// <param name="Hand">The parts of the details that people have set: an import leaves them alone.</param>
/// <param name="ConferenceId">Empty in facts of before it was told.</param>
public sealed record SessionDescribed(Guid SessionId, string Slug, SessionDetails Details, SourceRef Source, string[] Hand, DateTimeOffset At, Guid ConferenceId = default);

/// <summary>When and where, for the first time.</summary>
public sealed record SessionScheduled(Guid ConferenceId, Guid SessionId, SessionSlot[] Slots, bool ByHand, DateTimeOffset At);

/// <summary>Another time or room for at least one slot, or one more or less.</summary>
public sealed record SessionMoved(Guid ConferenceId, Guid SessionId, SessionSlot[] Slots, SessionSlot[] Before, bool ByHand, DateTimeOffset At);

/// <param name="ConferenceId">Empty in facts of before it was told.</param>
public sealed record SessionStated(Guid SessionId, SessionState State, bool ByHand, DateTimeOffset At, Guid ConferenceId = default);

/// <param name="Vanished">The source doesn't list it any more; else the source or somebody said so.</param>
public sealed record SessionCancelled(Guid ConferenceId, Guid SessionId, bool Vanished, bool ByHand, DateTimeOffset At);

/// <summary>A picture of a session or a room. What was given by hand no source has a say in.</summary>
/// <param name="Of">The session's or the room's id.</param>
/// <param name="Picture">Null: it was taken away.</param>
/// <param name="Brought">It is the source's own, or the source has none any more. False in facts of before.</param>
public sealed record PictureSet(Guid Of, SchedulePicture? Picture, DateTimeOffset At, bool Brought = false);

/// <summary>A floor plan.</summary>
/// <param name="Name">Of the floor or the building.</param>
public sealed record PlanSet(Guid PlanId, string Slug, string Name, SchedulePicture Picture, int Position, DateTimeOffset At, Translations? Names = null);

/// <summary>With all that stood on it.</summary>
public sealed record PlanRemoved(Guid PlanId, DateTimeOffset At);

/// <param name="SpotId">A room's own id, so that it stands in one place only; else the spot's.</param>
/// <param name="Label">Empty: what its kind is called, or the room's name.</param>
/// <param name="X">Thousandths of the plan's width, from its left edge.</param>
/// <param name="Y">Thousandths of the plan's height, from its upper edge.</param>
public sealed record SpotSet(Guid SpotId, Guid PlanId, SpotKind Kind, string Label, int X, int Y, DateTimeOffset At, Translations? Labels = null);
public sealed record SpotRemoved(Guid SpotId, DateTimeOffset At);

/// <param name="SessionId">Null: for all sessions without a rule of their own.</param>
/// <param name="Rule">Null: back to the conference's.</param>
public sealed record LinksRuled(Guid? SessionId, LinkRule? Rule, DateTimeOffset At);

/// <param name="RoomId">Null: everywhere.</param>
public sealed record BreakSet(Guid BreakId, string Key, string Title, Guid? RoomId, DateTimeOffset Start, DateTimeOffset End, bool ByHand, DateTimeOffset At, Translations? Titles = null);
public sealed record BreakRemoved(Guid BreakId, DateTimeOffset At);
