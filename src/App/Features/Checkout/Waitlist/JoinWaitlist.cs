using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Waitlist;

/// <summary>Somebody wants to hear once when a ticket of this kind can be had again. Again is the same; after having been told it is a new wish, at the end.</summary>
/// <param name="Email">Checked.</param>
/// <param name="Language">The page's, by its code; null for English.</param>
public sealed record JoinWaitlist(Guid EventId, Guid TicketTypeId, string Email, string? Language);

public static class JoinWaitlistHandler
{
    /// <summary>So many wait for one kind at the most: more would never be told.</summary>
    const int Most = 5_000;

    public static async Task Handle(JoinWaitlist command, DocumentSession db, EventCatalogue catalogue, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await catalogue.Find(command.EventId) is not { } e || e.Type(command.TicketTypeId) is null) throw new Refused("checkout.no-such-ticket");
        if (!e.IsOnSale(now)) throw new Refused("checkout.not-on-sale");
        var waiting = await db.QueryFirst<long>("select count(*) from (select from waitlist where event_id = $1 and type_id = $2 and told_at is null limit $3) w", ct, command.EventId, command.TicketTypeId, Most);
        if (waiting >= Most) throw new Refused("waitlist.full");
        await db.Execute("""
            insert into waitlist as w (id, event_id, type_id, email, language, at) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set at = excluded.at, told_at = null where w.told_at is not null
            """, ct, Ids.From(command.TicketTypeId, $"waitlist-{command.Email.ToUpperInvariant()}"), command.EventId, command.TicketTypeId, command.Email, command.Language, now);
    }
}
