using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Vendors.Google;

namespace App.Features.Tickets;

/// <summary>A ticket as Google Wallet takes it: all that there is to say where it fits into a link, else what a door and its owner need.</summary>
static class TicketSave
{
    /// <summary>What is left out first of a link that is too long.</summary>
    static readonly Func<EventTicketClass, EventTicketObject, (EventTicketClass, EventTicketObject)>[] Leaner =
    [
        (e, t) => (e with { DateTime = e.DateTime! with { DoorsOpen = null, End = null } }, t),
        (e, t) => (e, t with { TicketNumber = null }),
        (e, t) => (e with { Venue = null }, t),
        (e, t) => (e, t with { TicketHolderName = null }),
        (e, t) => (e with { HexBackgroundColor = null }, t with { TicketType = null }),
        (e, t) => (e with { EventName = LocalizedString.Of(Cut(e.EventName.DefaultValue.Value), e.EventName.DefaultValue.Language), IssuerName = Cut(e.IssuerName) }, t),
    ];

    public static string Token(TicketPaper order, OrderTicket ticket, GoogleWallet wallet, string origin)
    {
        var (of, pass) = (Class(order, wallet), Object(order, ticket, wallet));
        var token = wallet.Token(of, pass, origin);
        foreach (var lean in Leaner)
        {
            if (token.Length <= GoogleWallet.LongestToken) break;
            (of, pass) = lean(of, pass);
            token = wallet.Token(of, pass, origin);
        }
        return token;
    }

    static EventTicketClass Class(TicketPaper order, GoogleWallet wallet)
    {
        var e = order.Event;
        string At(DateTimeOffset moment) => EventTime.WithOffset(moment, e.TimeZone);
        var address = string.Join(", ", new[] { e.Address, e.City }.Where(p => p.Length > 0));
        return new(wallet.IdOf(e.Id), order.Organizer.Name, LocalizedString.Of(e.Title, order.Language.Code))
        {
            Venue = e.Venue.Length > 0 && address.Length > 0 ? new(LocalizedString.Of(e.Venue, order.Language.Code), LocalizedString.Of(address, order.Language.Code)) : null,
            DateTime = new(At(e.Doors), At(e.Starts), At(e.Ends)),
            HexBackgroundColor = Oklch.House(order.Organizer.Hue, order.Organizer.Chroma).ToHex(),
        };
    }

    /// <summary>Saving changes nothing about an object that was saved before: a ticket that changed hands, and so has a new code, is another one.</summary>
    static string IdOf(OrderTicket ticket, GoogleWallet wallet) => ticket.Revision == 1 ? wallet.IdOf(ticket.Id) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wallet.IdOf(ticket.Id)}.{ticket.Revision}");

    static EventTicketObject Object(TicketPaper order, OrderTicket ticket, GoogleWallet wallet) => new(IdOf(ticket, wallet), wallet.IdOf(order.Event.Id), new(ticket.Code, ticket.Words))
    {
        TicketNumber = $"{order.Order}-{ticket.Number}",
        TicketHolderName = order.NameOn(ticket) is { Length: > 0 } name ? name : null,
        TicketType = LocalizedString.Of(ticket.Kind, order.Language.Code),
        SeatInfo = ticket.Seat is { } seat ? new(LocalizedString.Of(seat, order.Language.Code)) : null,
    };

    static string Cut(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[58]) ? 58 : 59)] + "…";
}
