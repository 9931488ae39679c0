using System.Collections.Immutable;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>Why somebody may come in: the state of an attendee's stream. Who that is, no fact says.</summary>
public sealed record AttendeeAccess(Guid Id, Guid EventId, ImmutableList<AccessGround> Grounds, bool IsErased) : IEventSourced<AttendeeAccess>
{
    public static AttendeeAccess Empty { get; } = new(Guid.Empty, Guid.Empty, [], false);

    public bool HasAccess => !Grounds.IsEmpty;
    public AccessGround? Find(string key) => Grounds.Find(g => g.Key == key);

    public static AttendeeAccess Evolve(AttendeeAccess s, object fact) => fact switch
    {
        AttendeeAdmitted e => s with { Id = e.AttendeeId, EventId = e.EventId, Grounds = s.Grounds.RemoveAll(g => g.Key == e.Ground.Key).Add(e.Ground) },
        AttendeeAccessEnded e => s with { Grounds = s.Grounds.RemoveAll(g => g.Key == e.Ground.Key) },
        AttendeeErased => s with { IsErased = true, Grounds = [] },
        _ => s,
    };

    /// <summary>A reason that is here already, in the same words, changes nothing.</summary>
    public static IEnumerable<object> Admit(AttendeeAccess s, Guid id, Guid eventId, IEnumerable<AccessGround> grounds, DateTimeOffset now) =>
        grounds.Where(g => s.Find(g.Key) != g).Select(g => new AttendeeAdmitted(eventId, id, g, now));

    public static IEnumerable<object> End(AttendeeAccess s, string key, string cause, DateTimeOffset now) =>
        s.Find(key) is { } ground ? [new AttendeeAccessEnded(s.EventId, s.Id, ground, cause, s.Grounds.Count > 1, now)] : [];
}
