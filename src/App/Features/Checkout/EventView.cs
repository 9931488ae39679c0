using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;

namespace App.Features.Checkout;

/// <summary>What an event's page shows: for buyers, and as a promoter sees it before them.</summary>
public sealed record EventView(CatalogueEvent Event, OrganizationCard Organization, Picker Picker)
{
    /// <summary>A conference's; null: there is nothing to see yet.</summary>
    public Programme? Programme { get; init; }

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public EventTime Ends => EventTime.Of(Event.Ends, Event.TimeZone);

    public Frame Frame => new($"{Event.Title}, {Starts.Local:d MMMM yyyy}, {Event.City}")
    {
        Brand = Organization.Brand,
        Description = Picker.From is { } from ? $"{Event.Lead} Tickets from {Picker.Say(from)}, all fees included." : Event.Lead,
        OnHouse = true,
        Skip = ("tickets", "Skip to tickets"),
        Links = Programme is { } programme ? [("Schedule", programme.Path), ("What’s on", Organization.Brand.Home)] : [("What’s on", Organization.Brand.Home)],
    };
}
