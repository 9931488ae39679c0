using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>In the payment's commit, and only for a conference: a concert's sale pays nothing for this.</summary>
[Inline]
public static class AdmitBuyersHandler
{
    public static async Task Handle(OrderPaid paid, DocumentSession db, EventCatalogue events, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (await events.Find(paid.EventId) is { Kind: EventKind.Conference }) db.Outbox.Publish(new AdmitBuyer(paid.OrderId));
    }
}

/// <summary>Tickets were sold before anybody said that this is a conference.</summary>
public static class AdmitEarlierBuyersHandler
{
    const int Most = 1_000_000;

    public static async Task Handle(EventKindSet set, DocumentSession db, CancellationToken ct)
    {
        if (set.Kind != EventKind.Conference) return;
        foreach (var order in await LatestOrders.Of(set.EventId, Most, db, ct)) db.Outbox.Publish(new AdmitBuyer(order.Id));
    }
}

/// <summary>The promoter corrected a buyer's address: access goes with it.</summary>
public static class FollowBuyerHandler
{
    public static async Task Handle(BuyerCorrected corrected, DocumentSession db, EventCatalogue events, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (await events.Find(corrected.EventId) is { Kind: EventKind.Conference }) db.Outbox.Publish(new AdmitBuyer(corrected.OrderId));
    }
}

public sealed record AdmitBuyer(Guid OrderId);

/// <summary>Whoever bought has access by each ticket that still counts.</summary>
public static class AdmitBuyerHandler
{
    public static async Task Handle(AdmitBuyer message, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await PaidOrder.Of(message.OrderId, db, ct) is not { } order || await Buyer.Of(order.Id, db, ct) is not { } buyer || EmailAddress.Normalise(buyer.Email) is not { } email) return;
        var valid = (await OrderTickets.Of(order.Id, db, ct, fresh: true)).Where(t => t.IsValid).Select(t => t.Id).ToHashSet();
        var grounds = OrderPlace.Of(order.Id, order.Lines).Where(p => valid.Contains(p.TicketId)).Select(p => new AccessGround(GroundKind.Ticket, TicketGround.Key(p.TicketId), p.Line.Name, p.Line.TicketTypeId)).ToArray();
        if (grounds.Length > 0) await Admissions.Admit(order.EventId, email, buyer.Name, grounds, db, clock.GetUtcNow(), ct, language: buyer.Language);
    }
}

static class TicketGround
{
    public static string Key(Guid ticketId) => "ticket:" + ticketId;
}

public sealed record EndTicketAccess(Guid TicketId);

public static class EndTicketAccessHandler
{
    static readonly TimeSpan Overtaken = TimeSpan.FromMinutes(2);

    /// <summary>The refund may overtake the admission that is still under way, so it is looked for once more.</summary>
    public static async Task Handle(TicketRevoked revoked, DocumentSession db, EventCatalogue events, TimeProvider clock, CancellationToken ct)
    {
        if (await IssuedTicket.Find(revoked.TicketId, db, ct) is not { } ticket || await events.Find(ticket.EventId) is not { Kind: EventKind.Conference }) return;
        await End(revoked.TicketId, revoked.Reason, db, clock.GetUtcNow(), ct);
        db.Outbox.Schedule(new EndTicketAccess(revoked.TicketId), clock.GetUtcNow() + Overtaken);
    }

    public static Task Handle(EndTicketAccess message, DocumentSession db, TimeProvider clock, CancellationToken ct) => End(message.TicketId, "refunded", db, clock.GetUtcNow(), ct);

    static async Task End(Guid ticketId, string cause, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var card in await AttendeeCard.WithGround(TicketGround.Key(ticketId), db, ct)) await Admissions.End(card.Id, [TicketGround.Key(ticketId)], cause, db, now, ct);
    }
}
