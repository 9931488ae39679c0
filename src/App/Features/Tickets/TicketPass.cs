using System.Globalization;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Vendors.Apple;

namespace App.Features.Tickets;

/// <summary>A ticket as Apple Wallet shows it: in the organization's colours, with the code of the ticket's page, on the screen by itself when doors open.</summary>
static class TicketPass
{
    public static Dictionary<string, byte[]> Images(OrganizationCard of) =>
        PassImage.All(Oklch.House(of.Hue, of.Chroma).ToHex(), Oklch.Brand(of.Hue, of.Chroma).ToHex(), Oklch.Glow(of.Hue, of.Chroma).ToHex());

    /// <param name="link">The order's page.</param>
    public static Pass Of(TicketPaper order, OrderTicket ticket, string link)
    {
        var (e, organizer) = (order.Event, order.Organizer);
        string At(DateTimeOffset moment) => EventTime.WithOffset(moment, e.TimeZone);
        return new(ticket.Id.ToString("N"), organizer.Name, $"{e.Title}: ticket {ticket.Number} of {ticket.Of}", Fields(order, ticket, link))
        {
            GroupingIdentifier = order.OrderId.ToString("N"),
            LogoText = organizer.Name,
            BackgroundColor = Rgb(Oklch.House(organizer.Hue, organizer.Chroma)),
            ForegroundColor = "rgb(255, 255, 255)",
            LabelColor = Rgb(Oklch.Glow(organizer.Hue, organizer.Chroma)),
            RelevantDate = At(e.Doors),
            RelevantDates = [new(At(e.Doors), At(e.Ends))],
            ExpirationDate = At(e.Ends),
            Voided = !ticket.IsValid,
            Barcodes = ticket.IsValid ? [new(ticket.Code, ticket.Words)] : null,
            Semantics = new(e.Title, At(e.Starts), At(e.Ends)) { VenueName = e.Venue.Length > 0 ? e.Venue : null, Seats = ticket.Seat is { } seat ? [new(seat)] : null },
        };
    }

    static PassFields Fields(TicketPaper order, OrderTicket ticket, string link)
    {
        var e = order.Event;
        return new(
            [new("date", EventTime.Clock(e.Starts, e.TimeZone), EventTime.ShortDay(e.Starts, e.TimeZone))],
            [new("event", "", e.Title)],
            Filled(("place", "Place", e.Venue), ("doors", "Doors", order.Doors)),
            Filled(("kind", "Ticket", ticket.Kind), ("seat", "Seat", ticket.Seat), ("holder", "Name", order.NameOn(ticket))),
            Filled(("state", "Refunded", ticket.RevokedAt is { } at ? $"{EventTime.Day(at, e.TimeZone)}. This ticket opens no door." : null), ("when", "When", $"{order.Day}, {order.Starts}, {order.Zone}"),
                ("where", "Where", order.Place), ("order", "Order", order.Order), ("number", "Ticket", $"{ticket.Number} of {ticket.Of}, {ticket.Words}"), ("rule", "Refunds", e.RefundRule), ("page", "Your tickets", link), ("contact", "Questions", order.Organizer.Contact)));
    }

    static PassField[] Filled(params (string Key, string Label, string? Value)[] fields) => [.. fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new PassField(f.Key, f.Label, f.Value!))];

    static string Rgb(Oklch colour)
    {
        var bytes = Convert.FromHexString(colour.ToHex().AsSpan(1));
        return string.Create(CultureInfo.InvariantCulture, $"rgb({bytes[0]}, {bytes[1]}, {bytes[2]})");
    }
}
