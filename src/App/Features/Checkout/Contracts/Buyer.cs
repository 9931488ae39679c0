using App.Infrastructure.Store;

namespace App.Features.Checkout.Contracts;

/// <summary>Who bought an order. Personal: it is read when needed, never copied into a fact or a table. Null once erased, or before the details were given.</summary>
/// <param name="Language">Its code, of the page where they bought. Null: not known.</param>
public sealed record Buyer(string Name, string Email, string? Language = null)
{
    public static async Task<Buyer?> Of(Guid orderId, QuerySession db, CancellationToken ct) =>
        await db.Load<OrderContact>(orderId, ct) is { } contact ? new(contact.Name, contact.Email, contact.Language) : null;
}
