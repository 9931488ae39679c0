using App.Features.Checkout.Contracts;
using App.Features.Shared;

namespace App.Features.Checkout;

/// <summary>What an order costs and what that is made of.</summary>
public sealed record Bill(OrderLine[] Lines, string Currency, string TaxName)
{
    public Price Sum => Lines.Aggregate(default(Price), (sum, l) => sum + l.Each * l.Count);
    public string Say(long minor) => new Money(minor, Currency).ToString();
}
