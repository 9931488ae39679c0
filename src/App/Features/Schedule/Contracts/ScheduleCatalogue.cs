using System.Collections.Concurrent;
using App.Features.Events.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>Schedules as they are now, from memory: a change of this or another process shows within about a second. Only the first request after a change reads the database (the words about speakers).</summary>
public sealed class ScheduleCatalogue(HotStreams<Conference> streams, EventCatalogue events, QuerySession db)
{
    sealed record Building(int Version, Task<ConferenceSchedule> Schedule);

    readonly ConcurrentDictionary<Guid, Building> built = new();

    /// <summary>Null: the event has no schedule.</summary>
    /// <param name="eventId">A conference has its event's id.</param>
    public async ValueTask<ConferenceSchedule?> Find(Guid eventId)
    {
        var stream = await streams.Get(Conference.StreamOf(eventId));
        var version = stream.Version;
        if (version == 0) return null;
        if (built.TryGetValue(eventId, out var known) && known.Version >= version && known.Schedule.IsCompletedSuccessfully) return await known.Schedule;
        return await Build(eventId, version);
    }

    /// <param name="organization">The organization's slug.</param>
    public async ValueTask<ConferenceSchedule?> Find(string organization, string slug, CancellationToken ct) =>
        await events.Find(organization, slug, ct) is { } e ? await Find(e.Id) : null;

    /// <summary>Past what this process has in memory: for who has just written and wants to see it.</summary>
    public async Task<ConferenceSchedule?> FindFresh(Guid eventId, CancellationToken ct) =>
        await ScheduleBuilder.Read(eventId, db, ct) is { Version: > 0 } schedule ? schedule : null;

    /// <summary>From memory, unless that is older than what the caller knows of: another process may have moved the schedule on less than a second ago.</summary>
    public async ValueTask<ConferenceSchedule?> FindAtLeast(Guid eventId, int version, CancellationToken ct) => await Find(eventId) is { } known && known.Version >= version ? known : await FindFresh(eventId, ct);

    /// <summary>Once a version, however many ask for it.</summary>
    Task<ConferenceSchedule> Build(Guid id, int version)
    {
        var building = built.AddOrUpdate(id, key => Start(key, version), (key, known) => known.Version >= version && !known.Schedule.IsFaulted ? known : Start(key, version));
        return building.Schedule;
    }

    // Not cancelled with the request that asks first: others wait for it too.
    Building Start(Guid id, int version) => new(version, ScheduleBuilder.Read(id, db, CancellationToken.None));
}
