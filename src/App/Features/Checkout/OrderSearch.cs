using System.Buffers.Text;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What the list of an event's orders is asked for; stands in the address.</summary>
/// <param name="After">Where the page before ended.</param>
public sealed record OrderSearch(Guid EventId, string Text, string Status, string? After)
{
    public const int PageSize = 50;
    const int MostFound = 100;

    public static IReadOnlyList<(string Status, string Words)> Filters { get; } =
    [
        ("", "All"), ("paid", "Paid"), ("placed", "Not paid yet"), ("part-refunded", "Part refunded"), ("refunded", "Refunded"), ("too-late", "Paid too late"), ("abandoned", "Never paid"),
    ];

    public static string Say(string status) => Filters.FirstOrDefault(f => f.Status == status).Words ?? status;

    public bool IsText => Text.Length > 0;

    /// <summary>One range of one index, however many orders there are; one more than a page holds, to know whether there are older ones.</summary>
    public Task<IReadOnlyList<ListedOrder>> Find(QuerySession db, CancellationToken ct) => IsText ? Named(db, ct) : Paged(db, ct);

    Task<IReadOnlyList<ListedOrder>> Paged(QuerySession db, CancellationToken ct)
    {
        var (at, id) = Cursor(After) ?? (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        return db.Query<ListedOrder>($"""
            select {LatestOrders.Columns} from checkout_orders o left join doc_order_contact c using (id)
            where o.event_id = $1 and (o.placed_at, o.id) < ($2, $3) {(Status.Length > 0 ? "and o.status = $5" : "")}
            order by o.placed_at desc, o.id desc limit $4
            """, ct, [EventId, at, id, PageSize + 1, .. Status.Length > 0 ? new object[] { Status } : []]);
    }

    /// <summary>By the beginning of a name, a last name, an address (the buyer's, or of somebody they gave a ticket to), or by the whole code. Each way is one range of one index.</summary>
    Task<IReadOnlyList<ListedOrder>> Named(QuerySession db, CancellationToken ct)
    {
        var begin = Text.ToLowerInvariant();
        return db.Query<ListedOrder>($"""
            with found as (
                (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'name') ~>=~ $2 and lower(data ->> 'name') ~<~ $3 limit {MostFound})
                union (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(substring(data ->> 'name' from '\S+\s*$')) ~>=~ $2 and lower(substring(data ->> 'name' from '\S+\s*$')) ~<~ $3 limit {MostFound})
                union (select id from doc_order_contact where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'email') ~>=~ $2 and lower(data ->> 'email') ~<~ $3 limit {MostFound})
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'name') ~>=~ $2 and lower(data ->> 'name') ~<~ $3 limit {MostFound})
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(substring(data ->> 'name' from '\S+\s*$')) ~>=~ $2 and lower(substring(data ->> 'name' from '\S+\s*$')) ~<~ $3 limit {MostFound})
                union (select order_id from doc_ticket_guest where (data ->> 'eventId')::uuid = $1 and lower(data ->> 'email') ~>=~ $2 and lower(data ->> 'email') ~<~ $3 limit {MostFound})
                union (select id from checkout_orders where event_id = $1 and code = $4))
            select {LatestOrders.Columns} from found join checkout_orders o using (id) left join doc_order_contact c using (id)
            where o.event_id = $1 {(Status.Length > 0 ? "and o.status = $5" : "")}
            order by o.placed_at desc, o.id desc limit {MostFound}
            """, ct, [EventId, begin, begin + "\U0010FFFF", Text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), .. Status.Length > 0 ? new object[] { Status } : []]);
    }

    public static async Task<IReadOnlyDictionary<string, long>> Counts(Guid eventId, QuerySession db, CancellationToken ct) =>
        (await db.Query<StatusCount>("select status, count(*) as count from checkout_orders where event_id = $1 group by status", ct, eventId)).ToDictionary(c => c.Status, c => c.Count);

    sealed record StatusCount(string Status, long Count);

    public static string CursorAfter(ListedOrder last) => Base64Url.EncodeToString([.. BitConverter.GetBytes(last.PlacedAt.UtcTicks), .. last.Id.ToByteArray()]);

    /// <summary>Null for what we didn't write: then the list begins at its beginning.</summary>
    static (DateTimeOffset, Guid)? Cursor(string? text)
    {
        Span<byte> bytes = stackalloc byte[24];
        if (text is not { Length: 32 } || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != 24) return null;
        var ticks = BitConverter.ToInt64(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? null : (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..]));
    }

    public string Link(string? status = null, string? after = null) => $"/office/events/{EventId}/orders" + QueryString.Create(new[]
    {
        KeyValuePair.Create("q", (string?)Text), KeyValuePair.Create("status", (string?)((status ?? Status) is "all" ? "" : status ?? Status)), KeyValuePair.Create("after", after),
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    public string ExportLink => $"/office/events/{EventId}/orders?handler=export" + (Status.Length > 0 ? "&status=" + Status : "");
}
