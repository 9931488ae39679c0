using System.Buffers.Binary;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What was typed into a checkout that came to nothing is forgotten after a day.</summary>
public sealed record ForgetDetails;

[Lane(Lanes.Jobs)]
public static class ForgetDetailsHandler
{
    const int Page = 1_000;

    sealed record Row(Guid Id, bool IsNothing);

    // The log decides, not a list made from it: a list may stand still, or be rebuilt. What was paid is the order's for good, however it began.
    const string Old = """
        select c.id, not exists (select from events e where e.stream = c.id and e.type = 'order-paid')
            and (not exists (select from events e where e.stream = c.id and e.type = 'order-placed') or exists (select from events e where e.stream = c.id and e.type = 'order-abandoned')) as is_nothing
        from doc_order_contact c where c.id > $1 and c.id < $2 order by c.id limit $3
        """;

    public static async Task Handle(ForgetDetails message, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        _ = message;
        var (after, before) = (Guid.Empty, OrderIdBefore(clock.GetUtcNow().AddDays(-1)));
        while (await db.Query<Row>(Old, ct, after, before, Page) is { Count: > 0 } rows)
        {
            foreach (var row in rows.Where(r => r.IsNothing)) db.Delete<OrderContact>(row.Id);
            after = rows[^1].Id;
        }
    }

    // An order's id begins with the millisecond it was made in (UUIDv7).
    static Guid OrderIdBefore(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(id, bigEndian: true);
    }
}
