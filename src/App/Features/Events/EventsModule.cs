using System.Text.Json.Serialization;
using App.Features.Events.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Events;

public static class EventsModule
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddFact("event-created", EventsJson.Default.EventCreated)
        .AddFact("event-described", EventsJson.Default.EventDescribed)
        .AddFact("event-placed", EventsJson.Default.EventPlaced)
        .AddFact("event-dated", EventsJson.Default.EventDated)
        .AddFact("prices-ruled", EventsJson.Default.PricesRuled)
        .AddFact("quota-set", EventsJson.Default.QuotaSet)
        .AddFact("seats-set", EventsJson.Default.SeatsSet)
        .AddFact("ticket-type-set", EventsJson.Default.TicketTypeSet)
        .AddFact("ticket-type-removed", EventsJson.Default.TicketTypeRemoved)
        .AddFact("sale-window-set", EventsJson.Default.SaleWindowSet)
        .AddFact("delivery-ruled", EventsJson.Default.DeliveryRuled)
        .AddFact("colour-chosen", EventsJson.Default.ColourChosen)
        .AddFact("event-kind-set", EventsJson.Default.EventKindSet)
        .AddFact("event-language-set", EventsJson.Default.EventLanguageSet)
        .AddFact("event-published", EventsJson.Default.EventPublished)
        .AddFact("event-archive-set", EventsJson.Default.EventArchiveSet)
        .AddFact("event-withdrawn", EventsJson.Default.EventWithdrawn)
        .AddDocument("event_card", EventsJson.Default.EventCard, c => c.Id)
        .AddHotStream<CatalogueEvent>((_, _) => [])
        .AddSingleton<EventCatalogue>()
        .AddSingleton<IRehearsed, RehearsedPages>()
        .AddSingleton<UpcomingEvents>()
        .AddSingleton<WhatsOnKey>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventCreated))]
[JsonSerializable(typeof(EventDescribed))]
[JsonSerializable(typeof(EventPlaced))]
[JsonSerializable(typeof(EventDated))]
[JsonSerializable(typeof(PricesRuled))]
[JsonSerializable(typeof(QuotaSet))]
[JsonSerializable(typeof(SeatsSet))]
[JsonSerializable(typeof(TicketTypeSet))]
[JsonSerializable(typeof(TicketTypeRemoved))]
[JsonSerializable(typeof(SaleWindowSet))]
[JsonSerializable(typeof(DeliveryRuled))]
[JsonSerializable(typeof(ColourChosen))]
[JsonSerializable(typeof(EventKindSet))]
[JsonSerializable(typeof(EventLanguageSet))]
[JsonSerializable(typeof(EventPublished))]
[JsonSerializable(typeof(EventArchiveSet))]
[JsonSerializable(typeof(EventWithdrawn))]
[JsonSerializable(typeof(EventCard))]
public sealed partial class EventsJson : JsonSerializerContext;
