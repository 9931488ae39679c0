using System.Diagnostics.Metrics;

namespace App.Infrastructure.Store;

/// <summary>Meter <c>Foyer.Store</c>: units, commits, lost races.</summary>
sealed class StoreMetrics
{
    static readonly Meter Meter = new("Foyer.Store");
    static readonly Counter<long> Units = Meter.CreateCounter<long>("foyer.store.units", "{unit}", "Units of work committed or answered");
    static readonly Counter<long> Batches = Meter.CreateCounter<long>("foyer.store.batches", "{transaction}", "Transactions that carried them");
    static readonly Counter<long> Races = Meter.CreateCounter<long>("foyer.store.lost_races", "{unit}", "Units refused because somebody was faster");

    public void Count(int units) { Units.Add(units); Batches.Add(1); }
    public void Lost() => Races.Add(1);
}
