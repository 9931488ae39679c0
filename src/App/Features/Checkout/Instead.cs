using System.Globalization;
using App.Features.Events.Contracts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace App.Features.Checkout;

/// <summary>What may be taken in the place of what is gone.</summary>
/// <param name="Price">Of these.</param>
/// <param name="Wanted">With whatever else was chosen.</param>
/// <param name="Total">Of all that.</param>
public sealed record Offer(TicketType Type, int Count, long Price, IReadOnlyList<Wanted> Wanted, long Total);

/// <summary>The nearest to a choice that can't be had (ux.md U9): fewer of the same, and as many of other kinds, the nearest in price first. Only what could be held as a whole is offered.</summary>
public static class Instead
{
    /// <summary>The form's field that a button of an offer fills.</summary>
    public const string Field = "instead";

    const int MostKinds = 2;

    /// <summary>Empty: all of it can be had, or nothing else can.</summary>
    /// <param name="again">Its price has changed: all of it is an offer too.</param>
    public static IReadOnlyList<Offer> Of(CatalogueEvent e, Func<TicketType, int> wanted, Inventory state, bool again = false)
    {
        int[] all = [.. e.Types.Select(wanted)], most = [.. e.Types.Select((t, i) => Math.Min(all[i], t.MaxPerOrder))];
        var had = new int[all.Length];
        for (var i = 0; i < all.Length; i++) had = More(i, most[i], had);
        var gone = Array.FindIndex(had.Zip(all).ToArray(), n => n.First < n.Second);
        if (gone < 0) return again && Array.FindIndex(had, n => n > 0) is >= 0 and var first ? [Made(first, had)] : [];

        var (offers, rest) = (new List<Offer>(), With(had, gone, 0));
        if (had[gone] > 0) offers.Add(Made(gone, had));
        // What only an order may not have so many of isn't gone.
        if (had[gone] < most[gone])
            offers.AddRange(Enumerable.Range(0, all.Length).Where(i => i != gone && had[i] == all[i])
                .Select(i => (Kind: i, Had: More(i, Math.Min(rest[i] + most[gone], e.Types[i].MaxPerOrder), rest))).Where(o => o.Had[o.Kind] > rest[o.Kind])
                .OrderByDescending(o => o.Had[o.Kind] - rest[o.Kind]).ThenBy(o => Math.Abs(PriceOf(o.Kind) - PriceOf(gone))).ThenBy(o => PriceOf(o.Kind))
                .Take(MostKinds).Select(o => Made(o.Kind, o.Had)));
        return offers;

        // As many of a kind as can be had beside the others, so many at the most.
        int[] More(int kind, int most, int[] beside)
        {
            var n = most;
            while (n > beside[kind] && !IsToBeHad(With(beside, kind, n))) n--;
            return With(beside, kind, Math.Max(n, beside[kind]));
        }

        bool IsToBeHad(int[] counts) => HoldPlacesHandler.Decide(Guid.Empty, [.. e.Types.Zip(counts).Where(c => c.Second > 0).Select(c => new Contracts.Places(c.First.Quotas, c.Second, c.First.Seated ? [] : null))], default, state).Accepted;

        Offer Made(int kind, int[] counts) => new(e.Types[kind], counts[kind], counts[kind] * PriceOf(kind), [.. e.Types.Zip(counts).Where(c => c.Second > 0).Select(c => new Wanted(c.First.Id, c.Second))], counts.Select((n, i) => n * PriceOf(i)).Sum());

        long PriceOf(int kind) => e.PriceOf(e.Types[kind]).Gross;
    }

    /// <summary>What an offer's button says to the server: the picker's fields.</summary>
    public static string Write(Offer offer) => string.Join('&', offer.Wanted.Select(w => string.Create(CultureInfo.InvariantCulture, $"{Picker.FieldOf(w.TicketTypeId)}={w.Count}")));

    /// <summary>The picker's fields, whatever was sent.</summary>
    public static IReadOnlyDictionary<string, StringValues> Fields(StringValues said) => QueryHelpers.ParseQuery(said.ToString());

    static int[] With(int[] counts, int kind, int n)
    {
        int[] changed = [.. counts];
        changed[kind] = n;
        return changed;
    }
}
