using App.Features.Events.Contracts;
using App.Features.Shared;

namespace App.Features.Events;

/// <summary>One difference in words. Empty old: it is new; empty new: it goes.</summary>
public sealed record EventChange(string What, string Old, string New, string Effect = "");

/// <summary>What saving would change, as people read it: two states compared.</summary>
public static class EventChanges
{
    public static IReadOnlyList<EventChange> Of(CatalogueEvent a, CatalogueEvent b)
    {
        var changes = new List<EventChange>();
        void Put(string what, string old, string fresh, string effect = "") { if (old != fresh) changes.Add(new(what, Short(old), Short(fresh), effect)); }
        string At(DateTimeOffset? at, string zone) => at is { } t && t != default ? EventTime.Of(t, zone) is var e ? $"{e.ShortDay}, {e.Clock}" : "" : "";

        Put("Name", a.Title, b.Title);
        Put("Above the name", a.Eyebrow, b.Eyebrow);
        Put("One line", a.Lead, b.Lead);
        Put("About", a.Description, b.Description);
        Put("Artwork", Art(a), Art(b));
        Put("Artwork, in words", a.ArtText, b.ArtText);
        Put("Refund rule", a.RefundRule, b.RefundRule, "Counts for orders from now on.");
        Put("Place", a.Venue, b.Venue);
        Put("Address", a.Address, b.Address);
        Put("City", a.City, b.City);
        Put("Time zone", a.TimeZone, b.TimeZone);
        Put("Doors", At(a.Doors, a.TimeZone), At(b.Doors, b.TimeZone), "Tickets and calendars show it. Tickets that wait for doors move with them.");
        Put("Start", At(a.Starts, a.TimeZone), At(b.Starts, b.TimeZone));
        Put("End", At(a.Ends, a.TimeZone), At(b.Ends, b.TimeZone));
        Put("Fees and tax", Rules(a), Rules(b), "Sold tickets keep their price.");
        Put("Sales open", At(a.Opens, a.TimeZone), At(b.Opens, b.TimeZone));
        Put("Sales close", At(a.Closes, a.TimeZone), At(b.Closes, b.TimeZone));
        Put("Held for", $"{a.HoldMinutes} min", $"{b.HoldMinutes} min");
        Put("Tickets go out", Delivery(a), Delivery(b));
        Put("Language of mails", a.Language.Name, b.Language.Name, "For people whose own we don’t know.");
        foreach (var type in b.Types)
        {
            if (a.Type(type.Id) is not { } had) { changes.Add(new($"Ticket {type.Name}", "", $"{Price(b, type)}, {Places(b, type)}")); continue; }
            Put($"{type.Name}, name", had.Name, type.Name, "Sold tickets keep theirs.");
            Put($"{type.Name}, buyer pays", Price(a, had), Price(b, type), "Sold tickets keep their price.");
            Put($"{type.Name}, words", had.What, type.What);
            Put($"{type.Name}, at most per order", $"{had.MaxPerOrder}", $"{type.MaxPerOrder}");
            Put($"{type.Name}, places", Places(a, had), Places(b, type), "Places held or sold are never taken away.");
        }
        foreach (var quota in b.Quotas) Put($"{quota.Name}, seats", Seats(a, quota.Id), Seats(b, quota.Id), "Sold tickets keep their seat.");
        foreach (var type in a.Types.Where(t => b.Type(t.Id) is null)) changes.Add(new($"Ticket {type.Name}", Price(a, type), "", "Sold ones stay valid."));
        return changes;
    }

    /// <summary>The colour is the organization’s, so it is no part of an event.</summary>
    public static IEnumerable<EventChange> Colour(int old, int? fresh, string organization)
    {
        if (fresh is { } hue && hue != old) yield return new("Colour", $"hue {old}", $"hue {hue}", $"Counts at once for every page of {organization}.");
    }

    static string Art(CatalogueEvent e) => e.Art.Length == 0 ? "" : e.Art.StartsWith(EventArt.Uploaded, StringComparison.Ordinal) ? "picture " + e.Art[EventArt.Uploaded.Length..][..6] : "drawing " + Path.GetFileNameWithoutExtension(e.Art);

    static string Seats(CatalogueEvent e, Guid quotaId) => e.SeatsOf(quotaId) is { Length: > 0 } seats ? $"{seats.Length}: {SeatRows.Write(seats).Replace("\n", "; ", StringComparison.Ordinal)}" : "";

    static string Price(CatalogueEvent e, TicketType type) => e.PriceOf(type).Gross is > 0 and var gross ? new Money(gross, e.Currency).ToString() : "Free";

    static string Places(CatalogueEvent e, TicketType type) => string.Join(" and ", type.Quotas.Select(id => e.Quotas.Find(q => q.Id == id)).OfType<Quota>().Select(q => q.Name == type.Name ? $"{q.Capacity} places" : $"{q.Capacity} places of “{q.Name}”"));

    static string Rules(CatalogueEvent e) => e.Prices is var p && p.FeeRate == 0 && p.FeeFlat == 0 && p.TaxRate == 0 ? "none"
        : FormattableString.Invariant($"fee {p.FeeRate / 100m:0.##} % and {new Money(p.FeeFlat, e.Currency)}, {(p.FeeOnTop ? "on top" : "included")}; {(p.TaxName.Length > 0 ? p.TaxName : "tax")} {p.TaxRate / 100m:0.##} %");

    static string Delivery(CatalogueEvent e) => e.Delivery switch
    {
        { Kind: DeliveryKind.AtDate, Date: { } date } => EventTime.Of(date, e.TimeZone) is var t ? $"{t.ShortDay}, {t.Clock}" : "",
        { Kind: DeliveryKind.BeforeDoors, Hours: { } hours } => $"{hours} hours before doors",
        _ => "at once",
    };

    static string Short(string text) => text.Length <= 120 ? text : text[..117] + "…";
}
