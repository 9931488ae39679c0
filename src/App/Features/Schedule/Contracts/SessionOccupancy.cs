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
}
