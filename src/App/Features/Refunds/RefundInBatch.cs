using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Refunds;

/// <summary>A promoter gives the money of many orders back: what the confirmation listed, and nothing else.</summary>
/// <param name="BatchId">Made with the confirmation: a second press is the same deed.</param>
public sealed record RefundOrders(Guid BatchId, Guid OrganizationId, IReadOnlyList<RefundInBatch> Orders);

/// <summary>One of many orders.</summary>
/// <param name="TicketIds">Those that the confirmation counted.</param>
/// <param name="By">The member's id.</param>
public sealed record RefundInBatch(Guid BatchId, Guid OrderId, Guid OrganizationId, Guid[] TicketIds, long Amount, string Currency, string By, string Reason);

public static class RefundOrdersHandler
{
    public static Task Handle(RefundOrders command, DocumentSession db, TimeProvider clock, CancellationToken ct) =>
        Batches.Start(command.BatchId, command.OrganizationId, OrderDeeds.Refund, [.. command.Orders.Select(o => (o.OrderId, (object)o))], db, clock.GetUtcNow(), ct);
}

/// <summary>The same decision as for one order. A no is written down beside the order and isn't tried again: it would stay one.</summary>
public static class RefundInBatchHandler
{
    public static async Task Handle(RefundInBatch message, DocumentSession db, Texts texts, TimeProvider clock, CancellationToken ct)
    {
        var money = new Money(message.Amount, message.Currency);
        try
        {
            await RefundOrderHandler.Handle(new(message.OrderId, message.OrganizationId, message.TicketIds, message.By, message.Reason), db, clock, ct);
            await Batches.Done(message.BatchId, message.OrderId, money.IsZero ? "Given back, nothing to pay" : $"{money} on its way back", db, clock.GetUtcNow(), ct);
        }
        catch (Refused no) { await Batches.Refuse(message.BatchId, message.OrderId, texts.Of(no), db, clock.GetUtcNow(), ct); }
    }
}
