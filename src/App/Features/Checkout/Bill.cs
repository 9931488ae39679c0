using App.Features.Checkout.Contracts;
using App.Features.Shared;

namespace App.Features.Checkout;

/// <summary>What an order costs and what that is made of.</summary>
public sealed record Bill(OrderLine[] Lines, string Currency, string TaxName)
{
    public Price Sum => Lines.Aggregate(default(Price), (sum, l) => sum + l.Each * l.Count);
    /// <summary>A 12, A 13: no name of a seat is broken at a line's end.</summary>
    public static string Seats(IEnumerable<string> seats) => string.Join(", ", seats.Select(s => s.Replace(' ', '\u00a0')));

    public string Say(long minor) => new Money(minor, Currency).ToString();
}
