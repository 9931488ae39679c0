using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout.Guests;

/// <summary>Who comes with a ticket, where that isn't its buyer. Personal: a document, which is blanked when they delete themselves and gone when the buyer takes the ticket back. Id is the ticket's.</summary>
/// <param name="Revision">Of the fact that says the ticket was given.</param>
/// <param name="Language">Of the page where they were named; the mail to them speaks it.</param>
public sealed record TicketGuest(Guid Id, Guid OrderId, Guid EventId, string Name, string Email, int Revision, string? Language);

/// <summary>A ticket is given to somebody, or taken back. Whoever has the order's address may, until doors.</summary>
/// <param name="Guest">Null: it is the buyer's again.</param>
/// <param name="Known">How often it had changed hands when the page was read: what another window did since is not undone unseen.</param>
public sealed record GiveTicket(Guid OrderId, int Number, OrderContact? Guest, int Known);

public static class GiveTicketHandler
{
    /// <summary>Each time a mail goes to an address that somebody typed: enough for mistakes, too few to annoy anybody.</summary>
    public const int MostTimes = 10;

    public static async Task Handle(GiveTicket command, DocumentSession db, EventCatalogue events, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Order>(command.OrderId, ct);
        // A remembered order may lack what another process did: that would be a wrong no.
        var (order, _) = await db.FoldFresh<Order>(command.OrderId, ct);
        if (await events.Find(order.EventId) is not { } e || await OrderTickets.Find(command.OrderId, command.Number, db, ct, fresh: true) is not { } ticket) throw new Refused("checkout.no-such-order");
        var isSame = command.Guest is { } wanted && await db.Load<TicketGuest>(ticket.Id, ct) is { } had && (had.Name, had.Email) == (wanted.Name, wanted.Email);
        if (Decide(command, order, ticket.Id, ticket.IsValid, isSame, e.Doors, clock.GetUtcNow()) is not { } given) return;
        if (command.Guest is { } guest) db.Store(new TicketGuest(ticket.Id, command.OrderId, e.Id, guest.Name, guest.Email, given.Revision, guest.Language));
        else db.Delete<TicketGuest>(ticket.Id);
        stream.Append(given);
    }

    /// <summary>Null: nothing to change.</summary>
    /// <param name="isSame">It is theirs already, by that name and address: the mail goes once more.</param>
    public static TicketGiven? Decide(GiveTicket command, Order order, Guid ticket, bool isValid, bool isSame, DateTimeOffset doors, DateTimeOffset now)
    {
        var (gift, toGuest) = (order.Gifts.GetValueOrDefault(ticket), command.Guest is not null);
        if (order.Status != OrderStatus.Paid) throw new Refused("checkout.no-such-order");
        if (!isValid) throw new Refused("order.guests-void");
        if (now >= doors) throw new Refused("order.guests-closed");
        if (!toGuest && !gift.IsGiven) return null;
        if (isSame && command.Known != gift.Revision) return null; // a second press
        if (command.Known != gift.Revision) throw new Refused("order.guests-changed");
        if (toGuest && gift.Revision >= MostTimes) throw new Refused("order.guests-too-often", MostTimes);
        return new(order.Id, order.EventId, ticket, toGuest, gift.Revision + 1, now, isSame);
    }
}
