using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
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

/// <summary>Whoever bought has access by each ticket that still counts and that they didn't give away.</summary>
public static class AdmitBuyerHandler
{
    public static async Task Handle(AdmitBuyer message, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var given = await TicketHolder.OfOrders([message.OrderId], db, ct);
        if (await PaidOrder.Of(message.OrderId, db, ct) is not { } order || await Buyer.Of(order.Id, db, ct) is not { } buyer || EmailAddress.Normalise(buyer.Email) is not { } email) return;
        var valid = (await OrderTickets.Of(order.Id, db, ct, fresh: true)).Where(t => t.IsValid && !given.ContainsKey(t.Id)).Select(t => t.Id).ToHashSet();
        foreach (var guest in given.Keys) db.Outbox.Publish(new AdmitGuest(order.Id, guest));
        var grounds = OrderPlace.Of(order.Id, order.Lines).Where(p => valid.Contains(p.TicketId)).Select(p => new AccessGround(GroundKind.Ticket, TicketGround.Key(p.TicketId), p.Line.Name, p.Line.TicketTypeId)).ToArray();
        if (grounds.Length > 0) await Admissions.Admit(order.EventId, email, buyer.Name, grounds, db, clock.GetUtcNow(), ct, language: buyer.Language);
    }
}

/// <summary>A ticket changed hands: so does the access that it gives.</summary>
public static class FollowGuestHandler
{
    public static async Task Handle(TicketGiven given, DocumentSession db, EventCatalogue events, TimeProvider clock, CancellationToken ct)
    {
        if (await events.Find(given.EventId) is { Kind: EventKind.Conference }) await AdmitGuestHandler.Handle(new(given.OrderId, given.TicketId), db, clock, ct);
    }
}

public sealed record AdmitGuest(Guid OrderId, Guid TicketId);

/// <summary>One ticket's access is its guest's, or its buyer's again; whoever had it loses it.</summary>
public static class AdmitGuestHandler
{
    public static async Task Handle(AdmitGuest message, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await PaidOrder.Of(message.OrderId, db, ct) is not { } order || await IssuedTicket.Find(message.TicketId, db, ct) is not { RevokedAt: null } ticket) return;
        var line = OrderPlace.Of(order.Id, order.Lines).First(p => p.TicketId == ticket.TicketId).Line;
        var (name, address, language) = await TicketHolder.Of(ticket.TicketId, db, ct) is { } guest ? (guest.Name, guest.Email, guest.Language) : await Buyer.Of(order.Id, db, ct) is { } buyer ? (buyer.Name, buyer.Email, buyer.Language) : ("", "", null);
        if (EmailAddress.Normalise(address) is not { } email) return;
        // It is the will of whoever has the ticket: that somebody who had it before deleted themselves doesn't close it to the next one.
        await Admissions.Admit(order.EventId, email, name, [new(GroundKind.Ticket, TicketGround.Key(ticket.TicketId), line.Name, line.TicketTypeId)], db, clock.GetUtcNow(), ct, asked: true, language);
    }
}

static class TicketGround
{
    const string Prefix = "ticket:";

    public static string Key(Guid ticketId) => Prefix + ticketId;

    /// <summary>Null: another kind of reason.</summary>
    public static Guid? TicketOf(AccessGround ground) => ground.Kind == GroundKind.Ticket && ground.Key.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParse(ground.Key.AsSpan(Prefix.Length), out var id) ? id : null;
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
