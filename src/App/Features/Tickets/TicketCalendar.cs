using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Calendar;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>The event of an order, for the buyer's calendar: the same entry however often it is fetched, and a later revision of it when the event moves. Its words are in the language that is spoken now.</summary>
static class TicketCalendar
{
    /// <param name="revision">The event stream's version.</param>
    /// <param name="link">The order's page.</param>
    public static string Write(TicketPaper order, CatalogueEvent e, int revision, string link, string host, Texts texts, DateTimeOffset now) => CalendarFile.Write(e.TimeZone,
    [
        new($"{Ids.From(order.OrderId, "calendar")}@{host}", revision, now, e.Starts, e.Ends, e.Title)
        {
            Place = order.Place,
            Text = Words(order, Shared.EventTime.Of(e.Doors, e.TimeZone), link, texts),
            Url = link,
            Cancelled = order.Valid.Count == 0,
        },
    ]);

    static string Words(TicketPaper order, Shared.EventTime doors, string link, Texts texts) =>
        $"{texts.Of("mail.doors")} {doors.Clock}{Language.Current.Comma}{doors.ZoneName}. {texts.Count("picker.tickets", order.Valid.Count)}{Language.Current.Comma}{texts.Of("order.number", order.Order)}.\n{texts.Of("order.tickets")}: {link}";
}
