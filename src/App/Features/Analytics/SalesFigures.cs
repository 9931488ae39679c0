using App.Infrastructure.Store;

namespace App.Features.Analytics;

/// <summary>One day's tickets; a day on which nothing was sold is a day too.</summary>
public sealed record DaySales(DateOnly Day, long Sold, long Returned, long Gross);

/// <summary>What one kind of ticket has brought, refunds taken off.</summary>
public sealed record KindSales(Guid TicketTypeId, long Sold, long Gross);

/// <summary>An event's sales in numbers: a second old at the most.</summary>
/// <param name="Gross">What buyers paid, refunds taken off.</param>
/// <param name="Net">Of that, the promoter's own after fees and taxes.</param>
public sealed record SalesFigures(long Orders, long Sold, long Returned, long Gross, long Net)
{
    public static async Task<SalesFigures> Of(Guid eventId, QuerySession db, CancellationToken ct) => (await db.QueryFirst<SalesFigures>("""
        select coalesce(sum(orders), 0)::bigint as orders, coalesce(sum(sold - returned), 0)::bigint as sold, coalesce(sum(returned), 0)::bigint as returned,
            coalesce(sum(gross - returned_gross), 0)::bigint as gross, coalesce(sum(net), 0)::bigint as net
        from analytics_days where event_id = $1
        """, ct, eventId))!;

    /// <summary>The days up to and with <paramref name="today"/>, oldest first. Null <paramref name="days"/>: since the first sale.</summary>
    public static Task<IReadOnlyList<DaySales>> ByDay(Guid eventId, DateOnly today, int? days, QuerySession db, CancellationToken ct) => db.Query<DaySales>("""
        select g::date as day, coalesce(sum(d.sold), 0)::bigint as sold, coalesce(sum(d.returned), 0)::bigint as returned, coalesce(sum(d.gross - d.returned_gross), 0)::bigint as gross
        from generate_series(greatest($2::date - 364, coalesce($2::date - $3::int + 1, (select min(day) from analytics_days where event_id = $1), $2::date))::timestamp, $2::date::timestamp, interval '1 day') g
        left join analytics_days d on d.event_id = $1 and d.day = g::date
        group by g order by g
        """, ct, eventId, today, days);

    public static Task<IReadOnlyList<KindSales>> ByKind(Guid eventId, QuerySession db, CancellationToken ct) => db.Query<KindSales>("""
        select ticket_type_id, sum(sold - returned)::bigint as sold, sum(gross - returned_gross)::bigint as gross from analytics_days where event_id = $1 group by ticket_type_id
        """, ct, eventId);

    /// <summary>Tickets sold so far of each of these events.</summary>
    public static Task<IReadOnlyList<EventSold>> Totals(Guid[] eventIds, QuerySession db, CancellationToken ct) =>
        db.Query<EventSold>("select event_id, sum(sold - returned)::bigint as sold, sum(gross - returned_gross)::bigint as gross from analytics_days where event_id = any($1) group by event_id", ct, [eventIds]);
}

public sealed record EventSold(Guid EventId, long Sold, long Gross);
