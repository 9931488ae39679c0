using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>A hold as its page says it: until when, how much is left, and once it has ended whether the same places are still to be had.</summary>
/// <param name="EventPath">Where to choose again.</param>
/// <param name="IsChanged">Ended, and what was held isn't sold like that any more: another price, off sale, or gone.</param>
public sealed record HoldState(string Token, string EventPath, EventTime Until, long MillisecondsLeft, int MinutesInAll, bool Ended, bool CanRetake, bool IsChanged)
{
    public int MinutesLeft => (int)Math.Ceiling(MillisecondsLeft / 60_000.0);

    /// <summary>What can be had in the place of what is gone.</summary>
    public IReadOnlyList<Offer> Instead { get; init; } = [];
    public string Currency { get; init; } = "";

    /// <summary>From here on the page warns; the buyer has at least a minute to extend (WCAG 2.2.1).</summary>
    public bool IsSoon => !Ended && MinutesLeft <= 2;

    public static HoldState Of(Order order, CatalogueEvent e, OrganizationCard organization, HotStream<Inventory> inventory, DateTimeOffset now, string token)
    {
        // The inventory ends holds a moment after their time: the later of the two is the buyer's.
        var ended = now > order.Until && !inventory.State.Holds.ContainsKey(order.Id);
        var changed = ended && !ExtendHoldHandler.IsStillOffered(order.Lines, e, now);
        var retake = ended && !changed && HoldPlacesHandler.Missing(HoldPlacesHandler.PlacesOf(order.Lines), inventory.State) is null;
        var left = Math.Max(0, (long)(order.Until - now).TotalMilliseconds);
        return new(token, $"/e/{organization.Slug}/{e.Slug}", EventTime.Of(order.Until, e.TimeZone), left, Math.Max(e.HoldMinutes, (int)Math.Ceiling(left / 60_000.0)), ended, retake, changed)
        {
            Instead = ended && !retake && e.IsOnSale(now) ? Checkout.Instead.Of(e, type => order.Lines.Where(l => l.TicketTypeId == type.Id).Sum(l => l.Count), inventory.State, again: changed) : [],
            Currency = e.Prices.Currency,
        };
    }
}
