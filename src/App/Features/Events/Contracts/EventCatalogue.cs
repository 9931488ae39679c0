using System.Collections.Concurrent;
using App.Infrastructure.Store;

namespace App.Features.Events.Contracts;

/// <summary>Events as they are now, from memory: a rival's change shows within about a second.</summary>
public sealed class EventCatalogue(HotStreams<CatalogueEvent> streams, QuerySession db)
{
    readonly ConcurrentDictionary<string, Guid> ids = new();

    public async ValueTask<CatalogueEvent?> Find(Guid eventId)
    {
        var stream = await streams.Get(eventId);
        return stream.State.Id == Guid.Empty ? null : stream.State;
    }

    /// <summary>Asked before anything is asked of people, or told them: an archive is only read. An event that isn't known is none.</summary>
    public async ValueTask<bool> IsArchived(Guid eventId, DateTimeOffset now) => (await Find(eventId))?.IsArchived(now) == true;

    /// <param name="organization">The organization's slug.</param>
    public async ValueTask<CatalogueEvent?> Find(string organization, string slug, CancellationToken ct)
    {
        var address = organization + "/" + slug;
        if (!ids.TryGetValue(address, out var id))
        {
            id = await db.QueryFirst<Guid>("select id from doc_event_card where address = $1", ct, address);
            if (id == Guid.Empty) return null; // not remembered: anybody can ask for anything
            ids[address] = id;
        }
        return await Find(id);
    }
}
