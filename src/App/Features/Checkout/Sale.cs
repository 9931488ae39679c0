using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>Turning a hold into a sale: paid in time, the hold's places; paid late, places again if there are some.</summary>
public static class Sale
{
    public static OrderPaid PaidBy(Order order, string? paymentId, string? account, DateTimeOffset now) =>
        new(order.Id, order.EventId, order.OrganizationId, order.Lines, order.Total, order.Currency, paymentId, account, now);

    public static Decision Decide(Guid orderId, Places[] places, Inventory state)
    {
        if (state.Holds.ContainsKey(orderId)) return Decision.Accept(new PlacesSold(orderId, null));
        return HoldPlacesHandler.Missing(places, state) is null ? Decision.Accept(new PlacesSold(orderId, places)) : Decision.Refuse("checkout.sold-out-meanwhile");
    }
}
