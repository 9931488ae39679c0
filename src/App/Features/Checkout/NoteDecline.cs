using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>The bank said no, now or days later (a debit that bounced). The order stays open while its hold lives.</summary>
public sealed record NoteDecline(Guid OrderId, string PaymentId, string? Account, string Reason);

public static class NoteDeclineHandler
{
    public static async Task Handle(NoteDecline command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.FetchForWriting<Order>(command.OrderId, ct);
        order.Append(Decide(command, order.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(NoteDecline command, Order order, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Placed when order.Account == command.Account && IsOfOrder(command, order) && order.DeclinedBecause != command.Reason => [new PaymentDeclined(command.PaymentId, command.Reason, now)],
        _ => [], // paid since, told before, or of a payment that isn't the order's
    };

    // On the provider's own page the payment is one that we learn of when it is paid.
    static bool IsOfOrder(NoteDecline command, Order order) => order.PaymentId == command.PaymentId || order.Sessions.Length > 0;
}
