using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>The mails about an order, in the organization's colour. Each carries a key that follows from order, kind and revision. What they say stands in <c>content/mail</c>.</summary>
public sealed class TicketMails(MailTemplates templates, SiteOptions site, OrderLinks links, TimeProvider clock)
{
    /// <summary>Up to so many tickets a mail shows and attaches; above, the order's page has them. Two weigh about 50 KB, and a large mail is cut short by some mailboxes.</summary>
    const int MostInline = 10;

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Link(Guid orderId) => site.Link(links.OrderPath(orderId));

    /// <summary>The tickets themselves: codes inside, PDF and calendar file attached.</summary>
    public async Task<Mail> Tickets(TicketPaper order, int revision, QuerySession db, CancellationToken ct)
    {
        var (tickets, files) = (order.Valid, new List<MailFile>());
        var shown = tickets.Count <= MostInline ? tickets : [];
        foreach (var t in shown) files.Add(new($"ticket-{t.Number}.png", "image/png", TicketQr.Png(t.Code), Cid(t.Number)));
        if (shown.Count > 0 && TicketPdf.Write(order) is { } pdf) files.Add(new("tickets.pdf", "application/pdf", pdf));
        files.Add(new("event.ics", Infrastructure.Calendar.CalendarFile.ContentType, System.Text.Encoding.UTF8.GetBytes(await Calendar(order, db, ct))));
        var model = Model(order, tickets.Count == 1 ? "Your ticket" : "Your tickets", tickets.Count == 1 ? "Open your ticket" : "Open your tickets");
        model["lead"] = shown.Count > 0
            ? $"Show {(tickets.Count == 1 ? "this code" : "these codes")} at the door, on paper or on a screen. No connection needed."
            : $"You have {tickets.Count} tickets: too many for a mail. They are on your order's page, with a PDF of all of them.";
        model["codes"] = shown.Select(t => new Dictionary<string, object?>
        {
            ["label"] = $"Ticket {t.Number} of {t.Of}: {t.Kind}{(t.Seat is null ? "" : $", seat {t.Seat}")}",
            ["cid"] = Cid(t.Number),
            ["alt"] = $"Entry code {t.Words}",
            ["words"] = t.Words,
        }).ToArray();
        return Compose(OrderMail.Tickets, order, revision.ToString(System.Globalization.CultureInfo.InvariantCulture), model, files);
    }

    /// <summary>Paid, and the tickets come later.</summary>
    public Mail Schedule(TicketPaper order, DateTimeOffset due)
    {
        var model = Model(order, "You’re going", "See your order");
        model["due"] = EventTime.Moment(due, order.Event.TimeZone);
        return Compose(OrderMail.Scheduled, order, "1", model, []);
    }

    /// <summary>Money came for which there are no places, or a second time.</summary>
    public Mail TooLate(TicketPaper order, PaymentCameTooLate late)
    {
        var twice = late.Reason == "paid-twice";
        var model = Model(order, twice ? "You paid twice" : "Your places were gone", "See your order");
        model["twice"] = twice;
        model["amount"] = new Money(late.Amount, late.Currency).ToString();
        return Compose(OrderMail.TooLate, order, late.PaymentId, model, []);
    }

    /// <summary>Money went back.</summary>
    public Mail Refunded(TicketPaper order, OrderRefundNoted refund)
    {
        var amount = new Money(refund.Amount, refund.Currency).ToString();
        var model = Model(order, $"{amount} is on its way back", "See your order");
        model["amount"] = amount;
        model["count"] = refund.TicketIds.Length;
        model["one"] = refund.TicketIds.Length == 1;
        var given = order.Tickets.Where(t => refund.TicketIds.Contains(t.Id)).Select(t => $"{t.Kind}{(t.Seat is null ? "" : $", seat {t.Seat}")} ({t.Words})").ToArray();
        if (given.Length > 0) model["facts"] = Facts(order).Append(Fact("Given back", string.Join("; ", given))).ToArray();
        return Compose(OrderMail.Refunded, order, refund.RefundId.ToString(), model, []);
    }

    public async Task<string> Calendar(TicketPaper order, QuerySession db, CancellationToken ct)
    {
        var (e, revision) = await db.FoldFresh<CatalogueEvent>(order.Event.Id, ct);
        return TicketCalendar.Write(order, e, revision, Link(order.OrderId), site.PublicUrl.Host, Now);
    }

    Mail Compose(string name, TicketPaper order, string revision, Dictionary<string, object?> model, IReadOnlyList<MailFile> files)
    {
        var words = templates.Render(name, model);
        return new($"{name}.{order.OrderId:N}.{revision}", order.Email, order.Name, order.Organizer.Name, order.Organizer.Contact, words.Subject, words.Html, words.Text, files);
    }

    Dictionary<string, object?> Model(TicketPaper order, string title, string deed) => new()
    {
        ["title"] = title,
        ["preview"] = $"{order.Event.Title}, {order.Day}",
        ["deed"] = deed,
        ["event"] = order.Event.Title,
        ["day"] = order.Day,
        ["link"] = Link(order.OrderId),
        ["facts"] = Facts(order).ToArray(),
        ["organizer"] = order.Organizer.Name,
        ["address"] = order.Organizer.Address,
        ["contact"] = order.Organizer.Contact,
        ["mailto"] = System.Net.Mail.MailAddress.TryCreate(order.Organizer.Contact, out _),
        ["house"] = Oklch.House(order.Organizer.Hue, order.Organizer.Chroma).ToHex(),
        ["brand"] = Oklch.Brand(order.Organizer.Hue, order.Organizer.Chroma).ToHex(),
    };

    static IEnumerable<Dictionary<string, object?>> Facts(TicketPaper order)
    {
        yield return Fact("Event", order.Event.Title);
        yield return Fact("Day", order.Day);
        yield return Fact("Doors", $"{order.Doors}, {order.Zone}");
        yield return Fact("Starts", order.Starts);
        if (order.Place.Length > 0) yield return Fact("Place", order.Place);
        if (order.Name.Length > 0) yield return Fact("Name", order.Name);
        yield return Fact("Order", order.Order);
    }

    static Dictionary<string, object?> Fact(string label, string value) => new() { ["label"] = label, ["value"] = value };
    static string Cid(int number) => $"ticket-{number}";
}
