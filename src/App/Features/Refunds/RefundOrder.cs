using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Refunds;

/// <summary>A promoter gives tickets' money back. Answers the refund's id.</summary>
/// <param name="OrganizationId">Whose promoter: another's order doesn't exist for them.</param>
/// <param name="TicketIds">Null: all that aren't refunded yet.</param>
/// <param name="By">The member's id.</param>
/// <param name="Reason">One of <see cref="RefundReason.Choices"/>.</param>
/// <param name="Note">Kept beside the refund, never in a fact.</param>
public sealed record RefundOrder(Guid OrderId, Guid OrganizationId, Guid[]? TicketIds, string By, string Reason, string? Note = null);

public static class RefundOrderHandler
{
    const int LongestNote = 500;

    public static async Task<Guid> Handle(RefundOrder command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (command.Note?.Length > LongestNote) throw new Refused("refunds.note-too-long", LongestNote);
        var order = await PaidOrder.Of(command.OrderId, db, ct);
        var refunds = await db.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(command.OrderId), ct);
        refunds.Append(Decide(command, order, refunds.State, clock.GetUtcNow()));
        var refund = refunds.State.All[^1];
        db.Store(refund.Card(command.Note));
        return refund.Approved.RefundId;
    }

    public static object[] Decide(RefundOrder command, PaidOrder? order, OrderRefunds refunds, DateTimeOffset now)
    {
        if (order is null || order.OrganizationId != command.OrganizationId) throw new Refused("refunds.no-such-order");
        if (!RefundReason.Choices.Contains(command.Reason)) throw new Refused("refunds.no-such-reason");
        var tickets = Chosen(command, OrderPlace.Of(order.Id, order.Lines), refunds);
        var amount = tickets.Sum(t => t.Line.Each.Gross);
        var approved = new RefundApproved(Ids.From(order.Id, $"refund-{refunds.All.Count + 1}"), order.Id, order.EventId, order.OrganizationId, RefundKind.Tickets,
            [.. tickets.Select(t => t.TicketId)], amount, order.Currency, amount == 0 ? null : order.PaymentId, order.Account, command.By, command.Reason, now);
        if (amount > 0) return [approved];
        var refund = OrderRefunds.Evolve(OrderRefunds.Empty, approved).All[0];
        return [approved, refund.SentAs(null, now), new RefundSettled(approved.RefundId, order.Id, null, now)]; // no money to wait for
    }

    static IReadOnlyList<OrderPlace> Chosen(RefundOrder command, IReadOnlyList<OrderPlace> tickets, OrderRefunds refunds)
    {
        if (command.TicketIds is not { } ids)
            return tickets.Where(t => !refunds.Has(t.TicketId)).ToArray() is { Length: > 0 } left ? left : throw new Refused("refunds.nothing-left");
        if (ids.Length == 0) throw new Refused("refunds.nothing-chosen");
        if (ids.Any(refunds.Has)) throw new Refused("refunds.already-refunded");
        var chosen = tickets.Where(t => ids.Contains(t.TicketId)).ToArray();
        return chosen.Length == ids.Length ? chosen : throw new Refused("refunds.no-such-ticket"); // foreign, or named twice
    }
}
