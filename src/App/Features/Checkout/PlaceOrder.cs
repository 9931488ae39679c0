using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The buyer's details, and the beginning of payment: an intent, or a page of the provider's for a browser without script. A free order is complete with this.</summary>
/// <param name="Giver">Which giver of this order's details the browser is, as it was told before; null: none.</param>
public sealed record PlaceOrder(Guid OrderId, OrderContact Contact, bool Hosted, string ReturnUrl, string BackUrl, int? Giver = null);

/// <param name="ClientSecret">For the provider's script in the buyer's browser. Never stored, never logged.</param>
/// <param name="Redirect">Where a browser without script goes to pay.</param>
/// <param name="Giver">Which giver of the order's details the browser is from now on. Null: none. The order was paid, or is being paid, with details that were given before, or the same ones were sent by who knows whom.</param>
public sealed record PaymentBegun(bool Complete, string? ClientSecret, string? Redirect, int? Giver);

/// <summary>Who sends the details of an order that is placed already, beside who did before: the same browser, one with the same details, or one with others.</summary>
public enum GivenBy { Same, Anybody, Another }

public static class PlaceOrderHandler
{
    public static async Task<PaymentBegun> Handle(PlaceOrder command, DocumentSession db, HotStreams<Inventory> inventories, Payments payments, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        if (order.State.Status == OrderStatus.Paid) return new(true, null, null, null);
        var (before, by) = (order.State, await By(command, order.State, db, ct));
        var facts = Decide(before, by, closes: by == GivenBy.Another, now); // refuses before anything is closed
        if (before.Status == OrderStatus.Placed)
        {
            // Whoever has the link may give details: what was begun with others' is closed first, so that nobody pays for details that were changed behind them.
            if (by == GivenBy.Another && !await payments.Close(before, ct)) return new(true, null, null, null);
            if (by != GivenBy.Another && await payments.IsClosed(before, ct)) facts = Decide(before, by, closes: true, now);
        }
        order.Append(facts);
        db.Store(command.Contact with { EventId = order.State.EventId });
        if (order.State.Total > 0) return await Begin(command, order, GiverOf(by, order.State), payments, now, ct);

        order.Append([Sale.PaidBy(order.State, null, null, now)]);
        var places = HoldPlacesHandler.PlacesOf(order.State.Lines);
        db.Decide(await inventories.Get(InventoryId.Of(order.State.EventId)), (state, _) => Sale.Decide(order.Id, places, state));
        return new(true, null, null, GiverOf(by, order.State));
    }

    /// <summary>The same details again may be a second click whose first answer was lost, or somebody who saw them in the page: nobody is told that the order is theirs then, and the mail's link decides.</summary>
    static async Task<GivenBy> By(PlaceOrder command, Order order, DocumentSession db, CancellationToken ct) =>
        order.Status != OrderStatus.Placed || command.Giver == order.Giver ? GivenBy.Same
        : (await db.Load<OrderContact>(order.Id, ct))?.SaysTheSame(command.Contact) == true ? GivenBy.Anybody : GivenBy.Another;

    static int? GiverOf(GivenBy by, Order order) => by == GivenBy.Anybody ? null : order.Giver;

    static async Task<PaymentBegun> Begin(PlaceOrder command, EventStream<Order> order, int? giver, Payments payments, DateTimeOffset now, CancellationToken ct)
    {
        // A declined card leaves the intent open: the same one may be confirmed again. So there is one attempt until it is closed, and its key follows from that.
        var attempt = Math.Max(1, order.State.Attempt);
        var account = await payments.AccountOf(order.State.OrganizationId, ct);
        if (command.Hosted)
        {
            var (session, page) = await payments.HostedPage(order.State, attempt, account, command.Contact.Email, command.ReturnUrl, command.BackUrl, ct);
            if (order.State.DeclinedBecause is not null || !order.State.Sessions.Contains(session)) order.Append([new PayPagePrepared(attempt, session, account, now)]);
            return new(false, null, page, giver);
        }
        var (paymentId, secret) = await payments.Intent(order.State, attempt, account, ct);
        // Also when the payment is the same one: what the bank said of the last try is not said of this one.
        if (order.State.DeclinedBecause is not null || order.State.PaymentId != paymentId) order.Append([new PaymentPrepared(attempt, paymentId, account, now)]);
        return new(false, secret, null, giver);
    }

    public static IEnumerable<object> Decide(Order order, GivenBy by, bool closes, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Open or OrderStatus.Placed when now > order.Until => throw new Refused("checkout.hold-ended"),
        OrderStatus.Open => [new OrderPlaced(order.Id, order.EventId, order.OrganizationId, order.Tickets, order.Total, order.Currency, now)],
        OrderStatus.Placed when by != GivenBy.Same || closes => [new BuyerChanged(order.Giver + 1, Math.Max(1, order.Attempt) + (closes ? 1 : 0), now)],
        OrderStatus.Placed => [], // details corrected, or a second click
        OrderStatus.TooLate or OrderStatus.Abandoned => throw new Refused("checkout.order-closed"),
        _ => throw new Refused("checkout.no-such-order"),
    };
}
