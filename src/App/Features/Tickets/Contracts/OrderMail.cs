using App.Infrastructure.Store;

namespace App.Features.Tickets.Contracts;

/// <summary>One mail about an order that went out, or was refused.</summary>
/// <param name="Mail">Which: its template's name.</param>
/// <param name="About">The revision of tickets, the refund's id, the late payment's, the number of the link.</param>
public sealed record OrderMail(string Mail, string About, DateTimeOffset At, string? Refused)
{
    public const string Tickets = "tickets", Scheduled = "tickets-scheduled", Refunded = "refunded", TooLate = "too-late", NewLink = "new-link", Guest = "guest";

    sealed record Row(string Type, byte[] Data);

    /// <param name="gift">Its revision.</param>
    public static string AboutGuest(Guid ticketId, int gift) => $"{ticketId:N}.{Number(gift)}";

    /// <summary>What became of the mails to those whom an order's tickets were given to.</summary>
    /// <param name="about">Each as <see cref="AboutGuest"/> writes it.</param>
    public static async Task<IReadOnlyList<OrderMail>> ToGuests(Guid orderId, IEnumerable<string> about, EventStore store, QuerySession db, CancellationToken ct) =>
        await Read([.. about.Select(a => BuyerNotice.IdOf(orderId, Guest, a))], store, db, ct);

    /// <summary>All that an order's buyer was told, in one read.</summary>
    /// <param name="latePayments">Those that were sent back.</param>
    /// <param name="links">How often the order's address was changed.</param>
    public static async Task<IReadOnlyList<OrderMail>> Of(Guid orderId, IEnumerable<Guid> refunds, IEnumerable<string> latePayments, int links, EventStore store, QuerySession db, CancellationToken ct)
    {
        Guid[] streams =
        [
            TicketDelivery.IdOf(orderId), BuyerNotice.IdOf(orderId, Scheduled, "1"),
            .. refunds.Select(r => BuyerNotice.IdOf(orderId, Refunded, r.ToString())), .. latePayments.Select(p => BuyerNotice.IdOf(orderId, TooLate, p)),
            .. Enumerable.Range(1, links).Select(n => BuyerNotice.IdOf(orderId, NewLink, Number(n))),
        ];
        return await Read(streams, store, db, ct);
    }

    static async Task<IReadOnlyList<OrderMail>> Read(Guid[] streams, EventStore store, QuerySession db, CancellationToken ct)
    {
        if (streams.Length == 0) return [];
        var rows = await db.Query<Row>("select type, convert_to(data::text, 'UTF8') as data from events where stream = any($1) order by seq", ct, streams);
        return [.. rows.Select(r => Read(store.Types.Read(StoredKind.Fact, r.Type, r.Data))).OfType<OrderMail>()];
    }

    static OrderMail? Read(object? fact) => fact switch
    {
        TicketsSent e => new(Tickets, Number(e.Revision), e.At, null),
        DeliveryFailed e => new(Tickets, Number(e.Revision), e.At, e.Reason),
        BuyerTold e => new(e.Mail, e.About, e.At, e.Refused),
        _ => null,
    };

    static string Number(int revision) => revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
