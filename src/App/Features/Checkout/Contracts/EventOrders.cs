using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>Some orders of an event, by id: for deeds that a list of them begins.</summary>
public static class EventOrders
{
    public const int Most = 200;

    /// <summary>Whether an event is an organization's; without orders the event itself says so.</summary>
    public static async Task<bool> IsOf(Guid eventId, Guid organizationId, QuerySession db, CancellationToken ct) =>
        (await db.Fold<Events.Contracts.CatalogueEvent>(eventId, ct)).State.OrganizationId == organizationId;

    /// <summary>In the order asked for; another event's aren't there.</summary>
    public static async Task<IReadOnlyList<ListedOrder>> Of(Guid eventId, IReadOnlyList<Guid> ids, QuerySession db, CancellationToken ct)
    {
        Guid[] asked = [.. ids.Distinct().Take(Most)];
        var found = await db.Query<ListedOrder>($"select {LatestOrders.Columns} from checkout_orders o left join doc_order_contact c using (id) where o.event_id = $1 and o.id = any($2)", ct, eventId, asked);
        return [.. found.OrderBy(o => Array.IndexOf(asked, o.Id))];
    }
}
