using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

/// <summary>A hold's page needs these; read once a request.</summary>
public sealed record CheckoutCart(Order Order, CatalogueEvent Event, OrganizationCard Organization, HoldState Hold, bool IsTouched)
{
    /// <summary>Null: the token isn't ours, or nothing stands behind it.</summary>
    public static async Task<CheckoutCart?> Find(IServiceProvider services, string token, CancellationToken ct)
    {
        if (services.GetRequiredService<OrderLinks>().Read(token) is not { } id) return null;
        var (order, version) = await services.GetRequiredService<QuerySession>().Fold<Order>(id, ct);
        if (version == 0 || await services.GetRequiredService<EventCatalogue>().Find(order.EventId) is not { } e) return null;
        if (await services.GetRequiredService<OrganizationDirectory>().Find(order.OrganizationId, ct) is not { } organization) return null;
        var inventory = await services.GetRequiredService<HotStreams<Inventory>>().Get(InventoryId.Of(e.Id));
        return new(order, e, organization, HoldState.Of(order, e, organization, inventory, services.GetRequiredService<TimeProvider>().GetUtcNow(), token), version > 1);
    }
}

/// <summary>
/// A checkout that has just begun: nothing typed, nothing refused, the hold running. Who holds the same tickets of the same event in the same minute sees the same page, but for its address and the milliseconds of the hold.
/// </summary>
public sealed class FreshCheckout(StripeClient stripe) : IFilledPage
{
    sealed record Key(CatalogueEvent Event, OrganizationCard Organization, string Lines, string Until, int MinutesLeft, int MinutesInAll)
    {
        // The catalogue's entries are never changed in place: the same one is the same object.
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Event, other.Event) && Organization == other.Organization && Lines == other.Lines && Until == other.Until && MinutesLeft == other.MinutesLeft && MinutesInAll == other.MinutesInAll;
        public override int GetHashCode() => HashCode.Combine(Lines, Until, MinutesLeft);
    }

    public string Prefix => "/checkout/";

    public async ValueTask<Filling?> Of(HttpContext context, string word)
    {
        if (await CheckoutCart.Find(context.RequestServices, word, context.RequestAborted) is not { } cart) return null;
        context.Items[typeof(CheckoutCart)] = cart;
        var (order, e, organization, hold, isTouched) = cart;
        if (isTouched || hold.Ended || order.Status != OrderStatus.Open || order.Lines.Any(l => l.Seats is not null)) return null;
        var lines = string.Join('\n', order.Lines.Select(l => $"{l.TicketTypeId:N} {l.Count} {l.Each} {l.Name}"));
        string[] own = [word, string.Create(CultureInfo.InvariantCulture, $"data-ms=\"{hold.MillisecondsLeft}\"")];
        return new(new Key(e, organization, lines + order.Currency, hold.Until.Clock, hold.MinutesLeft, hold.MinutesInAll), own, own, c => CheckoutPage.Allow(c, stripe.Options));
    }
}
