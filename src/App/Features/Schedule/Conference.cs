using System.Collections.Immutable;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule;

public sealed record Room(Guid Id, string Key, string Slug, string Name, string Description, int? Capacity, int Position, bool ByHand, Translations? Names = null, Translations? Descriptions = null);
public sealed record Label(Guid Id, LabelKind Kind, string Key, string Slug, string Name, string Description, string Color, int Position, bool ByHand, Translations? Names = null, Translations? Descriptions = null);
public sealed record Break(Guid Id, string Key, string Title, Guid? RoomId, DateTimeOffset Start, DateTimeOffset End, bool ByHand, Translations? Titles = null);

public sealed record Plan(Guid Id, string Slug, string Name, SchedulePicture Picture, int Position, Translations? Names = null);
public sealed record Spot(Guid Id, Guid PlanId, SpotKind Kind, string Label, int X, int Y, Translations? Labels = null);

public sealed record SlotMove(SessionSlot Before, DateTimeOffset At);

/// <summary>A session as it is decided on. What it had and lost stays: calendars were told of it.</summary>
public sealed record Session(Guid Id, string Slug, SessionDetails Details, SourceRef Source, string[] Hand)
{
    public SessionState State { get; init; } = SessionState.Confirmed;
    public bool StateByHand { get; init; }
    public bool Vanished { get; init; }

    /// <summary>It was confirmed once, so people may know of it.</summary>
    public bool WasPublic { get; init; }

    /// <summary>Null: it isn't called off.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
    public SessionSlot[] Slots { get; init; } = [];
    public SessionSlot[] Gone { get; init; } = [];

    /// <summary>Of those that are gone, the ones that people knew of: calendars have to strike them out.</summary>
    public SessionSlot[] CalledOff { get; init; } = [];
    public bool SlotsByHand { get; init; }

    /// <summary>Where each slot was before its last move that people could notice, by slot.</summary>
    public ImmutableDictionary<Guid, SlotMove> Moves { get; init; } = ImmutableDictionary<Guid, SlotMove>.Empty;
    public LinkRule? LinkRule { get; init; }
    public int Sequence { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    internal Session Changed(DateTimeOffset at) => this with { Sequence = Sequence + 1, ChangedAt = at };
}

/// <summary>The programme of a conference: the state of its stream. A conference has its event's id; its stream an id that follows from it, since the event has a stream of its own.</summary>
public sealed record Conference(Guid Id) : IEventSourced<Conference>
{
    public static Conference Empty { get; } = new(Guid.Empty);

    public static Guid StreamOf(Guid eventId) => Ids.From(eventId, "conference");

    public string Title { get; init; } = "";
    public Translations? Titles { get; init; }
    public string Acronym { get; init; } = "";
    public string TimeZone { get; init; } = "UTC";
    public int DayChange { get; init; }
    public string Url { get; init; } = "";
    public string Release { get; init; } = "";
    public ScheduleVisibility Visibility { get; init; } = ScheduleVisibility.Times;
    public LinkRule LinkRule { get; init; } = LinkRule.Public;
    public DateTimeOffset ChangedAt { get; init; }
    public ImmutableDictionary<Guid, Room> Rooms { get; init; } = ImmutableDictionary<Guid, Room>.Empty;
    public ImmutableDictionary<Guid, Label> Labels { get; init; } = ImmutableDictionary<Guid, Label>.Empty;

    /// <summary>Labels that people took away; a source that still names one doesn't bring it back.</summary>
    public ImmutableDictionary<Guid, Label> LabelsAway { get; init; } = ImmutableDictionary<Guid, Label>.Empty;
    public ImmutableDictionary<Guid, Session> Sessions { get; init; } = ImmutableDictionary<Guid, Session>.Empty;
    public ImmutableDictionary<Guid, Break> Breaks { get; init; } = ImmutableDictionary<Guid, Break>.Empty;

    /// <summary>Speakers and the revision of the words about each.</summary>
    public ImmutableDictionary<Guid, int> Speakers { get; init; } = ImmutableDictionary<Guid, int>.Empty;

