using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>All that the PDF, the calendar file and the mails say about an order.</summary>
/// <param name="Name">The buyer's, or nothing once erased.</param>
public sealed record TicketPaper(Guid OrderId, CatalogueEvent Event, OrganizationCard Organizer, string Name, string Email, IReadOnlyList<OrderTicket> Tickets)
{
    /// <summary>Which mails about it speak.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>Who comes with the tickets that were given away; nothing is read for an order none of whose tickets ever was.</summary>
    public IReadOnlyDictionary<Guid, TicketHolder> Holders { get; init; } = new Dictionary<Guid, TicketHolder>();

    public string NameOn(OrderTicket ticket) => Holders.TryGetValue(ticket.Id, out var holder) ? holder.Name : Name;

    public string Order => Ids.Short(OrderId);
    public IReadOnlyList<OrderTicket> Valid => [.. Tickets.Where(t => t.IsValid)];
    public string Place => string.Join(", ", new[] { Event.Venue, Event.Address, Event.City }.Where(p => p.Length > 0));
    public string Day => EventTime.Day(Event.Starts, Event.TimeZone);
    public string Doors => EventTime.Clock(Event.Doors, Event.TimeZone);
    public string Starts => EventTime.Clock(Event.Starts, Event.TimeZone);
    public string Zone => EventTime.Zone(Event.TimeZone);
}

public sealed class TicketPapers(QuerySession db, EventCatalogue events, OrganizationDirectory organizations)
{
    /// <summary>Null: there are no tickets for such an order. Read past what this process remembers, since what is made of it leaves the house.</summary>
    public async Task<TicketPaper?> Of(Guid orderId, CancellationToken ct) =>
        await OrderTickets.Of(orderId, db, ct, fresh: true) is [var first, ..] tickets ? await For(orderId, first.EventId, tickets, ct) : null;

    /// <summary>The same for an order that may have no tickets.</summary>
    public async Task<TicketPaper> For(Guid orderId, Guid eventId, IReadOnlyList<OrderTicket> tickets, CancellationToken ct)
    {
        var e = await events.Find(eventId) ?? throw new InvalidOperationException($"Order {orderId} is for event {eventId}, which doesn't exist.");
        var organizer = await organizations.Find(e.OrganizationId, ct) ?? throw new InvalidOperationException($"Event {eventId} belongs to organization {e.OrganizationId}, which doesn't exist.");
        var buyer = await Buyer.Of(orderId, db, ct);
        return new(orderId, e, organizer, buyer?.Name ?? "", buyer?.Email ?? "", tickets) { Language = Language.Find(buyer?.Language) ?? e.Language, Holders = await TicketHolder.OfOrders(tickets.Any(t => t.Revision > 1) ? [orderId] : [], db, ct) };
    }
}
