using System.ComponentModel.DataAnnotations;
using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;

namespace App.Features.Events;

/// <summary>One kind of ticket as a promoter types it.</summary>
public sealed class KindForm
{
    public Guid? Id { get; set; }
    public string? Name { get; set; }
    public string? What { get; set; }
    public string? Price { get; set; }
    public string? Places { get; set; }

    /// <summary>The name of a number of places; kinds that name the same one share it. Empty: its own.</summary>
    public string? Quota { get; set; }

    public string? Most { get; set; }

    /// <summary>Rows of named seats. Null: the form doesn’t ask; empty: none.</summary>
    [DisplayFormat(ConvertEmptyStringToNull = false)] public string? Seats { get; set; }

    public bool Remove { get; set; }

    public bool IsBlank => Id is null && string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Price) && string.IsNullOrWhiteSpace(Places);
    public string QuotaName => string.IsNullOrWhiteSpace(Quota) ? Name?.Trim() ?? "" : Quota.Trim();
}

/// <summary>An event as a promoter types it. Every field is text until it is understood; what isn't is said beside it, and stays as it was typed.</summary>
public sealed class EventForm
{
    public string? Title { get; set; }

    /// <summary>Asked when an event is made.</summary>
    public bool IsConference { get; set; }

    public string? Eyebrow { get; set; }
    public string? Lead { get; set; }
    public string? Description { get; set; }
    public string? RefundRule { get; set; }

    /// <summary>The artwork’s address. Null: the form doesn’t ask; empty: none.</summary>
    [DisplayFormat(ConvertEmptyStringToNull = false)] public string? Art { get; set; }
    [DisplayFormat(ConvertEmptyStringToNull = false)] public string? ArtText { get; set; }

    /// <summary>The organization’s colour.</summary>
    public string? Hue { get; set; }
    public string? Venue { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? Zone { get; set; }

    /// <summary>Null: the form doesn’t ask.</summary>
    public string? Language { get; set; }

    public string? Doors { get; set; }
    public string? Starts { get; set; }
    public string? Ends { get; set; }
    public string? Currency { get; set; }
    public string? FeeRate { get; set; }
    public string? FeeFlat { get; set; }
    public bool FeeOnTop { get; set; }
    public string? TaxRate { get; set; }
    public string? TaxName { get; set; }
    public string? Opens { get; set; }
    public string? Closes { get; set; }
    public string? HoldMinutes { get; set; }
    public string? Delivery { get; set; }
    public string? DeliveryDate { get; set; }
    public string? DeliveryHours { get; set; }
    public List<KindForm> Kinds { get; set; } = [];

    public static IReadOnlyList<string> Currencies { get; } = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY"];
    public static IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id == "UTC" || (id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <param name="hue">The organization’s.</param>
    public static EventForm Of(CatalogueEvent e, int hue)
    {
        string Local(DateTimeOffset at) => EventTime.Of(at, e.TimeZone).Local.ToString(DateTimes.Format, CultureInfo.InvariantCulture);
        return new()
        {
            Hue = hue.ToString(CultureInfo.InvariantCulture), Art = e.Art, ArtText = e.ArtText, Title = e.Title, Eyebrow = e.Eyebrow, Lead = e.Lead, Description = e.Description, RefundRule = e.RefundRule, Venue = e.Venue, Address = e.Address, City = e.City, Zone = e.TimeZone, Language = e.Language.Code,
            Doors = Local(e.Doors), Starts = Local(e.Starts), Ends = Local(e.Ends), Currency = e.Currency,
            FeeRate = Percent(e.Prices.FeeRate), FeeFlat = Amounts.Write(e.Prices.FeeFlat, e.Currency), FeeOnTop = e.Prices.FeeOnTop, TaxRate = Percent(e.Prices.TaxRate), TaxName = e.Prices.TaxName,
            Opens = e.Opens is { } opens ? Local(opens) : null, Closes = e.Closes is { } closes ? Local(closes) : null, HoldMinutes = e.HoldMinutes.ToString(CultureInfo.InvariantCulture),
            Delivery = e.Delivery.Kind.ToString(), DeliveryDate = e.Delivery.Date is { } date ? Local(date) : null, DeliveryHours = e.Delivery.Hours?.ToString(CultureInfo.InvariantCulture),
            Kinds = [.. e.Types.Select(t => Kind(t, e))],
        };
    }

    static KindForm Kind(TicketType type, CatalogueEvent e)
    {
        var quota = e.Quotas.Find(q => q.Id == type.Quotas.FirstOrDefault());
        return new()
        {
            Id = type.Id, Name = type.Name, What = type.What, Price = Amounts.Write(type.Amount, e.Currency), Places = quota?.Capacity.ToString(CultureInfo.InvariantCulture),
            // Kinds that share seats show them once.
            Seats = quota is null || e.Types.Find(t => t.Quotas.FirstOrDefault() == quota.Id) != type ? "" : SeatRows.Write(e.SeatsOf(quota.Id)),
            Quota = quota is null || quota.Name == type.Name ? null : quota.Name, Most = type.MaxPerOrder.ToString(CultureInfo.InvariantCulture),
        };
    }

    static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>Amounts as people type them.</summary>
static class Amounts
{
    public static string Write(long minor, string currency) => (minor / (decimal)Math.Pow(10, Money.Digits(currency))).ToString("F" + Money.Digits(currency), CultureInfo.InvariantCulture);

    /// <summary>"12", "12.50" and "12,50". Null: no amount, or finer than the currency is.</summary>
    public static long? Read(string? text, string currency)
    {
        var clean = (text ?? "").Trim().Replace(',', '.');
        if (clean.Length == 0) return 0;
        if (!decimal.TryParse(clean, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > 1_000_000) return null;
        var minor = amount * (decimal)Math.Pow(10, Money.Digits(currency));
        return minor == decimal.Truncate(minor) ? (long)minor : null;
    }
}
