using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>Whoever was given a ticket gets it by mail: that ticket, and no way to the order it belongs to.</summary>
/// <param name="Revision">Of the gift.</param>
public sealed record MailGuest(Guid OrderId, Guid TicketId, int Revision)
{
    /// <summary>One such mail waits for a ticket: whoever it was meant for before doesn't get it.</summary>
    public static void At(DateTimeOffset due, TicketHolder guest, DocumentSession db) => db.Outbox.Schedule(new MailGuest(guest.OrderId, guest.TicketId, guest.Revision), due, $"guest:{guest.TicketId}");
}

[Lane(Lanes.Mail)]
public static class MailGuestHandler
{
    public static Task Handle(TicketGiven given, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct) =>
        given.ToGuest ? Handle(new MailGuest(given.OrderId, given.TicketId, given.Revision), db, papers, mails, mailer, ct) : Task.CompletedTask;

    /// <summary>Tickets may be held back until a time: then it waits. Given to somebody else meanwhile, taken back, refunded, or the name deleted: nothing goes out.</summary>
    public static async Task Handle(MailGuest message, DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct)
    {
        if (await TicketHolder.Of(message.TicketId, db, ct) is not { Email.Length: > 0 } guest || guest.Revision != message.Revision) return;
        if (await papers.Of(message.OrderId, ct) is not { } order || order.Valid.FirstOrDefault(t => t.Id == message.TicketId) is not { } ticket) return;
        if (order.Event.Delivery.DueAt(order.Event.Doors, mails.Now) is var due && due > mails.Now) { MailGuest.At(due, guest, db); return; }
        var about = OrderMail.AboutGuest(ticket.Id, guest.Revision);
        await BuyerNotice.Send(OrderMail.Guest, about, order with { Email = guest.Email }, () => mails.Guest(order, ticket, guest, about), db, mailer, mails.Now, ct);
    }
}
