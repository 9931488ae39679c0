using System.Collections.Frozen;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>How many places of a session are taken and how many people wait for one, from memory: a change of this or another process shows within about a second.</summary>
public sealed class SessionOccupancy(HotStreams<SessionPlaces> places)
{
    public async ValueTask<(int Taken, int Waiting)> Of(ScheduleSession session)
    {
        var state = (await places.Get(SessionPlaces.StreamOf(session.Id))).State;
        return (state.Taken.Count, state.Waiting.Count);
    }

    /// <summary>It has a capacity and no place left: whoever waits comes first.</summary>
    public async ValueTask<bool> IsFull(ScheduleSession session)
    {
        if (session.Capacity is not { } capacity) return false;
        var state = (await places.Get(SessionPlaces.StreamOf(session.Id))).State;
        return state.Taken.Count >= capacity || !state.Waiting.IsEmpty;
    }

    /// <summary>Public sessions that are full.</summary>
    public async ValueTask<IReadOnlySet<Guid>> FullOf(ConferenceSchedule schedule)
    {
        if (schedule.Capped.IsEmpty) return FrozenSet<Guid>.Empty;
        var full = new HashSet<Guid>();
        foreach (var session in schedule.Capped)
            if (await IsFull(session)) full.Add(session.Id);
        return full;
    }
}
