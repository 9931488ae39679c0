using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Events;

/// <summary>Creates an event, or changes what differs: each part that is given is compared and, if new, becomes a fact. Null parts stay as they are.</summary>
public sealed record SaveEvent(Guid EventId, Guid OrganizationId, string Slug, string Title, string Currency, string TimeZone)
{
    public EventDescribed? Description { get; init; }
    public EventPlaced? Place { get; init; }
    public EventDated? Dates { get; init; }
    public PricesRuled? Prices { get; init; }
    public IReadOnlyList<QuotaSet> Quotas { get; init; } = [];
    public IReadOnlyList<SeatsSet> Seats { get; init; } = [];
    public IReadOnlyList<TicketTypeSet> Types { get; init; } = [];
    public IReadOnlyList<TicketTypeRemoved> RemovedTypes { get; init; } = [];
    public SaleWindowSet? Window { get; init; }
    public DeliveryRuled? Delivery { get; init; }

    /// <summary>Null: as it is.</summary>
    public EventKind? Kind { get; init; }

    /// <summary>A code. Null: as it is.</summary>
    public string? Language { get; init; }

    /// <summary>The organization's colour, 0 … 359.</summary>
    public int? Hue { get; init; }

    public bool? Published { get; init; }
}

public static class SaveEventHandler
{
    public static async Task Handle(SaveEvent command, DocumentSession db, Organizations.Contracts.OrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<CatalogueEvent>(command.EventId, ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
        var e = stream.State;
        var organization = await organizations.FindFresh(e.OrganizationId, ct) ?? throw new Refused("events.no-organization");
        if (command.Hue is { } hue && hue != organization.Hue) stream.Append([new ColourChosen(e.Id, e.OrganizationId, hue, clock.GetUtcNow())]);
        db.Store(new EventCard(e.Id, e.OrganizationId, organization.Slug, e.Slug, e.Title, e.City, e.Venue, e.Starts, e.Ends, e.TimeZone, e.Art, e.Published));
    }

    public static IEnumerable<object> Decide(SaveEvent command, CatalogueEvent state, DateTimeOffset now)
    {
        var facts = new List<object>();
        if (state.Id == Guid.Empty) facts.Add(new EventCreated(command.EventId, command.OrganizationId, command.Slug, command.Title, command.Currency, command.TimeZone, now));
        else if (state.OrganizationId != command.OrganizationId) throw new Refused("events.no-such-event");
        foreach (var fact in Wanted(command, state, now))
        {
            var current = facts.Aggregate(state, CatalogueEvent.Evolve);
            // A fact that changes nothing isn't one.
            if (fact is QuotaSet || !SameAs(CatalogueEvent.Evolve(current, fact), current)) facts.Add(fact);
        }
        return facts;
    }

    static IEnumerable<object> Wanted(SaveEvent c, CatalogueEvent state, DateTimeOffset now)
    {
        if (c.Kind is { } kind) yield return new EventKindSet(c.EventId, kind, now);
        if (c.Language is { } language) yield return new EventLanguageSet(c.EventId, language, now);
        if (c.Description is { } description) yield return description;
        if (c.Place is { } place) yield return place;
        if (c.Dates is { } dates) yield return dates;
        if (c.Prices is { } prices) yield return prices;
        foreach (var quota in c.Quotas) if (state.Quotas.Find(q => q.Id == quota.QuotaId) is not { } had || had.Capacity != quota.Capacity || had.Name != quota.Name) yield return quota;
        foreach (var seats in c.Seats) if (!state.SeatsOf(seats.QuotaId).SequenceEqual(seats.Seats)) yield return seats;
        foreach (var type in c.Types) yield return type;
        foreach (var gone in c.RemovedTypes) yield return gone;
        if (c.Window is { } window) yield return window;
        if (c.Delivery is { } delivery) yield return delivery;
        if (c.Published is true) yield return new EventPublished(c.EventId, now);
        if (c.Published is false) yield return new EventWithdrawn(c.EventId, now);
    }

    // Lists compare by reference in a record: their elements are compared instead.
    static bool SameAs(CatalogueEvent a, CatalogueEvent b) =>
        a with { Types = b.Types, Quotas = b.Quotas } == b && a.Quotas.SequenceEqual(b.Quotas)
        && a.Types.Count == b.Types.Count && a.Types.Zip(b.Types).All(p => p.First with { Quotas = p.Second.Quotas } == p.Second && p.First.Quotas.SequenceEqual(p.Second.Quotas));
}
