using App.Features.Registration.Contracts;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>Who looks at a session, as far as its links ask.</summary>
public sealed class ScheduleViewers(IVisitors visitors, HotStreams<SessionPlaces> places)
{
    public async ValueTask<ScheduleViewer> Of(HttpContext context, Guid eventId, ScheduleSession session, CancellationToken ct)
    {
        if ((await visitors.Current(context, eventId, ct)).Attendee is not { } attendee) return ScheduleViewer.Nobody;
        var has = session.Capacity is not null && (await places.Get(SessionPlaces.StreamOf(session.Id))).State.Taken.Contains(attendee.Id);
        return new(attendee.TicketTypes.ToHashSet(), has ? new HashSet<Guid> { session.Id } : []) { Attendee = attendee.Id };
    }
}
