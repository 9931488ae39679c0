using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What a buyer has typed so far, kept for when they come back. Forgotten after a day when nothing is bought.</summary>
public sealed record KeepDetails(OrderContact Contact);

public static class KeepDetailsHandler
{
    public static Task Handle(KeepDetails command, DocumentSession db)
    {
        db.Store(command.Contact);
        return Task.CompletedTask;
    }
}
