using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>What somebody has on their list: an attendee, or a browser that nobody has signed in on.</summary>
public static class SavedSessions
{
    public static async Task<IReadOnlyCollection<Guid>> Of(Guid eventId, Guid person, QuerySession db, CancellationToken ct) =>
        [.. (await db.FoldFresh<MySchedule>(MySchedule.StreamOf(eventId, person), ct)).State.Saved.Keys];
}
