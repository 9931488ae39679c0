using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Calendar;

namespace App.Features.Tickets;

/// <summary>The event of an order, for the buyer's calendar: the same entry however often it is fetched, and a later revision of it when the event moves.</summary>
static class TicketCalendar
{
    /// <param name="revision">The event stream's version.</param>
    /// <param name="link">The order's page.</param>
    public static string Write(TicketPaper order, CatalogueEvent e, int revision, string link, string host, DateTimeOffset now) => CalendarFile.Write(e.TimeZone,
    [
        new($"{Ids.From(order.OrderId, "calendar")}@{host}", revision, now, e.Starts, e.Ends, e.Title)
        {
            Place = order.Place,
            Text = $"Doors {EventTime.Clock(e.Doors, e.TimeZone)}, {EventTime.Zone(e.TimeZone)}. {(order.Valid.Count == 1 ? "1 ticket" : $"{order.Valid.Count} tickets")}, order {order.Order}.\nYour tickets: {link}",
            Url = link,
            Cancelled = order.Valid.Count == 0,
        },
    ]);
}
