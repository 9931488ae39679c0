using App.Features.Registration.Contracts;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>What somebody has on their list: an attendee, or a browser that nobody has signed in on. Some of it may have been cancelled since.</summary>
public static class SavedSessions
{
    public static async Task<IReadOnlySet<Guid>> Of(Visitor visitor, QuerySession db, CancellationToken ct) => visitor.Person is { } person ? await Of(visitor.EventId, person, db, ct) : new HashSet<Guid>();

    public static async Task<IReadOnlySet<Guid>> Of(Guid eventId, Guid person, QuerySession db, CancellationToken ct) => (await Mine(eventId, person, db, ct)).Saved.Keys.ToHashSet();

    /// <summary>Which sessions came onto it by themselves at a moment, and by whom they are: a speaker whom the person follows.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> Brought(Guid eventId, Guid person, DateTimeOffset at, QuerySession db, CancellationToken ct) =>
        (await Mine(eventId, person, db, ct)).Saved.Where(s => s.Value.At == at && s.Value.Speaker is not null).ToDictionary(s => s.Key, s => s.Value.Speaker!.Value);

    static async Task<MySchedule> Mine(Guid eventId, Guid person, QuerySession db, CancellationToken ct) => (await db.FoldFresh<MySchedule>(MySchedule.StreamOf(eventId, person), ct)).State;
}
