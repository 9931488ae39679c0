using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Features.Checkout;

/// <summary>One row an order, for lists, search and the reconciler. A batch is folded here first, so an order that was placed and paid within it costs one upsert.</summary>
public sealed class OrderList : IProjection
{
    public string Name => "orders";
    public IReadOnlyList<string> Tables => ["checkout_orders"];
    public IReadOnlyList<Type> Hears => [typeof(OrderPlaced), typeof(PaymentPrepared), typeof(PayPagePrepared), typeof(OrderPaid), typeof(OrderAbandoned), typeof(PaymentCameTooLate), typeof(OrderRefundNoted)];

    sealed class Row
    {
        public OrderPlaced? Placed;
        public string? Status, PaymentId, SessionId, Account;
        public DateTimeOffset? PaidAt;
        public long Refunded;
        public int RefundedTickets;
    }

    public async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct)
    {
        var rows = new Dictionary<Guid, Row>();
        foreach (var f in facts) Fold(rows.TryGetValue(f.Stream, out var known) ? known : rows[f.Stream] = new(), f.Fact);
        await Insert(rows.Where(r => r.Value.Placed is not null).Select(r => (r.Key, r.Value)).ToArray(), table("checkout_orders"), db, ct);
        await Update(rows.Where(r => r.Value.Placed is null).Select(r => (r.Key, r.Value)).ToArray(), table("checkout_orders"), db, ct);
    }

    static void Fold(Row row, object fact)
    {
        switch (fact)
        {
            case OrderPlaced e: row.Placed = e; break;
            case PaymentPrepared e: (row.PaymentId, row.Account) = (e.PaymentId, e.Account); break;
            case PayPagePrepared e: (row.SessionId, row.Account) = (e.SessionId, e.Account); break;
            case OrderAbandoned when row.Status is null: row.Status = "abandoned"; break;
            case OrderPaid e: (row.Status, row.PaidAt, row.PaymentId, row.Account) = ("paid", e.At, e.PaymentId, e.Account); break;
            case PaymentCameTooLate when row.Status != "paid": row.Status = "too-late"; break;
            case OrderRefundNoted e: (row.Refunded, row.RefundedTickets) = (row.Refunded + e.Amount, row.RefundedTickets + e.TicketIds.Length); break;
        }
    }

    static async Task Insert((Guid Id, Row Row)[] rows, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (rows.Length == 0) return;
        await using var command = new NpgsqlCommand($"""
            insert into {table} (id, event_id, organization_id, code, status, tickets, total, refunded, currency, payment_id, account, placed_at, paid_at, refunded_tickets, session_id)
            select id, event_id, organization_id, code, case when refunded_tickets = 0 then status when refunded_tickets < tickets then 'part-refunded' else 'refunded' end,
                tickets, total, refunded, currency, payment_id, account, placed_at, paid_at, refunded_tickets, session_id
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                w(id, event_id, organization_id, code, status, tickets, total, refunded, currency, payment_id, account, placed_at, paid_at, refunded_tickets, session_id)
            """, db);
        Add(command, rows.Select(r => r.Id));
        Add(command, rows.Select(r => r.Row.Placed!.EventId));
        Add(command, rows.Select(r => r.Row.Placed!.OrganizationId));
        Add(command, rows.Select(r => Ids.Short(r.Id)));
        Add(command, rows.Select(r => r.Row.Status ?? "placed"));
        Add(command, rows.Select(r => r.Row.Placed!.Tickets));
        Add(command, rows.Select(r => r.Row.Placed!.Total));
        Add(command, rows.Select(r => r.Row.Refunded));
        Add(command, rows.Select(r => r.Row.Placed!.Currency));
        Add(command, rows.Select(r => r.Row.PaymentId));
        Add(command, rows.Select(r => r.Row.Account));
        Add(command, rows.Select(r => r.Row.Placed!.At.UtcDateTime));
        Add(command, rows.Select(r => r.Row.PaidAt?.UtcDateTime));
        Add(command, rows.Select(r => r.Row.RefundedTickets));
        Add(command, rows.Select(r => r.Row.SessionId));
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task Update((Guid Id, Row Row)[] rows, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (rows.Length == 0) return;
        await using var command = new NpgsqlCommand($"""
            update {table} o set payment_id = coalesce(w.payment_id, o.payment_id), account = coalesce(w.account, o.account), session_id = coalesce(w.session_id, o.session_id),
                paid_at = coalesce(w.paid_at, o.paid_at), refunded = o.refunded + w.refunded, refunded_tickets = o.refunded_tickets + w.refunded_tickets,
                status = case when o.refunded_tickets + w.refunded_tickets >= o.tickets then 'refunded' when o.refunded_tickets + w.refunded_tickets > 0 then 'part-refunded'
                              when o.status = 'paid' then 'paid' else coalesce(w.status, o.status) end
            from unnest($1, $2, $3, $4, $5, $6, $7, $8) w(id, status, payment_id, account, paid_at, refunded, refunded_tickets, session_id) where o.id = w.id
            """, db);
        Add(command, rows.Select(r => r.Id));
        Add(command, rows.Select(r => r.Row.Status));
        Add(command, rows.Select(r => r.Row.PaymentId));
        Add(command, rows.Select(r => r.Row.Account));
        Add(command, rows.Select(r => r.Row.PaidAt?.UtcDateTime));
        Add(command, rows.Select(r => r.Row.Refunded));
        Add(command, rows.Select(r => r.Row.RefundedTickets));
        Add(command, rows.Select(r => r.Row.SessionId));
        await command.ExecuteNonQueryAsync(ct);
    }

    // Its first value may be null, and then the type can't be told from it.
    static void Add(NpgsqlCommand command, IEnumerable<DateTime?> values) =>
        command.Parameters.Add(new NpgsqlParameter<DateTime?[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.TimestampTz });

    static void Add<T>(NpgsqlCommand command, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
}
