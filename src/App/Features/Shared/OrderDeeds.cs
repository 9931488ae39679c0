namespace App.Features.Shared;

/// <summary>Deeds for many orders at once, as batches are named, and where each is followed.</summary>
public static class OrderDeeds
{
    public const string Refund = "orders-refund", Send = "orders-send";

    public static string Path(Guid eventId, Guid batchId) => $"/office/events/{eventId}/deeds/{batchId}";
}
