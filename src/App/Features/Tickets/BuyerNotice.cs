using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

/// <summary>A mail that tells a buyer something and brings no tickets. A stream for each, so that two mails about an order never wait for one another.</summary>
public sealed record BuyerNotice(bool IsSettled) : IEventSourced<BuyerNotice>
{
    public static BuyerNotice Empty { get; } = new(false);

    public static Guid IdOf(Guid orderId, string mail, string about) => Ids.From(orderId, $"{mail}.{about}");

    public static BuyerNotice Evolve(BuyerNotice s, object fact) => fact is BuyerTold ? new(true) : s;

    /// <summary>Once, however often we are asked to: nothing goes out after its fact. A mail that was sent without us knowing goes again under the same key. No address, or one that is refused, ends the matter.</summary>
    public static async Task Send(string mail, string about, TicketPaper order, Func<Mail> write, DocumentSession db, Mailer mailer, DateTimeOffset now, CancellationToken ct)
    {
        var notice = await db.FetchForWriting<BuyerNotice>(IdOf(order.OrderId, mail, about), ct);
        if (notice.State.IsSettled) return;
        var answer = order.Email.Length == 0 ? new("no-address") : await mailer.Send(write(), ct);
        notice.Append([new BuyerTold(order.OrderId, order.Event.Id, order.Organizer.Id, mail, about, now, answer.Refused)]);
    }
}
