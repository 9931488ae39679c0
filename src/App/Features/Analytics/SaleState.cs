using App.Features.Events.Contracts;

namespace App.Features.Analytics;

/// <summary>Where an event's sale stands, in a word.</summary>
public enum SaleState { Draft, NotYet, OnSale, Over }

public static class SaleStates
{
    public static SaleState StateOf(this CatalogueEvent e, DateTimeOffset now) =>
        !e.Published ? SaleState.Draft : e.IsOnSale(now) ? SaleState.OnSale : now < e.Opens ? SaleState.NotYet : SaleState.Over;
}
