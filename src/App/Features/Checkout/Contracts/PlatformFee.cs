using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>Whether the platform took its share of a payment: only on a promoter's connected account, and only when the order's prices had a fee in them. The provider refuses to give back a fee that was never taken.</summary>
public static class PlatformFee
{
    public static async Task<bool> WasTaken(Guid orderId, string? account, QuerySession db, CancellationToken ct)
    {
        if (account is null) return false;
        var (order, _) = await db.Fold<Order>(orderId, ct);
        return order.Lines.Sum(l => l.Each.Fee * l.Count) > 0;
    }
}
