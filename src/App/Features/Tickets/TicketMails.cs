using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>The mails about an order, in the organization's colour and in the language of the page where it was bought. Each carries a key that follows from order, kind and revision. PDF and calendar file go with it.</summary>
public sealed class TicketMails(OrganizerMails mails, SiteOptions site, OrderLinks links, Texts texts, TimeProvider clock)
{
    /// <summary>Up to so many tickets a mail shows and attaches; above, the order's page has them. Two weigh about 50 KB, and a large mail is cut short by some mailboxes.</summary>
    const int MostInline = 10;

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Link(Guid orderId) => site.Link(links.OrderPath(orderId));

    /// <summary>The tickets themselves: codes inside, PDF and calendar file attached.</summary>
    public async Task<Mail> Tickets(TicketPaper order, int revision, QuerySession db, CancellationToken ct)
    {
        using var spoken = order.Language.Speak(); // files speak it too
        var (tickets, files) = (order.Valid, new List<MailFile>());
        var shown = tickets.Count <= MostInline ? tickets : [];
        foreach (var t in shown) files.Add(new($"ticket-{t.Number}.png", "image/png", QrSymbol.Png(t.Code), Cid(t.Number)));
        if (shown.Count > 0 && TicketPdf.Write(order, texts) is { } pdf) files.Add(new("tickets.pdf", "application/pdf", pdf));
        files.Add(new("event.ics", Infrastructure.Calendar.CalendarFile.ContentType, System.Text.Encoding.UTF8.GetBytes(await Calendar(order, db, ct))));
        return Compose(OrderMail.Tickets, order, revision.ToString(System.Globalization.CultureInfo.InvariantCulture), files, () =>
        {
            var title = texts.Count("mail.tickets-title", tickets.Count);
            var model = Model(order, title, texts.Count("mail.tickets-deed", tickets.Count), $"{title}: {order.Event.Title}{Comma}{Day(order)}");
            model["lead"] = texts.Count(shown.Count > 0 ? "mail.tickets-lead" : "mail.tickets-many", tickets.Count);
            model["codes"] = shown.Select(Code).ToArray();
            return model;
        });
    }

    /// <summary>One ticket, to whom it was given. Neither the order's page nor its number is told: who has those has all its tickets.</summary>
    public Mail Guest(TicketPaper order, OrderTicket ticket, TicketHolder guest, string about)
    {
        var theirs = order with { Name = guest.Name, Email = guest.Email, Tickets = [ticket], Language = Language.Find(guest.Language) ?? order.Language };
        MailFile[] files = [new($"ticket-{ticket.Number}.png", "image/png", QrSymbol.Png(ticket.Code), Cid(ticket.Number))];
        return Compose(OrderMail.Tickets, theirs, about, files, () =>
        {
            var title = texts.Count("mail.tickets-title", 1);
            var (signsIn, path) = (theirs.Event.IsConference, $"/e/{theirs.Organizer.Slug}/{theirs.Event.Slug}");
            var model = Model(theirs, title, texts.Of(signsIn ? "sign-in.title" : "mail.guest-deed"), $"{title}: {theirs.Event.Title}{Comma}{Day(theirs)}");
            model["link"] = site.Link(signsIn ? path + "/sign-in" : path);
            model["lead"] = string.Join(' ', new[] { texts.Of("mail.guest-lead", order.Name.Length > 0 ? order.Name : order.Organizer.Name, theirs.Event.Title), texts.Count("mail.tickets-lead", 1), signsIn ? texts.Of("mail.guest-sign-in") : "" }.Where(s => s.Length > 0));
            model["facts"] = Facts(theirs).SkipLast(1).ToArray();
            model["codes"] = new[] { Code(ticket) };
            return model;
        });
    }

    /// <summary>Paid, and the tickets come later.</summary>
    public Mail Schedule(TicketPaper order, DateTimeOffset due) => Compose(OrderMail.Scheduled, order, "1", [], () =>
    {
        var (title, at) = (texts.Of("order.going"), Shared.EventTime.Of(due, order.Event.TimeZone));
        var model = Model(order, title, texts.Of("mail.see-order"), $"{title}: {order.Event.Title}{Comma}{Day(order)}");
        model["lead"] = texts.Of("mail.scheduled-lead", order.Event.Title, $"{at.Full}{Comma}{at.ZoneName}");
        return model;
    });

