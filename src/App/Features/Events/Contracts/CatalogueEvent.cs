using System.Collections.Immutable;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Events.Contracts;

public sealed record TicketType(Guid Id, string Name, string What, long Amount, Guid[] Quotas, int MaxPerOrder, int Position, bool Seated);
public sealed record Quota(Guid Id, string Name, int Capacity);
public sealed record Delivery(DeliveryKind Kind, DateTimeOffset? Date, int? Hours)
{
    /// <summary>When an order of this moment gets its tickets by mail.</summary>
    public DateTimeOffset DueAt(DateTimeOffset doors, DateTimeOffset now) => Kind switch
    {
        DeliveryKind.AtDate when Date > now => Date.Value,
        DeliveryKind.BeforeDoors when doors.AddHours(-(Hours ?? 0)) > now => doors.AddHours(-(Hours ?? 0)),
        _ => now,
    };
}

/// <summary>An event as it is sold: the state of its stream, published for every slice to read. Kept in memory by each process and at most a second old.</summary>
public sealed record CatalogueEvent(Guid Id, Guid OrganizationId, string Slug, string Title, string TimeZone, PriceRules Prices) : IEventSourced<CatalogueEvent>
{
    public static CatalogueEvent Empty { get; } = new(Guid.Empty, Guid.Empty, "", "", "UTC", PriceRules.None("EUR"));

    public string Eyebrow { get; init; } = "";
    public string Lead { get; init; } = "";
    public string Description { get; init; } = "";
    public string Art { get; init; } = "";
    public string ArtText { get; init; } = "";
    public string RefundRule { get; init; } = "";
    public string Venue { get; init; } = "";
    public string Address { get; init; } = "";
    public string City { get; init; } = "";
    public DateTimeOffset Doors { get; init; }
    public DateTimeOffset Starts { get; init; }
    public DateTimeOffset Ends { get; init; }
    public DateTimeOffset? Opens { get; init; }
    public DateTimeOffset? Closes { get; init; }
    public int HoldMinutes { get; init; } = 15;
    public bool Published { get; init; }

    /// <summary>From when it is an archive: to be read, and nothing else. Null: it isn't one.</summary>
    public DateTimeOffset? ArchivedFrom { get; init; }

    /// <summary>What mails speak to people whose own is not known.</summary>
    public Language Language { get; init; } = Language.English;

    public EventKind Kind { get; init; }
    public Delivery Delivery { get; init; } = new(DeliveryKind.AtOnce, null, null);
    public ImmutableList<TicketType> Types { get; init; } = [];
    public ImmutableList<Quota> Quotas { get; init; } = [];

    /// <summary>By quota, those with named seats only.</summary>
    public ImmutableDictionary<Guid, string[]> Seats { get; init; } = ImmutableDictionary<Guid, string[]>.Empty;

    public bool IsConference => Kind == EventKind.Conference;
    public string Currency => Prices.Currency;
    public TicketType? Type(Guid id) => Types.Find(t => t.Id == id);
    public string[] SeatsOf(Guid quotaId) => Seats.GetValueOrDefault(quotaId, []);
    public Price PriceOf(TicketType type) => Pricing.Of(type.Amount, Prices);

    public bool IsArchived(DateTimeOffset now) => now >= ArchivedFrom;

    public bool IsOnSale(DateTimeOffset now) => Published && !IsArchived(now) && now >= (Opens ?? DateTimeOffset.MinValue) && now < (Closes ?? Ends);

    public static CatalogueEvent Evolve(CatalogueEvent s, object fact) => fact switch
    {
        EventCreated e => Empty with { Id = e.EventId, OrganizationId = e.OrganizationId, Slug = e.Slug, Title = e.Title, TimeZone = e.TimeZone, Prices = PriceRules.None(e.Currency) },
        EventDescribed e => s with { Title = e.Title, Eyebrow = e.Eyebrow, Lead = e.Lead, Description = e.Description, Art = e.Art, ArtText = e.ArtText, RefundRule = e.RefundRule },
        EventPlaced e => s with { Venue = e.Venue, Address = e.Address, City = e.City },
        EventDated e => s with { Doors = e.Doors, Starts = e.Starts, Ends = e.Ends, TimeZone = e.TimeZone },
        PricesRuled e => s with { Prices = new(s.Currency, e.FeeRate, e.FeeFlat, e.FeeOnTop, e.TaxRate, e.TaxName) },
        QuotaSet e => s with { Quotas = Put(s.Quotas, q => q.Id == e.QuotaId, new(e.QuotaId, e.Name, e.Capacity)) },
        SeatsSet e => s with { Seats = e.Seats.Length == 0 ? s.Seats.Remove(e.QuotaId) : s.Seats.SetItem(e.QuotaId, e.Seats) },
        TicketTypeSet e => s with { Types = Put(s.Types, t => t.Id == e.TicketTypeId, new(e.TicketTypeId, e.Name, e.What, e.Amount, e.Quotas, e.MaxPerOrder, e.Position, e.Seated)).Sort((a, b) => a.Position.CompareTo(b.Position)) },
        TicketTypeRemoved e => s with { Types = s.Types.RemoveAll(t => t.Id == e.TicketTypeId) },
        SaleWindowSet e => s with { Opens = e.Opens, Closes = e.Closes, HoldMinutes = e.HoldMinutes },
        DeliveryRuled e => s with { Delivery = new(e.Kind, e.Date, e.Hours) },
        EventKindSet e => s with { Kind = e.Kind },
        EventLanguageSet e => s with { Language = Language.Find(e.Language) ?? Language.English },
        EventArchiveSet e => s with { ArchivedFrom = e.From },
        EventPublished => s with { Published = true },
        EventWithdrawn => s with { Published = false },
        _ => s,
    };

    static ImmutableList<T> Put<T>(ImmutableList<T> list, Predicate<T> same, T value) =>
        list.FindIndex(same) is >= 0 and var at ? list.SetItem(at, value) : list.Add(value);
}
