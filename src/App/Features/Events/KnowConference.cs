using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Events;

/// <summary>An event that gets a schedule is a conference, from that commit on.</summary>
[Inline]
public static class KnowConferenceHandler
{
    public static async Task Handle(ScheduleOpened opened, DocumentSession db, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<CatalogueEvent>(opened.ConferenceId, ct);
        if (stream.State.Id != Guid.Empty && stream.State.Kind != EventKind.Conference) stream.Append(new EventKindSet(opened.ConferenceId, EventKind.Conference, opened.At));
    }
}
