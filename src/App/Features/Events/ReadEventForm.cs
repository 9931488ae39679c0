using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Web;

namespace App.Features.Events;

/// <summary>Understands what was typed: the command that it means, or what is to be put right, by field.</summary>
/// <param name="taken">What is held or sold, and so can’t be taken away.</param>
public sealed class ReadEventForm(EventForm form, CatalogueEvent before, DateTimeOffset now, TakenPlaces? taken = null)
{
    readonly List<(string Field, string Message)> faults = [];
    readonly string zone = before.Id == Guid.Empty || form.Zone is { Length: > 0 } ? form.Zone ?? "UTC" : before.TimeZone;
    readonly string currency = before.Id == Guid.Empty ? form.Currency ?? "EUR" : before.Currency;

    public IReadOnlyList<(string Field, string Message)> Faults => faults;

    public SaveEvent Read(Guid eventId, Guid organizationId, string slug)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) Fault("zone", "Choose the time zone of the place");
        if (!EventForm.Currencies.Contains(currency) && currency != before.Currency) Fault("currency", "Choose a currency");
        if (form.Language is { } code && Language.Find(code) is null) Fault("language", "Choose one of the languages");
        var title = Text("title", form.Title, 200, "Enter what people know the event by");
        var seats = new ReadSeats(form.Kinds, before, taken ?? TakenPlaces.None, Fault);
        var (types, quotas, removed) = Kinds(eventId, seats);
        return new(eventId, organizationId, slug, title, currency, zone)
        {
            Description = new(title, Text("eyebrow", form.Eyebrow, 100), Text("lead", form.Lead, 300), Kept(before.Description, Text("description", form.Description, 20_000)), form.Art ?? before.Art, form.ArtText is null ? before.ArtText : Text("artText", form.ArtText, 300), Text("refundRule", form.RefundRule, 500), now),
            Place = new(Text("venue", form.Venue, 200, "Enter the name of the place"), Text("address", form.Address, 300), Text("city", form.City, 100), now),
            Dates = Dates(eventId), Prices = Prices(), Types = types, Quotas = quotas, Seats = [.. seats.Facts(eventId, quotas, now)], RemovedTypes = removed, Window = Window(), Delivery = Delivered(eventId),
            Language = form.Language,
            Hue = string.IsNullOrWhiteSpace(form.Hue) ? null : Number("hue", form.Hue, 0, 359, "Choose a hue from 0 to 359"),
        };
    }

    /// <summary>The parts without a fault, for a look at the rest.</summary>
    public SaveEvent Understood(SaveEvent save)
    {
        bool Fine(params string[] fields) => !faults.Exists(f => fields.Contains(f.Field.Split('[')[0]));
        var kinds = Fine("kinds");
        return save with
        {
            Description = Fine("title", "eyebrow", "lead", "description", "artText", "refundRule") ? save.Description : null, Place = Fine("venue", "address", "city") ? save.Place : null,
            Dates = Fine("doors", "starts", "ends", "zone") ? save.Dates : null, Prices = Fine("feeRate", "feeFlat", "taxRate", "taxName") ? save.Prices : null,
            Types = kinds ? save.Types : [], Quotas = kinds ? save.Quotas : [], Seats = kinds ? save.Seats : [], RemovedTypes = kinds ? save.RemovedTypes : [],
            Window = Fine("opens", "closes", "holdMinutes") ? save.Window : null, Delivery = Fine("deliveryDate", "deliveryHours") ? save.Delivery : null, Hue = Fine("hue") ? save.Hue : null, Language = Fine("language") ? save.Language : null,
        };
    }

    EventDated Dates(Guid eventId)
    {
        var starts = Time("starts", form.Starts, "Enter the day and time it starts") ?? default;
        var ends = Time("ends", form.Ends, "Enter the day and time it ends") ?? default;
        var doors = string.IsNullOrWhiteSpace(form.Doors) ? starts : Time("doors", form.Doors, "Enter the day and time doors open, or leave it empty") ?? starts;
        if (starts != default && ends != default && ends <= starts) Fault("ends", "Choose an end after the start");
        if (starts != default && doors > starts) Fault("doors", "Doors open before the start, or at it");
        return new(eventId, doors, starts, ends, zone, now);
    }

    PricesRuled Prices() => new(Percent("feeRate", form.FeeRate), Amount("feeFlat", form.FeeFlat), form.FeeOnTop, Percent("taxRate", form.TaxRate), Text("taxName", form.TaxName, 20), now);

    SaleWindowSet Window()
    {
        var opens = string.IsNullOrWhiteSpace(form.Opens) ? null : Time("opens", form.Opens, "Enter the day and time sales open, or leave it empty");
        var closes = string.IsNullOrWhiteSpace(form.Closes) ? null : Time("closes", form.Closes, "Enter the day and time sales close, or leave it empty");
        if (closes <= opens) Fault("closes", "Choose a time after sales open");
        return new(opens, closes, string.IsNullOrWhiteSpace(form.HoldMinutes) ? 15 : Number("holdMinutes", form.HoldMinutes, 1, 60, "Enter 1 to 60 minutes"), now);
    }

    DeliveryRuled Delivered(Guid eventId) => form.Delivery switch
    {
        nameof(DeliveryKind.AtDate) => new(eventId, DeliveryKind.AtDate, Time("deliveryDate", form.DeliveryDate, "Enter the day and time tickets go out"), null, now),
        nameof(DeliveryKind.BeforeDoors) => new(eventId, DeliveryKind.BeforeDoors, null, Number("deliveryHours", form.DeliveryHours, 1, 2_000, "Enter how many hours before doors"), now),
        _ => new(eventId, DeliveryKind.AtOnce, null, null, now),
    };

    (TicketTypeSet[] Types, QuotaSet[] Quotas, TicketTypeRemoved[] Removed) Kinds(Guid eventId, ReadSeats seats)
    {
        var (types, quotas, removed) = (new List<TicketTypeSet>(), new Dictionary<string, QuotaSet>(StringComparer.OrdinalIgnoreCase), new List<TicketTypeRemoved>());
        for (var i = 0; i < form.Kinds.Count; i++)
        {
            var kind = form.Kinds[i];
            var known = kind.Id is { } id ? before.Type(id) : null;
            if (kind.Remove && known is not null) removed.Add(new(known.Id, now));
            if (kind.Remove || kind.IsBlank) continue;
            var name = Text($"kinds[{i}].name", kind.Name, 100, "Name this ticket");
            // Named seats are counted; otherwise a number says how many.
            var rows = seats.Of(kind.QuotaName) ?? (known is null ? [] : before.SeatsOf(known.Quotas.FirstOrDefault()));
            var places = rows.Length > 0 ? rows.Length : Number($"kinds[{i}].places", kind.Places, 0, 1_000_000, "Enter how many there are, as a number");
            var quota = QuotaOf(eventId, kind.QuotaName, known, places, quotas);
            if (quota.Capacity != places && Faultless(i)) Fault($"kinds[{i}].places", $"Kinds that share “{quota.Name}” share one number: enter {quota.Capacity} here too");
            // Places beyond the first quota (a limit shared in another way) stay as they are.
            var others = known?.Quotas.Skip(1).Where(q => q != quota.QuotaId) ?? [];
            types.Add(new(known?.Id ?? Ids.From(eventId, $"type-{name}-{i}-{now.UtcTicks}"), name, Text($"kinds[{i}].what", kind.What, 300), Price($"kinds[{i}].price", kind.Price), [quota.QuotaId, .. others],
                string.IsNullOrWhiteSpace(kind.Most) ? 10 : Number($"kinds[{i}].most", kind.Most, 1, 100, "Enter 1 to 100"), i + 1, rows.Length > 0, now));
        }
        if (types.Count == 0) Fault("kinds[0].name", "Name at least one ticket");
        return ([.. types], [.. quotas.Values], [.. removed]);
    }

    long Price(string field, string? text)
    {
        var price = Amount(field, text);
        if (price > 0 && price < LeastCharge.Of(currency)) Fault(field, $"Enter 0 for a free ticket, or at least {new Money(LeastCharge.Of(currency), currency)}: no card is charged less");
        return price;
    }

    bool Faultless(int kind) => !faults.Exists(f => f.Field.StartsWith($"kinds[{kind}]", StringComparison.Ordinal));

    QuotaSet QuotaOf(Guid eventId, string name, TicketType? type, int places, Dictionary<string, QuotaSet> quotas)
    {
        if (quotas.TryGetValue(name, out var shared)) return shared;
        var own = before.Quotas.Find(q => q.Id == type?.Quotas.FirstOrDefault());
        // Its own one under a new name keeps what was sold; the name of another kind's joins that one.
        var found = before.Quotas.Find(q => string.Equals(q.Name, name, StringComparison.OrdinalIgnoreCase)) ?? (own is not null && before.Types.Count(t => t.Quotas.Contains(own.Id)) == 1 ? own : null);
        return quotas[name] = new(eventId, found?.Id ?? Ids.From(eventId, $"quota-{name}-{now.UtcTicks}"), name, places, now);
    }

    void Fault(string field, string message) => faults.Add((field, message));

    string Text(string field, string? text, int most, string? whenEmpty = null)
    {
        var clean = Clean(text);
        if (clean.Length == 0 && whenEmpty is not null) Fault(field, whenEmpty);
        if (clean.Length > most) Fault(field, $"Use at most {most} letters");
        return clean;
    }

    static string Clean(string? text) => new string([.. (text ?? "").Normalize().ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]).Trim();

    /// <summary>A browser sends other line ends than we keep: what reads the same is no change.</summary>
    static string Kept(string before, string fresh) => Clean(before) == fresh ? before : fresh;

    DateTimeOffset? Time(string field, string? text, string message)
    {
        var at = DateTimes.Read(text, zone);
        if (at is null) Fault(field, message);
        return at;
    }

    long Amount(string field, string? text)
    {
        if (Amounts.Read(text, currency) is { } minor) return minor;
        Fault(field, $"Enter an amount like {Amounts.Write(1250, currency)}");
        return 0;
    }

    int Percent(string field, string? text)
    {
        var clean = (text ?? "").Trim().TrimEnd('%').Trim().Replace(',', '.');
        if (clean.Length == 0) return 0;
        if (decimal.TryParse(clean, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 50 && decimal.Round(percent, 2) == percent) return (int)(percent * 100);
        Fault(field, "Enter a share from 0 to 50 %");
        return 0;
    }

    int Number(string field, string? text, int least, int most, string message)
    {
        if (int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(field, message);
        return least;
    }
}
