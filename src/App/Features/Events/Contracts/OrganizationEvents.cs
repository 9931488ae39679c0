using App.Infrastructure.Store;

namespace App.Features.Events.Contracts;

/// <summary>An event on its organization's own list.</summary>
public sealed record OwnEvent(Guid Id, string Slug, string Title, string City, string Venue, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, bool Published);

public static class OrganizationEvents
{
    /// <summary>What comes next first, then what is over, the latest first.</summary>
    public static Task<IReadOnlyList<OwnEvent>> Of(Guid organizationId, DateTimeOffset now, QuerySession db, CancellationToken ct) => db.Query<OwnEvent>("""
        select id, data ->> 'slug' as slug, data ->> 'title' as title, data ->> 'city' as city, data ->> 'venue' as venue, (data ->> 'starts')::timestamptz as starts, (data ->> 'ends')::timestamptz as ends,
            data ->> 'timeZone' as time_zone, published
        from doc_event_card where organization_id = $1
        order by (data ->> 'ends')::timestamptz < $2, abs(extract(epoch from (data ->> 'starts')::timestamptz - $2)), id limit 500
        """, ct, organizationId, now);
}
