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
    public static async Task Handle(SendInBatch message, DocumentSession db, Texts texts, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await ResendTicketsHandler.Handle(new(message.OrderId), db, clock, ct);
            await Batches.Done(message.BatchId, message.OrderId, "On its way again", db, clock.GetUtcNow(), ct);
        }
        catch (Refused no) { await Batches.Refuse(message.BatchId, message.OrderId, texts.Of(no), db, clock.GetUtcNow(), ct); }
    }
}