    /// <summary>Money came for which there are no places, or a second time.</summary>
    public Mail TooLate(TicketPaper order, PaymentCameTooLate late) => Compose(OrderMail.TooLate, order, late.PaymentId, [], () =>
    {
        var (twice, amount) = (late.Reason == "paid-twice", new Money(late.Amount, late.Currency).ToString());
        var model = Model(order, texts.Of(twice ? "mail.twice-title" : "mail.too-late-title"), texts.Of("mail.see-order"), texts.Of("mail.too-late-subject", amount, order.Event.Title));
        model["lead"] = texts.Of(twice ? "mail.twice-lead" : "mail.too-late-lead", amount, order.Event.Title);
        return model;
    });

    /// <summary>The order's page has another address.</summary>
    public Mail NewLink(TicketPaper order, string number) => Compose(OrderMail.NewLink, order, number, [], () =>
    {
        var title = texts.Of("mail.new-link-title");
        var model = Model(order, title, texts.Of("mail.see-order"), $"{title}: {order.Event.Title}");
        model["lead"] = texts.Of("mail.new-link-lead", order.Event.Title);
        return model;
    });

    /// <summary>Money went back.</summary>
    public Mail Refunded(TicketPaper order, OrderRefundNoted refund) => Compose(OrderMail.Refunded, order, refund.RefundId.ToString(), [], () =>
    {
        var (amount, count) = (new Money(refund.Amount, refund.Currency).ToString(), refund.TicketIds.Length);
        var title = texts.Of("mail.refund-title", amount);
        var model = Model(order, title, texts.Of("mail.see-order"), $"{title}: {order.Event.Title}");
        model["lead"] = texts.Of("mail.refund-lead", amount, order.Event.Title) + (count > 0 ? " " + texts.Count("mail.refund-tickets", count) : "");
        var given = order.Tickets.Where(t => refund.TicketIds.Contains(t.Id)).Select(t => $"{KindOf(t)} ({t.Words})").ToArray();
        if (given.Length > 0) model["facts"] = Facts(order).Append(Fact("mail.given-back", string.Join("; ", given))).ToArray();
        return model;
    });

    /// <summary>In the language that is spoken now.</summary>
    public async Task<string> Calendar(TicketPaper order, QuerySession db, CancellationToken ct)
    {
        var (e, revision) = await db.FoldFresh<CatalogueEvent>(order.Event.Id, ct);
        return TicketCalendar.Write(order, e, revision, Link(order.OrderId), site.PublicUrl.Host, texts, Now);
    }

    Dictionary<string, object?> Code(OrderTicket t) => new()
    {
        ["label"] = texts.Of("mail.ticket-label", t.Number, t.Of, KindOf(t)),
        ["cid"] = Cid(t.Number),
        ["alt"] = texts.Of("order.code", t.Words),
        ["words"] = t.Words,
    };

    static string Comma => Language.Current.Comma;
    static string Day(TicketPaper order) => Shared.EventTime.Of(order.Event.Starts, order.Event.TimeZone).Day;
    string KindOf(OrderTicket ticket) => ticket.Seat is null ? ticket.Kind : $"{ticket.Kind}{Comma}{texts.Of("mail.seat", ticket.Seat)}";

    /// <param name="say">Called while the order's language is spoken.</param>
    Mail Compose(string name, TicketPaper order, string revision, IReadOnlyList<MailFile> files, Func<Dictionary<string, object?>> say)
    {
        using var spoken = order.Language.Speak();
        return mails.Write(name, $"{name}.{order.OrderId:N}.{revision}", order.Email, order.Name, order.Organizer, say(), files);
    }

    Dictionary<string, object?> Model(TicketPaper order, string title, string deed, string subject) => new()
    {
        ["title"] = title,
        ["subject"] = subject,
        ["preview"] = $"{order.Event.Title}{Comma}{Day(order)}",
        ["deed"] = deed,
        ["link"] = Link(order.OrderId),
        ["facts"] = Facts(order).ToArray(),
    };

    IEnumerable<Dictionary<string, object?>> Facts(TicketPaper order)
    {
        var doors = Shared.EventTime.Of(order.Event.Doors, order.Event.TimeZone);
        yield return Fact("mail.event", order.Event.Title);
        yield return Fact("mail.day", Day(order));
        yield return Fact("mail.doors", $"{doors.Clock}{Comma}{doors.ZoneName}");
        yield return Fact("order.starts", order.Starts);
        if (order.Place.Length > 0) yield return Fact("mail.place", order.Place);
        if (order.Name.Length > 0) yield return Fact("mail.name", order.Name);
        yield return Fact("mail.order", order.Order);
    }

    Dictionary<string, object?> Fact(string label, string value) => mails.Fact(label, value);
    static string Cid(int number) => $"ticket-{number}";
}
