using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The buyer mistyped their address and told the promoter, who corrects it. Where the tickets go is personal, so it is in a document and no fact says more than that.</summary>
public sealed record CorrectAddress(OrderContact Contact, Guid OrganizationId);

public static class CorrectAddressHandler
{
    public static async Task Handle(CorrectAddress command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Order>(command.Contact.Id, ct);
        var order = stream.State;
        if (stream.Version == 0 || order.OrganizationId != command.OrganizationId) throw new Refused("checkout.no-such-order");
        if (await db.Load<OrderContact>(command.Contact.Id, ct) is not { } contact) throw new Refused("checkout.erased");
        db.Store(contact with { Name = command.Contact.Name, Email = command.Contact.Email });
        stream.Append(new BuyerCorrected(order.Id, order.EventId, clock.GetUtcNow()));
    }
}
