using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>All that an order's page shows, read once a request. Tickets, refunds and delivery are a paid order's.</summary>
public sealed record OrderSheet(Order Order, CatalogueEvent Event, OrganizationCard Organization, OrderOwn Own)
{
    public IReadOnlyList<OrderTicket> Tickets { get; init; } = [];
    public IReadOnlyList<RefundCard> Refunds { get; init; } = [];
    public DeliveryState? Delivery { get; init; }
    public PaperTickets Paper { get; init; }

    /// <summary>What everybody at the conference is told: the same ones are the same object.</summary>
    public IReadOnlyList<Notice>? Notices { get; init; }

    /// <summary>Paid within the last half hour.</summary>
    public bool IsNew { get; init; }

    /// <summary>There are tickets, and doors aren't open yet.</summary>
    public bool CanGive { get; init; }

    /// <summary>Who comes with the tickets that were given away.</summary>
    public IReadOnlyDictionary<Guid, TicketHolder> Holders { get; init; } = NoHolders;

    static readonly Dictionary<Guid, TicketHolder> NoHolders = [];
}

/// <summary>What on an order's page is this buyer's and nobody else's.</summary>
/// <param name="Token">The last word of its address.</param>
/// <param name="Code">The order's, as people read it out.</param>
/// <param name="Name">Null once erased, or before it was given.</param>
/// <param name="Email">Enough for the buyer to know it, too little for anybody over their shoulder: <c>j•••e@example.com</c>.</param>
/// <param name="Tickets">The tickets' codes, as people read them out.</param>
public sealed record OrderOwn(string Token, string Code, string? Name, string? Email, IReadOnlyList<string> Tickets)
{
    public static OrderOwn Of(string token, Guid orderId, Buyer? buyer, IReadOnlyList<OrderTicket> tickets) => new(token, Ids.Short(orderId), buyer?.Name, Mask(buyer?.Email), [.. tickets.Select(t => t.Words)]);

    static string? Mask(string? email) => email?.Split('@') is [{ Length: > 0 } who, var host] ? $"{who[0]}•••{(who.Length > 1 ? who[^1] : "")}@{host}" : null;
}

/// <summary>Reads sheets. Right after paying it waits two seconds for the outcome, and has the provider asked when no webhook comes.</summary>
public sealed class OrderSheets(QuerySession db, EventCatalogue catalogue, OrganizationDirectory organizations, OrderLinks links, PaymentInquiry inquiry, RecentBuyers recent, Notices notices, TimeProvider clock)
{
    static readonly TimeSpan BeforeAsking = TimeSpan.FromSeconds(0.8), AfterAsking = TimeSpan.FromSeconds(1.2), New = TimeSpan.FromMinutes(30), Remembered = TimeSpan.FromMinutes(1);

    /// <summary>Null: the token isn't ours, or nothing stands behind it.</summary>
    public async Task<OrderSheet?> Find(string token, CancellationToken ct)
    {
        if (links.Read(token) is not { } id) return null;
        var (order, version) = await Outcome(id, ct);
        if (version == 0 || await catalogue.Find(order.EventId) is not { } e || await organizations.Find(order.OrganizationId, ct) is not { } organization) return null;
        var buyer = recent.Find(id) ?? await Buyer.Of(id, db, ct);
        if (order.Status != OrderStatus.Paid) return new(order, e, organization, OrderOwn.Of(token, id, buyer, []));

        var now = clock.GetUtcNow();
        var isNew = order.PaidAt > now - New;
        // A sale of this minute is as this process remembers it; an older one may have been changed by any.
        var isRemembered = order.PaidAt > now - Remembered;
        if (!isRemembered) (order, _) = await db.FoldFresh<Order>(id, ct);
        var tickets = await OrderTickets.Of(id, db, ct, fresh: !isRemembered);
        var delivery = await DeliveryState.Of(id, e.Id, db, catalogue, now, ct, order.PaidAt);
        return new(order, e, organization, OrderOwn.Of(token, id, buyer, tickets))
        {
            Notices = e.IsConference ? await notices.ForEverybody(e.Id) : null,
            Holders = await TicketHolder.OfOrders(order.Gifts.IsEmpty ? [] : [id], db, ct),
            IsNew = isNew, Tickets = tickets, Delivery = delivery, CanGive = now < e.Doors && tickets.Any(t => t.IsValid),
            Refunds = isRemembered && order.Refunded == 0 ? [] : await RefundsOf.Order(id, db, ct),
            Paper = delivery.Waits ? PaperTickets.None : OfferedPaper.Of(e, organization, buyer?.Name ?? "", tickets),
        };
    }

    /// <summary>Version 0: there is no such order.</summary>
    public async Task<(Order Order, int Version)> Outcome(Guid id, CancellationToken ct)
    {
        var (order, version) = await db.FoldUntil<Order>(id, IsDecided, BeforeAsking, ct);
        if (order.Status == OrderStatus.Placed)
        {
            await inquiry.Ask(order, ct);
            (order, version) = await db.FoldUntil<Order>(id, IsDecided, AfterAsking, ct);
        }
        // "Paid" stays true; anything less may have been overtaken by another replica.
        return order.Status == OrderStatus.Paid ? (order, version) : await db.FoldFresh<Order>(id, ct);
    }

    static bool IsDecided(Order order) => order.Status != OrderStatus.Placed;
}
