using App.Features.Shared;
using App.Infrastructure.Store;

namespace App.Features.Live.Metrics;

/// <param name="Name">A page, a deed or a file.</param>
public sealed record NamedCount(string Name, string Subject, long Count);

public sealed record HourCount(DateTimeOffset Hour, string Name, string Subject, long Count);

/// <summary>An event's counts, a second old at the most. Days are those of the event's zone.</summary>
public static class Figures
{
    public static Task<IReadOnlyList<DayCount>> ByDay(Guid eventId, string zone, DateOnly from, DateOnly to, QuerySession db, CancellationToken ct) => db.Query<DayCount>("""
        select g::date as day, coalesce(sum(c.count), 0)::bigint as count from generate_series($3::date::timestamp, $4::date::timestamp, interval '1 day') g
        left join live_counts c on c.event_id = $1 and c.name like 'view/%' and c.hour >= (g at time zone $2) and c.hour < ((g + interval '1 day') at time zone $2)
        group by g order by g
        """, ct, eventId, zone, from, to);

    /// <summary>The most people who looked at once, in any hour since then.</summary>
    public static async Task<long> MostPeople(Guid eventId, string zone, DateOnly from, QuerySession db, CancellationToken ct) =>
        await db.QueryFirst<long>("select coalesce(max(count), 0) from live_counts where event_id = $1 and hour >= ($3::date::timestamp at time zone $2) and name = $4", ct, eventId, zone, from, Counters.MostPeople);

    /// <summary>Pages, deeds and files together; a session's own pages are added up, a home's widgets are told apart.</summary>
    public static Task<IReadOnlyList<NamedCount>> ByName(Guid eventId, string zone, DateOnly from, QuerySession db, CancellationToken ct) => db.Query<NamedCount>("""
        select case when name = 'deed/widget' then concat_ws('/', name, nullif(subject, '')) else name end as name, '' as subject, sum(count)::bigint as count
        from live_counts where event_id = $1 and hour >= ($3::date::timestamp at time zone $2) and name not like 'people/%' group by 1 order by 3 desc, 1
        """, ct, eventId, zone, from);

    public static Task<IReadOnlyList<NamedCount>> Sessions(Guid eventId, string zone, DateOnly from, int most, QuerySession db, CancellationToken ct) => db.Query<NamedCount>("""
        select 'view/Session' as name, subject, sum(count)::bigint as count from live_counts where event_id = $1 and hour >= ($3::date::timestamp at time zone $2) and name = 'view/Session' and subject <> '' group by subject order by 3 desc, 2 limit $4
        """, ct, eventId, zone, from, most);

    public static Task<IReadOnlyList<HourCount>> All(Guid eventId, QuerySession db, CancellationToken ct) =>
        db.Query<HourCount>("select hour, name, subject, count from live_counts where event_id = $1 order by hour, name, subject", ct, eventId);
}
