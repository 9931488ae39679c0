using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>A promoter sends the tickets of many orders again.</summary>
/// <param name="BatchId">Made with the confirmation: a second press is the same deed.</param>
public sealed record SendOrders(Guid BatchId, Guid OrganizationId, IReadOnlyList<Guid> OrderIds);

/// <summary>One of many orders.</summary>
public sealed record SendInBatch(Guid BatchId, Guid OrderId);

public static class SendOrdersHandler
{
    public static Task Handle(SendOrders command, DocumentSession db, TimeProvider clock, CancellationToken ct) =>
        Batches.Start(command.BatchId, command.OrganizationId, OrderDeeds.Send, [.. command.OrderIds.Select(id => (id, (object)new SendInBatch(command.BatchId, id)))], db, clock.GetUtcNow(), ct);
}

public static class SendInBatchHandler
{
    public static async Task Handle(SendInBatch message, DocumentSession db, EventCatalogue events, Texts texts, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            var resent = await ResendTicketsHandler.Handle(new(message.OrderId), db, clock, ct);
            await Batches.Done(message.BatchId, message.OrderId, await Say(resent, message.OrderId, events, db, ct), db, clock.GetUtcNow(), ct);
        }
        catch (Refused no) { await Batches.Refuse(message.BatchId, message.OrderId, texts.Of(no), db, clock.GetUtcNow(), ct); }
    }

    static async Task<string> Say(Resent resent, Guid orderId, EventCatalogue events, DocumentSession db, CancellationToken ct) =>
        resent.HeldUntil is { } until && await PaidOrder.Of(orderId, db, ct) is { } order && await events.Find(order.EventId) is { } e ? $"Goes out on {EventTime.Moment(until, e.TimeZone)}" : "On its way";
}
