using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>An order's address got into wrong hands: it gets another one, which is mailed to the buyer, and the old one stops working within a second. Codes that somebody saw behind it stay what they are.</summary>
public sealed record RenewOrderLink(Guid OrderId, Guid OrganizationId, string By);

public static class RenewOrderLinkHandler
{
    public static async Task Handle(RenewOrderLink command, DocumentSession db, HotStreams<RenewedLinks> links, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Order>(command.OrderId, ct);
        var renewed = Decide(command, stream.State, clock.GetUtcNow());
        if (await db.Load<OrderContact>(command.OrderId, ct) is null) throw new Refused("checkout.erased");
        stream.Append(renewed);
        db.Decide(await links.Get(RenewedLinks.Id), (_, _) => Decision.Accept(new LinkGenerationSet(renewed.OrderId, renewed.Generation)));
    }

    /// <summary>Of paid orders only: who is still buying stands on the page.</summary>
    public static OrderLinkRenewed Decide(RenewOrderLink command, Order order, DateTimeOffset now) => order.PaidAt is null || order.OrganizationId != command.OrganizationId
        ? throw new Refused("checkout.no-such-order")
        : new(order.Id, order.EventId, order.OrganizationId, order.LinkGeneration + 1, command.By, now);
}
