using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using Microsoft.Extensions.Primitives;

namespace App.Features.Checkout;

/// <summary>One kind of ticket in the picker.</summary>
/// <param name="Error">What is wrong with it.</param>
/// <param name="Typed">What the buyer typed, kept even when it is no number.</param>
public sealed record PickerRow(TicketType Type, Price Price, Availability Available, string Typed, int Count, Refused? Error)
{
    public string Field => Picker.FieldOf(Type.Id);
    public bool IsGone => Available.Left == 0;

    /// <summary>How many were asked for, also when there aren't so many.</summary>
    public int Wanted { get; init; } = Count;
}

/// <summary>The ticket picker: what there is, what the buyer wants, what it costs. Prices are worked out here, from the catalogue, whatever a form says.</summary>
public sealed record Picker(CatalogueEvent Event, IReadOnlyList<PickerRow> Rows, bool OnSale, Inventory Inventory, DateTimeOffset Now)
{
    public const string Prefix = "t-";
    public static string FieldOf(Guid typeId) => Prefix + typeId.ToString("N");

    /// <summary>What can be had in the place of a choice that can't.</summary>
    public IReadOnlyList<Offer> Instead => OnSale ? Checkout.Instead.Of(Event, type => Rows.First(r => r.Type.Id == type.Id).Wanted, Inventory) : [];

    /// <summary>The event's page; empty where nobody can buy.</summary>
    public string EventPath { get; init; } = "";

    public int Count => Rows.Sum(r => r.Count);
    public bool IsSoldOut => Rows.All(r => r.IsGone);
    public Price Price => Rows.Aggregate(default(Price), (sum, r) => sum + r.Price * r.Count);
    public string Say(long minor) => new Money(minor, Event.Currency).ToString();

    /// <summary>The lowest price that isn't nothing; 0 when all that is left is free, null when nothing is left.</summary>
    public long? From => Rows.Where(r => !r.IsGone).OrderBy(r => r.Price.Gross == 0).ThenBy(r => r.Price.Gross).Select(r => (long?)r.Price.Gross).FirstOrDefault();

    public IReadOnlyList<Wanted> Wanted => [.. Rows.Where(r => r.Count > 0).Select(r => new Wanted(r.Type.Id, r.Count))];

    /// <summary>The same of fields that nobody looks at again; what is no ticket or no number is left out.</summary>
    public static IReadOnlyList<Wanted> WantedOf(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        [.. fields.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(f => Guid.TryParseExact(f.Key[Prefix.Length..], "N", out var type) && int.TryParse(f.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new Wanted(type, count) : null).OfType<Wanted>()];

    /// <param name="typed">The fields by name; anything may stand there.</param>
    public static Picker Of(CatalogueEvent e, Inventory inventory, DateTimeOffset now, Func<string, StringValues> typed)
    {
        var rows = e.Types.Select(type => Row(e, type, Availability.Of(type, inventory), typed(FieldOf(type.Id)).ToString()));
        // What is to be had comes first.
        return new(e, [.. rows.OrderBy(r => r.IsGone)], e.IsOnSale(now), inventory, now);
    }

    static PickerRow Row(CatalogueEvent e, TicketType type, Availability available, string typed)
    {
        var price = e.PriceOf(type);
        if (typed.Length == 0) return new(type, price, available, "0", 0, null);
        if (!int.TryParse(typed, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || count < 0)
            return new(type, price, available, typed, 0, new Refused("picker.enter-number", available.Left));
        if (count > available.Left) return new(type, price, available, typed, 0, available.Left == 0 ? new Refused("picker.kind-gone", type.Name) : new Refused("picker.only", available.Left)) { Wanted = count };
        return new(type, price, available, count.ToString(CultureInfo.InvariantCulture), count, null);
    }

    /// <summary>The picker with one more or one fewer of a kind, as a stepper's button asks.</summary>
    public IReadOnlyDictionary<string, string> Stepped(string? more, string? fewer) => Rows.ToDictionary(r => r.Field, r =>
    {
        var by = r.Type.Id.ToString("N") == more ? 1 : r.Type.Id.ToString("N") == fewer ? -1 : 0;
        return Math.Clamp(r.Count + by, 0, r.Available.Left).ToString(CultureInfo.InvariantCulture);
    });
}
