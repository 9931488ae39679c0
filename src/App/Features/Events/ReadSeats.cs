using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;

namespace App.Features.Events;

/// <summary>The named seats of a form: whose they are, and what stands against taking some away or giving names to places that had none.</summary>
sealed class ReadSeats
{
    const int Named = 3;
    readonly Dictionary<string, (int Kind, string[] Seats)> byQuota = new(StringComparer.OrdinalIgnoreCase);
    readonly CatalogueEvent before;
    readonly TakenPlaces taken;
    readonly Action<string, string> fault;

    /// <param name="fault">Takes a field and what is wrong with it.</param>
    public ReadSeats(IReadOnlyList<KindForm> kinds, CatalogueEvent before, TakenPlaces taken, Action<string, string> fault)
    {
        (this.before, this.taken, this.fault) = (before, taken, fault);
        for (var i = 0; i < kinds.Count; i++) if (!kinds[i].Remove && !kinds[i].IsBlank && kinds[i].Seats is { } text) Read(i, kinds[i].QuotaName, text);
    }

    void Read(int kind, string quota, string text)
    {
        var rows = SeatRows.Read(text);
        foreach (var (line, message) in rows.Faults) fault(Field(kind), $"Line {line}: {message}");
        if (!byQuota.TryGetValue(quota, out var known) || known.Seats.Length == 0) byQuota[quota] = (rows.Seats.Length > 0 || known.Seats is null ? kind : known.Kind, rows.Seats);
        else if (rows.Seats.Length > 0 && !rows.Seats.SequenceEqual(known.Seats)) fault(Field(kind), $"Kinds that share “{quota}” share its seats: write them at one of them");
    }

    /// <summary>Null: nothing was said of them.</summary>
    public string[]? Of(string quota) => byQuota.TryGetValue(quota, out var known) ? known.Seats : null;

    public IEnumerable<SeatsSet> Facts(Guid eventId, IReadOnlyCollection<QuotaSet> quotas, DateTimeOffset now)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var quota in quotas)
        {
            var had = before.SeatsOf(quota.QuotaId);
            var seats = Of(quota.Name) ?? had;
            foreach (var seat in seats) if (!owners.TryAdd(seat, quota.Name)) { Fault(quota, $"{seat} is a seat of “{owners[seat]}” already"); break; }
            if (seats.SequenceEqual(had)) continue;
            Check(quota, had, seats);
            yield return new(eventId, quota.QuotaId, seats, now);
        }
    }

    void Check(QuotaSet quota, string[] had, string[] seats)
    {
        var gone = had.Except(seats, StringComparer.Ordinal).Where(taken.Seats.Contains).ToArray();
        if (gone.Length > 0) Fault(quota, $"{string.Join(", ", gone.Take(Named))}{(gone.Length > Named ? $" and {gone.Length - Named} more" : "")} {(gone.Length == 1 ? "is" : "are")} held or sold and can’t be taken away. Write {(gone.Length == 1 ? "it" : "them")} in again");
        var nameless = taken.Quotas.GetValueOrDefault(quota.QuotaId) is var places ? places.Held + places.Sold : 0;
        if (had.Length == 0 && nameless > 0) Fault(quota, $"{nameless} {(nameless == 1 ? "place is" : "places are")} held or sold without a seat. Give the seats to a new ticket");
    }

    void Fault(QuotaSet quota, string message) => fault(Field(byQuota.TryGetValue(quota.Name, out var known) ? known.Kind : 0), message);

    static string Field(int kind) => $"kinds[{kind}].seats";
}
