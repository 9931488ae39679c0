using System.Globalization;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>A ticket as Apple Wallet shows it: in the organization's colours, with the code of the ticket's page, on the screen by itself when doors open.</summary>
static class TicketPass
{
    public static Dictionary<string, byte[]> Images(OrganizationCard of) =>
        PassImage.All(Oklch.House(of.Hue, of.Chroma).ToHex(), Oklch.Brand(of.Hue, of.Chroma).ToHex(), Oklch.Glow(of.Hue, of.Chroma).ToHex());

    /// <summary>In the language that is spoken now.</summary>
    /// <param name="link">The order's page.</param>
    public static Pass Of(TicketPaper order, OrderTicket ticket, string link, Texts texts)
    {
        var (e, organizer) = (order.Event, order.Organizer);
        string At(DateTimeOffset moment) => EventTime.WithOffset(moment, e.TimeZone);
        return new(ticket.Id.ToString("N"), organizer.Name, $"{e.Title}: {texts.Of("order.ticket-n", ticket.Number, ticket.Of)}", Fields(order, ticket, link, texts))
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

    static PassFields Fields(TicketPaper order, OrderTicket ticket, string link, Texts texts)
    {
        var e = order.Event;
        var (starts, doors) = (Shared.EventTime.Of(e.Starts, e.TimeZone), Shared.EventTime.Of(e.Doors, e.TimeZone));
        return new(
            [new("date", starts.Clock, starts.ShortDay)],
            [new("event", "", e.Title)],
            Filled(("place", texts.Of("mail.place"), e.Venue), ("doors", texts.Of("mail.doors"), doors.Clock)),
            Filled(("kind", texts.Of("order.kind"), ticket.Kind), ("seat", texts.Of("order.seat"), ticket.Seat), ("holder", texts.Of("mail.name"), order.NameOn(ticket))),
            Filled(("state", texts.Of("order.refunded"), ticket.RevokedAt is { } at ? texts.Of("order.opens-nothing", Shared.EventTime.Of(at, e.TimeZone).Day) : null), ("when", texts.Of("mail.when"), $"{starts.Full}{Language.Current.Comma}{starts.ZoneName}"),
                ("where", texts.Of("mail.place"), order.Place), ("order", texts.Of("mail.order"), order.Order), ("number", texts.Of("order.ticket-n", ticket.Number, ticket.Of), ticket.Words), ("rule", texts.Of("event.refunds"), e.RefundRule), ("page", texts.Of("order.tickets"), link), ("contact", texts.Of("event.questions"), order.Organizer.Contact)));
    }

    static PassField[] Filled(params (string Key, string Label, string? Value)[] fields) => [.. fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new PassField(f.Key, f.Label, f.Value!))];

    static string Rgb(Oklch colour)
    {
        var bytes = Convert.FromHexString(colour.ToHex().AsSpan(1));
        return string.Create(CultureInfo.InvariantCulture, $"rgb({bytes[0]}, {bytes[1]}, {bytes[2]})");
    }
}
