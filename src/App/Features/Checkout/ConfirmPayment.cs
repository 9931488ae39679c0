using App.Features.Checkout.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The provider says that money came: from its webhook, the return page or the reconciler, in any order, any number of times.</summary>
/// <param name="Delivery">The provider's event id, when it came as one.</param>
public sealed record ConfirmPayment(Guid OrderId, string PaymentId, string? Account, long Amount, string Currency, string? Delivery);

public enum Confirmed { Paid, Already, Unknown, Mismatch, Returned }

public static class ConfirmPaymentHandler
{
    const int MostForeign = 5;

    public static async Task<Confirmed> Handle(ConfirmPayment command, DocumentSession db, HotStreams<Inventory> inventories, Payments payments, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        // The webhook may overtake the commit that names its payment; whose account it must be is known before that.
        var account = order.State.PaymentId is null ? await payments.AccountOf(order.State.OrganizationId, ct) : order.State.Account;
        var now = clock.GetUtcNow();
        var verdict = Verdict(command, order.State, account);
        if (verdict == Confirmed.Mismatch) order.Append(Noted(command, order.State, now));
        if (verdict != Confirmed.Paid) return verdict;
        if (command.Delivery is { } delivery) db.Receive(delivery);
        order.Append([Sale.PaidBy(order.State, command.PaymentId, command.Account, now)]);
        var places = HoldPlacesHandler.PlacesOf(order.State.Lines);
        db.Decide(await inventories.Get(InventoryId.Of(order.State.EventId)), (state, _) => Sale.Decide(order.Id, places, state));
        return Confirmed.Paid;
    }

    /// <summary>Each payment once, and not many: anybody with an account of their own at the provider can make payments that name an order.</summary>
    public static IEnumerable<object> Noted(ConfirmPayment command, Order order, DateTimeOffset now) =>
        order.ForeignPayments.Contains(command.PaymentId) || order.ForeignPayments.Length >= MostForeign ? [] : [new PaymentMismatched(command.PaymentId, command.Account, command.Amount, command.Currency.ToUpperInvariant(), now)];

    /// <param name="account">Where this order's money must go. A promoter could otherwise "pay" for another's tickets on an account of their own.</param>
    public static Confirmed Verdict(ConfirmPayment command, Order order, string? account) => order.Status switch
    {
        OrderStatus.None => Confirmed.Unknown,
        _ when command.Account != account => Confirmed.Mismatch,
        _ when command.Amount != order.Total || !command.Currency.Equals(order.Currency, StringComparison.OrdinalIgnoreCase) => Confirmed.Mismatch,
        OrderStatus.Paid when order.PaymentId == command.PaymentId => Confirmed.Already,
        _ when order.ReturnedPayments.Contains(command.PaymentId) => Confirmed.Already,
        OrderStatus.Paid or OrderStatus.TooLate => Confirmed.Returned, // a second payment for the same order
        _ => Confirmed.Paid,
    };
}

/// <summary>No places for this money: it is given back, whatever the buyer's browser does.</summary>
public sealed record ReturnPayment(Guid OrderId, string PaymentId, string? Account, long Amount, string Reason, string? Delivery);

public static class ReturnPaymentHandler
{
    public static async Task Handle(ReturnPayment command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        if (order.State.ReturnedPayments.Contains(command.PaymentId)) return;
        if (order.State.Status == OrderStatus.Paid && order.State.PaymentId == command.PaymentId) return;
        if (command.Delivery is { } delivery) db.Receive(delivery);
        // The order's currency, in our letters: the provider's was compared with it, and is written small.
        order.Append([new PaymentCameTooLate(order.Id, order.State.EventId, order.State.OrganizationId, command.PaymentId, command.Account, command.Amount, order.State.Currency, command.Reason, clock.GetUtcNow())]);
    }
}