    /// <summary>Of sessions and rooms, by their ids. What a source forgets and lists again has its picture still, as it has its place on a plan.</summary>
    public ImmutableDictionary<Guid, SchedulePicture> Pictures { get; init; } = ImmutableDictionary<Guid, SchedulePicture>.Empty;

    /// <summary>Whose picture is its source's own.</summary>
    public ImmutableHashSet<Guid> BroughtPictures { get; init; } = [];

    /// <summary>Who has a picture that somebody gave here, or none because somebody took the source's away. Taking one's own away lets the source's come again.</summary>
    public ImmutableHashSet<Guid> OwnPictures { get; init; } = [];
    public ImmutableDictionary<Guid, Plan> Plans { get; init; } = ImmutableDictionary<Guid, Plan>.Empty;

    /// <summary>What stands on the plans: rooms by their own ids, and what is no room.</summary>
    public ImmutableDictionary<Guid, Spot> Spots { get; init; } = ImmutableDictionary<Guid, Spot>.Empty;

    public static Conference Evolve(Conference s, object fact) => fact switch
    {
        ScheduleOpened e => s with { Id = e.ConferenceId, ChangedAt = e.At },
        ConferenceDescribed e => s with { Title = e.Title, Titles = e.Titles, Acronym = e.Acronym, TimeZone = e.TimeZone, DayChange = e.DayChange, Url = e.Url, ChangedAt = e.At },
        ScheduleReleased e => s with { Release = e.Release, ChangedAt = e.At },
        ScheduleShown e => s with { Visibility = e.Visibility, ChangedAt = e.At },
        RoomSet e => s with { Rooms = s.Rooms.SetItem(e.RoomId, new(e.RoomId, e.Key, e.Slug, e.Name, e.Description, e.Capacity, e.Position, e.ByHand, e.Names, e.Descriptions)), ChangedAt = e.At },
        RoomRemoved e => s with { Rooms = s.Rooms.Remove(e.RoomId), ChangedAt = e.At },
        LabelSet e => s with { Labels = s.Labels.SetItem(e.LabelId, new(e.LabelId, e.Kind, e.Key, e.Slug, e.Name, e.Description, e.Color, e.Position, e.ByHand, e.Names, e.Descriptions)), ChangedAt = e.At },
        LabelRemoved e => s with { Labels = s.Labels.Remove(e.LabelId), LabelsAway = e.ByHand && s.Labels.TryGetValue(e.LabelId, out var away) ? s.LabelsAway.SetItem(e.LabelId, away) : s.LabelsAway, ChangedAt = e.At },
        SpeakerSet e => s with { Speakers = s.Speakers.SetItem(e.SpeakerId, e.Revision), ChangedAt = e.At },
        SpeakerRemoved e => s with { Speakers = s.Speakers.Remove(e.SpeakerId), ChangedAt = e.At },
        BreakSet e => s with { Breaks = s.Breaks.SetItem(e.BreakId, new(e.BreakId, e.Key, e.Title, e.RoomId, e.Start, e.End, e.ByHand, e.Titles)), ChangedAt = e.At },
        BreakRemoved e => s with { Breaks = s.Breaks.Remove(e.BreakId), ChangedAt = e.At },
        PictureSet e => EvolvePicture(s, e) with { Pictures = e.Picture is { } picture ? s.Pictures.SetItem(e.Of, picture) : s.Pictures.Remove(e.Of), ChangedAt = e.At },
        PlanSet e => s with { Plans = s.Plans.SetItem(e.PlanId, new(e.PlanId, e.Slug, e.Name, e.Picture, e.Position, e.Names)), ChangedAt = e.At },
        PlanRemoved e => s with { Plans = s.Plans.Remove(e.PlanId), Spots = s.Spots.RemoveRange(s.Spots.Values.Where(x => x.PlanId == e.PlanId).Select(x => x.Id)), ChangedAt = e.At },
        SpotSet e => s with { Spots = s.Spots.SetItem(e.SpotId, new(e.SpotId, e.PlanId, e.Kind, e.Label, e.X, e.Y, e.Labels)), ChangedAt = e.At },
        SpotRemoved e => s with { Spots = s.Spots.Remove(e.SpotId), ChangedAt = e.At },
        LinksRuled { SessionId: null } e => s with { LinkRule = e.Rule ?? LinkRule.Public, ChangedAt = e.At },
        _ => EvolveSession(s, fact),
    };

