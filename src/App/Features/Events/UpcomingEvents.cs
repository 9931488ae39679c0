using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Events;

/// <summary>A published event that isn't over.</summary>
public sealed record UpcomingEvent(CatalogueEvent Event, OrganizationCard Organization)
{
    public string Path => $"/e/{Organization.Slug}/{Event.Slug}";
    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime Ends => EventTime.Of(Event.Ends, Event.TimeZone);

    /// <summary>The cheapest kind's whole price, by the event's own rules; free kinds are named besides.</summary>
    public string From(Texts texts)
    {
        var prices = Event.Types.Select(t => Event.PriceOf(t).Gross).Order().ToArray();
        if (prices.Length == 0) return "";
        if (Array.Find(prices, p => p > 0) is not (> 0 and var cheapest)) return texts.Of("picker.free");
        return texts.Of(prices[0] == 0 ? "whats-on.free-or" : "whats-on.from", new Money(cheapest, Event.Currency));
    }

    // States are never changed in place: the same one is the same object.
    public bool Equals(UpcomingEvent? other) => other is not null && ReferenceEquals(Event, other.Event) && Organization == other.Organization;
    public override int GetHashCode() => Event.Id.GetHashCode();
}

/// <summary>What is on, from memory: which events there are is looked up anew by one request when it is two seconds old; what they say now comes from the catalogue.</summary>
public sealed class UpcomingEvents(QuerySession db, EventCatalogue catalogue, OrganizationDirectory organizations, TimeProvider clock)
{
    sealed record Look(IReadOnlyList<Guid> Ids, DateTimeOffset At);

    const int Most = 200;
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    volatile Look? last;
    int looking;

    /// <summary>Soonest first.</summary>
    /// <param name="organization">An organization's slug; null for all.</param>
    public async ValueTask<IReadOnlyList<UpcomingEvent>> Of(string? organization, CancellationToken ct)
    {
        var events = new List<UpcomingEvent>();
        foreach (var id in (await Now(ct)).Ids)
            if (await catalogue.Find(id) is { Published: true } e && await organizations.Find(e.OrganizationId, ct) is { } card && (organization is null || card.Slug == organization)) events.Add(new(e, card));
        return events;
    }

    async ValueTask<Look> Now(CancellationToken ct)
    {
        var (known, now) = (last, clock.GetUtcNow());
        if (known is not null && (now - known.At < Fresh || Interlocked.Exchange(ref looking, 1) == 1)) return known;
        try
        {
            return last = new(await db.Query<Guid>("""
                select id from doc_event_card where published and (data ->> 'ends')::timestamptz > $1 order by (data ->> 'starts')::timestamptz, id limit $2
                """, ct, now, Most), now);
        }
        finally { Volatile.Write(ref looking, 0); }
    }
}
