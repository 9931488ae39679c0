using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Waitlist;

/// <summary>Looks each minute whether there is something again that somebody waits for, and tells as many as there are places, the longest waiting first.</summary>
public sealed record TellWaitlist;

[Lane(Lanes.Jobs)]
public static class TellWaitlistHandler
{
    /// <summary>Whoever was told has this long before the next is told of the same place. It is no hold: the page is open to all.</summary>
    static readonly TimeSpan Start = TimeSpan.FromMinutes(30);

    /// <summary>In one minute; the others in the next.</summary>
    const int Most = 500;

    sealed record Wish(Guid EventId, Guid TypeId);

    public static async Task Handle(TellWaitlist message, DocumentSession db, EventCatalogue catalogue, HotStreams<Inventory> inventories, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        _ = message;
        var now = clock.GetUtcNow();
        foreach (var wish in await db.Query<Wish>("select event_id, type_id from waitlist where told_at is null group by event_id, type_id", ct))
        {
            var e = await catalogue.Find(wish.EventId);
            if (e?.Type(wish.TypeId) is not { } type || now >= (e.Closes ?? e.Ends))
            {
                await db.Execute("delete from waitlist where event_id = $1 and type_id = $2 and told_at is null", ct, wish.EventId, wish.TypeId);
                continue;
            }
            if (!e.IsOnSale(now)) continue;
            var free = (await inventories.Get(InventoryId.Of(e.Id))).State.Free(type.Quotas);
            var ahead = await db.QueryFirst<long>("select count(*) from waitlist where told_at > $1 and event_id = $2 and type_id = $3", ct, now - Start, e.Id, type.Id);
            if (free <= ahead) continue;
            var next = await db.Query<Guid>("select id from waitlist where event_id = $1 and type_id = $2 and told_at is null order by at, id limit $3", ct, e.Id, type.Id, (int)Math.Min(free - ahead, Most));
            await db.Execute("update waitlist set told_at = $2 where id = any($1) and told_at is null", ct, next.ToArray(), now);
            foreach (var id in next) outbox.Publish(new MailWaitlist(id, now));
        }
        await db.Execute("delete from waitlist where told_at < $1", ct, now.AddDays(-1));
    }
}
