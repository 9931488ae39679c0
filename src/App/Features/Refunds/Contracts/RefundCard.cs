using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Refunds.Contracts;

/// <summary>Approved: money under way to the provider. Sent: the provider works on it. Settled: done. Failed: see why, try again.</summary>
public enum RefundStatus { Approved, Sent, Settled, Failed }

/// <summary>One refund as pages show it, written in the commit of each change.</summary>
/// <param name="ProviderId">The payment provider's id of it, for a look in its dashboard.</param>
/// <param name="Note">What the promoter wrote down; may be personal, so it stands here only.</param>
/// <param name="Doubt">The last word of the provider's about it that didn't fit; null: there was none.</param>
public sealed record RefundCard(Guid Id, Guid OrderId, Guid EventId, Guid OrganizationId, RefundKind Kind, Guid[] TicketIds, long Amount, string Currency, RefundStatus Status,
    string By, string Reason, string? FailedBecause, string? ProviderId, string? Note, DateTimeOffset RequestedAt, DateTimeOffset ChangedAt, RefundDoubted? Doubt = null);

public static class RefundsOf
{
    /// <summary>Oldest first.</summary>
    public static Task<IReadOnlyList<RefundCard>> Order(Guid orderId, QuerySession db, CancellationToken ct) => Cards("order_id = $1 order by (data ->> 'requestedAt')::timestamptz, id", orderId, db, ct);

    /// <summary>Those that need a promoter's eye: the provider said no, or wasn't got to say anything.</summary>
    public static async Task<IReadOnlyList<RefundCard>> ThatNeedALook(Guid eventId, QuerySession db, CancellationToken ct) =>
    [
        .. await Cards("event_id = $1 and status = 'Failed' order by (data ->> 'changedAt')::timestamptz desc, id limit 200", eventId, db, ct),
        .. await GivenUp.About("refundId", Messages, db, ct) is { Count: > 0 } dead ? (await db.LoadMany<RefundCard>(dead, ct)).Where(c => c.EventId == eventId && c.Status == RefundStatus.Approved) : [],
    ];

    /// <summary>Those among them that are under way and whose message gave up: nothing happens by itself any more.</summary>
    public static async Task<IReadOnlyList<Guid>> Stuck(IEnumerable<RefundCard> refunds, QuerySession db, CancellationToken ct)
    {
        var underWay = refunds.Where(r => r.Status == RefundStatus.Approved).Select(r => r.Id).ToArray();
        return underWay.Length == 0 ? [] : [.. underWay.Intersect(await GivenUp.About("refundId", Messages, db, ct))];
    }

    static readonly string[] Messages = ["refund-approved", "refund-retried"];

    static async Task<IReadOnlyList<RefundCard>> Cards(string which, Guid of, QuerySession db, CancellationToken ct)
    {
        var rows = await db.Query<byte[]>($"select convert_to(data::text, 'UTF8') from doc_refund where {which}", ct, of);
        return [.. rows.Select(r => System.Text.Json.JsonSerializer.Deserialize(r, RefundsJson.Default.RefundCard)!)];
    }
}
