using App.Infrastructure.Store;

namespace App.Features.Checkout.Links;

/// <summary>Somebody with an order's address says that it is theirs.</summary>
public sealed record AskForProof(Guid Id, Guid OrderId);

public static class AskForProofHandler
{
    public static async Task Handle(AskForProof command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from checkout_link_proofs where asked_at < $1", ct, now.AddDays(-1));
        await db.Execute("insert into checkout_link_proofs (id, order_id, asked_at, ends_at) values ($1, $2, $3, $4)", ct, command.Id, command.OrderId, now, now + LinkProofs.Lives);
        db.Outbox.Publish(new SendProof(command.Id));
    }
}
