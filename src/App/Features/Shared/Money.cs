using App.Infrastructure.Web;

namespace App.Features.Shared;

/// <summary>An amount in a currency's minor units (cents, yen, fils). Never a fraction, never a float; ISO 4217 says how many digits a currency has.</summary>
public readonly record struct Money(long Minor, string Currency)
{
    public static Money Zero(string currency) => new(0, currency);
    public bool IsZero => Minor == 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Minor), Same(a, b));
    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Minor), Same(a, b));
    public static Money operator *(Money a, int times) => new(checked(a.Minor * times), a.Currency);

    static string Same(Money a, Money b) => a.Currency == b.Currency ? a.Currency
        : throw new InvalidOperationException($"{a.Currency} and {b.Currency} can't be added.");

    /// <summary>Digits after the point by ISO 4217 for the currencies that differ from two.</summary>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>What stands before and behind a sum: €104.00, CHF 12.50; in most of Europe 104,00 €.</summary>
    public static (string Before, string After) Symbol(string currency)
    {
        var symbol = currency switch { "EUR" => "€", "USD" => "$", "GBP" => "£", "JPY" => "¥", _ => currency };
        return Language.Current.SymbolLast ? ("", "\u00a0" + symbol) : (symbol == currency ? symbol + " " : symbol, "");
    }

    /// <summary>€104.00, ¥5,200, CHF 12.50: the way a price is written everywhere in Foyer, in the page's language.</summary>
    public override string ToString()
    {
        var digits = Digits(Currency);
        var (before, after) = Symbol(Currency);
        return (Minor < 0 ? "−" : "") + before + Language.Current.Write(Math.Abs(Minor) / (decimal)Math.Pow(10, digits), digits) + after;
    }
}
