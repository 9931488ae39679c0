namespace App.Features.Shared;

/// <summary>How an event's prices are made. Rates are basis points (600 = 6 %), amounts minor units of the event's currency.</summary>
/// <param name="FeeOnTop">True: the buyer pays the fee on top of the promoter's price, inside the one price shown. False: the promoter's price is the whole price and the fee comes out of it.</param>
public sealed record PriceRules(string Currency, int FeeRate, long FeeFlat, bool FeeOnTop, int TaxRate, string TaxName)
{
    public static PriceRules None(string currency) => new(currency, 0, 0, false, 0, "");
}

/// <summary>One ticket's price and what it is made of: net + fee + tax = gross, to the minor unit.</summary>
public readonly record struct Price(long Net, long Fee, long Tax)
{
    public long Gross => Net + Fee + Tax;
    public static Price operator *(Price p, int n) => new(p.Net * n, p.Fee * n, p.Tax * n);
    public static Price operator +(Price a, Price b) => new(a.Net + b.Net, a.Fee + b.Fee, a.Tax + b.Tax);
}

/// <summary>
/// The one price engine: event page, cart, payment, receipt, report and refund all ask it. A price is worked out per ticket and multiplied, so the first number
/// shown times the quantity is the last total (16 CFR 464: the total, fees included, comes first). Halves round up.
/// </summary>
public static class Pricing
{
    public static Price Of(long amount, PriceRules rules)
    {
        if (amount <= 0) return default; // free tickets carry no fee
        if (rules.FeeOnTop)
        {
            var fee = Share(amount, rules.FeeRate) + rules.FeeFlat;
            return new(amount, fee, Share(amount + fee, rules.TaxRate));
        }
        var tax = amount - Divide(checked(amount * 10_000), 10_000 + rules.TaxRate);
        var taken = Math.Min(Share(amount, rules.FeeRate) + rules.FeeFlat, amount - tax);
        return new(amount - tax - taken, taken, tax);
    }

    static long Share(long amount, int rate) => Divide(checked(amount * rate), 10_000);
    static long Divide(long amount, long by) => (amount + by / 2) / by;
}
