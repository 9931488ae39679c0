using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Events;

/// <summary>Makes an event an archive, or takes it out of there.</summary>
/// <param name="From">From when; null: it is open again.</param>
public sealed record ArchiveEvent(Guid EventId, DateTimeOffset? From);

public static class ArchiveEventHandler
{
    public static async Task Handle(ArchiveEvent command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<CatalogueEvent>(command.EventId, ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IReadOnlyList<object> Decide(ArchiveEvent command, CatalogueEvent e, DateTimeOffset now) => command.From switch
    {
        _ when e.Id == Guid.Empty => throw new Refused("events.no-such-event"),
        var from when from == e.ArchivedFrom => [],
        // What isn't over is nobody's memory yet: people come with tickets.
        { } from when from < e.Ends => throw new Refused("events.archived-too-early", Shared.EventTime.Of(e.Ends, e.TimeZone).When),
        var from => [new EventArchiveSet(e.Id, from, now)],
    };
}
