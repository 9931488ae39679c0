using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>More time for a living hold, or the same places again after it ended (if they are free).</summary>
public sealed record ExtendHold(Guid OrderId);

public static class ExtendHoldHandler
{
    /// <summary>WCAG 2.2.1: ten times while nobody waits for the places, else once (ux.md U8).</summary>
    const int Most = 10;

    public static async Task Handle(ExtendHold command, DocumentSession db, EventCatalogue catalogue, HotStreams<Inventory> inventories, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        if (order.State.Status is not (OrderStatus.Open or OrderStatus.Placed)) throw new Refused("checkout.order-closed");
        var e = await catalogue.Find(order.State.EventId) ?? throw new Refused("checkout.no-such-event");
        var until = now.AddMinutes(e.HoldMinutes) is var more && more > order.State.Until ? more : order.State.Until;
        order.Append([new OrderProlonged(until, now)]);
        var places = HoldPlacesHandler.PlacesOf(order.State.Lines);
        db.Decide(await inventories.Get(InventoryId.Of(e.Id)), (state, _) => Decide(order.Id, places, until, IsStillOffered(order.State.Lines, e, now), state));
    }

    /// <summary>An ended hold is a new choice: it is made again only while the same is on sale at the same price, so that an old cart keeps no old price.</summary>
    internal static bool IsStillOffered(OrderLine[] lines, CatalogueEvent e, DateTimeOffset now) =>
        e.IsOnSale(now) && lines.All(l => e.Type(l.TicketTypeId) is { } type && e.PriceOf(type) == l.Each && type.Quotas.SequenceEqual(l.Quotas));

    public static Decision Decide(Guid holdId, Places[] places, DateTimeOffset until, bool stillOffered, Inventory state)
    {
        if (!state.Holds.TryGetValue(holdId, out var hold)) return stillOffered ? HoldPlacesHandler.Decide(holdId, places, until, state) : Decision.Refuse("checkout.offer-changed");
        var waited = places.Any(p => state.Free(p.Quotas) == 0);
        return hold.Extensions < (waited ? 1 : Most) ? Decision.Accept(new HoldExtended(holdId, until)) : Decision.Refuse("checkout.no-more-time");
    }
}
