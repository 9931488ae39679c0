using System.Collections.Immutable;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <param name="Seen">Times and rooms as the person last knew them.</param>
/// <param name="Speaker">Whom they follow, whose session it is; null: they saved it themselves.</param>
public sealed record SavedSession(DateTimeOffset At, SessionSlot[] Seen, Guid? Speaker = null);

/// <param name="Generation">0: never opened.</param>
public readonly record struct ScheduleLink(int Generation, bool IsOpen);

/// <summary>What one person keeps of a conference: the state of their stream.</summary>
public sealed record MySchedule(Guid EventId, Guid Person) : IEventSourced<MySchedule>
{
    /// <summary>More than anybody can attend; a script that saves everything stops here.</summary>
    public const int Most = 500, MostFollowed = 200;

    public static MySchedule Empty { get; } = new(Guid.Empty, Guid.Empty);

    public static Guid StreamOf(Guid eventId, Guid person) => Ids.From(person, $"my-schedule:{eventId:N}");

    public ImmutableDictionary<Guid, SavedSession> Saved { get; init; } = ImmutableDictionary<Guid, SavedSession>.Empty;

    /// <summary>Speakers, and since when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Followed { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    public ScheduleLink Feed { get; init; }
    public ScheduleLink Share { get; init; }

    public ScheduleLink Link(ScheduleLinkKind kind) => kind == ScheduleLinkKind.Feed ? Feed : Share;

    public static MySchedule Evolve(MySchedule s, object fact) => fact switch
    {
        SessionSaved e => s with { EventId = e.EventId, Person = e.Person, Saved = s.Saved.SetItem(e.SessionId, new(e.At, e.Seen, e.Speaker)) },
        SessionUnsaved e => s with { Saved = s.Saved.Remove(e.SessionId) },
        SessionNewsSeen e when s.Saved.TryGetValue(e.SessionId, out var saved) => s with { Saved = s.Saved.SetItem(e.SessionId, saved with { Seen = e.Seen }) },
        SpeakerFollowed e => s with { EventId = e.EventId, Person = e.Person, Followed = s.Followed.SetItem(e.SpeakerId, e.At) },
        SpeakerUnfollowed e => s with { Followed = s.Followed.Remove(e.SpeakerId) },
        ScheduleLinkOpened e => With(s with { EventId = e.EventId, Person = e.Person }, e.Kind, new(e.Generation, true)),
        ScheduleLinkRevoked e => With(s, e.Kind, s.Link(e.Kind) with { IsOpen = false }),
        _ => s,
    };

    static MySchedule With(MySchedule s, ScheduleLinkKind kind, ScheduleLink link) => kind == ScheduleLinkKind.Feed ? s with { Feed = link } : s with { Share = link };
}