    static Conference EvolvePicture(Conference s, PictureSet e) => e.Brought
        ? s with { BroughtPictures = e.Picture is null ? s.BroughtPictures.Remove(e.Of) : s.BroughtPictures.Add(e.Of) }
        : s with { BroughtPictures = s.BroughtPictures.Remove(e.Of), OwnPictures = e.Picture is null && !s.BroughtPictures.Contains(e.Of) ? s.OwnPictures.Remove(e.Of) : s.OwnPictures.Add(e.Of) };

    static Conference EvolveSession(Conference s, object fact) => fact switch
    {
        SessionDescribed e => Put(s, e.SessionId, e.At, had => had with { Slug = e.Slug, Details = e.Details, Source = e.Source, Hand = e.Hand }),
        SessionScheduled e => Put(s, e.SessionId, e.At, had => Placed(had, e.Slots, s.Visibility) with { SlotsByHand = e.ByHand }),
        SessionMoved e => Put(s, e.SessionId, e.At, had => Placed(had, e.Slots, s.Visibility) with { Moves = AreKnown(had, s.Visibility) ? Moved(had, e) : had.Moves, SlotsByHand = e.ByHand }),
        SessionStated e => Put(s, e.SessionId, e.At, had => had with { State = e.State, StateByHand = e.ByHand, Vanished = false, CancelledAt = null, WasPublic = WasPublic(had, e.At) || e.State == SessionState.Confirmed }),
        SessionCancelled e => Put(s, e.SessionId, e.At, had => had with { State = SessionState.Cancelled, StateByHand = e.ByHand, Vanished = e.Vanished, CancelledAt = e.At, WasPublic = had.WasPublic || had.State == SessionState.Confirmed }),
        LinksRuled { SessionId: { } id } e => Put(s, id, e.At, had => had with { LinkRule = e.Rule }),
        _ => s,
    };

    /// <summary>A new session is confirmed unless its own commit says otherwise.</summary>
    static bool WasPublic(Session had, DateTimeOffset at) => had.WasPublic || (had.State == SessionState.Confirmed && at > had.ChangedAt);

    static Conference Put(Conference s, Guid id, DateTimeOffset at, Func<Session, Session> change)
    {
        var had = s.Sessions.GetValueOrDefault(id) ?? new Session(id, "", new(""), SourceRef.ByHand, []) { Sequence = -1 };
        return s with { Sessions = s.Sessions.SetItem(id, change(had).Changed(at)), ChangedAt = at };
    }

    static ImmutableDictionary<Guid, SlotMove> Moved(Session had, SessionMoved e) =>
        had.Moves.SetItems(e.Slots.Select(now => (Now: now, Before: Array.Find(had.Slots, b => b.Id == now.Id))).Where(m => m.Before is { } b && (b.Start, b.RoomId) != (m.Now.Start, m.Now.RoomId)).Select(m => KeyValuePair.Create(m.Now.Id, new SlotMove(m.Before!, e.At))));

    /// <summary>Everybody could read when it is: what happens to that is told.</summary>
    static bool AreKnown(Session s, ScheduleVisibility visibility) => s.State == SessionState.Confirmed && visibility == ScheduleVisibility.Times;

    static Session Placed(Session had, SessionSlot[] slots, ScheduleVisibility visibility) => had with { Slots = slots, Gone = Lost(had.Gone.Concat(had.Slots), slots), CalledOff = Lost(AreKnown(had, visibility) ? had.CalledOff.Concat(had.Slots) : had.CalledOff, slots) };

    /// <summary>Every slot it once had and has no more, as it last was.</summary>
    static SessionSlot[] Lost(IEnumerable<SessionSlot> had, SessionSlot[] now) => [.. had.Where(g => !Array.Exists(now, n => n.Id == g.Id))];
}
