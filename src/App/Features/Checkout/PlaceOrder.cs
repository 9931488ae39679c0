using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The buyer's details, and the beginning of payment: an intent, or a page of the provider's for a browser without script. A free order is complete with this.</summary>
public sealed record PlaceOrder(Guid OrderId, OrderContact Contact, bool Hosted, string ReturnUrl, string BackUrl);

/// <param name="ClientSecret">For the provider's script in the buyer's browser. Never stored, never logged.</param>
/// <param name="Redirect">Where a browser without script goes to pay.</param>
/// <param name="WasPaid">Before this was asked: the details are the order's, whatever was sent now.</param>
public sealed record PaymentBegun(bool Complete, string? ClientSecret, string? Redirect, bool WasPaid = false);

public static class PlaceOrderHandler
{
    public static async Task<PaymentBegun> Handle(PlaceOrder command, DocumentSession db, HotStreams<Inventory> inventories, Payments payments, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        if (order.State.Status == OrderStatus.Paid) return new(true, null, null, WasPaid: true);
        order.Append(Decide(order.State, now));
        db.Store(command.Contact with { EventId = order.State.EventId });
        if (order.State.Total > 0) return await Begin(command, order, payments, now, ct);

        order.Append([Sale.PaidBy(order.State, null, null, now)]);
        var places = HoldPlacesHandler.PlacesOf(order.State.Lines);
        db.Decide(await inventories.Get(InventoryId.Of(order.State.EventId)), (state, _) => Sale.Decide(order.Id, places, state));
        return new(true, null, null);
    }

    static async Task<PaymentBegun> Begin(PlaceOrder command, EventStream<Order> order, Payments payments, DateTimeOffset now, CancellationToken ct)
    {
        // A declined card leaves the intent open: the same one may be confirmed again. So an order has one attempt, and its key follows from it.
        var attempt = Math.Max(1, order.State.Attempt);
        var account = await payments.AccountOf(order.State.OrganizationId, ct);
        if (command.Hosted)
        {
            var (session, page) = await payments.HostedPage(order.State, attempt, account, command.Contact.Email, command.ReturnUrl, command.BackUrl, ct);
            if (order.State.DeclinedBecause is not null || !order.State.Sessions.Contains(session)) order.Append([new PayPagePrepared(attempt, session, account, now)]);
            return new(false, null, page);
        }
        var (paymentId, secret) = await payments.Intent(order.State, attempt, account, ct);
        // Also when the payment is the same one: what the bank said of the last try is not said of this one.
        if (order.State.DeclinedBecause is not null || order.State.PaymentId != paymentId) order.Append([new PaymentPrepared(attempt, paymentId, account, now)]);
        return new(false, secret, null);
    }

    public static IEnumerable<object> Decide(Order order, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Open or OrderStatus.Placed when now > order.Until => throw new Refused("checkout.hold-ended"),
        OrderStatus.Open => [new OrderPlaced(order.Id, order.EventId, order.OrganizationId, order.Tickets, order.Total, order.Currency, now)],
        OrderStatus.Placed => [], // details corrected, or a second click
        OrderStatus.TooLate or OrderStatus.Abandoned => throw new Refused("checkout.order-closed"),
        _ => throw new Refused("checkout.no-such-order"),
    };
}
