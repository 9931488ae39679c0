using App.Features.Registration.Contracts;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>What somebody keeps in their schedule: signed in, or on this browser.</summary>
public static class SavedSessions
{
    /// <returns>Ids of sessions; some may have been cancelled since.</returns>
    public static async Task<IReadOnlySet<Guid>> Of(Visitor visitor, QuerySession db, CancellationToken ct) =>
        MyScheduleFiles.PersonOf(visitor) is { } person ? (await db.Fold<MySchedule>(MySchedule.StreamOf(visitor.EventId, person), ct)).State.Saved.Keys.ToHashSet() : new HashSet<Guid>();
}
