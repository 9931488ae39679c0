using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Features.Tickets;

/// <summary>One row a ticket. A batch is folded here first, so a ticket that was issued and revoked within it costs one upsert.</summary>
public sealed class TicketList : IProjection
{
    public string Name => "tickets";
    public IReadOnlyList<string> Tables => ["tickets_list"];
    public IReadOnlyList<Type> Hears => [typeof(TicketIssued), typeof(TicketRevoked)];

    public async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct)
    {
        var (issued, revoked) = (new Dictionary<Guid, TicketIssued>(), new Dictionary<Guid, TicketRevoked>());
        foreach (var f in facts)
        {
            if (f.Fact is TicketIssued i) { issued[i.TicketId] = i; revoked.Remove(i.TicketId); }
            if (f.Fact is TicketRevoked r) revoked[r.TicketId] = r;
        }
        await Issue([.. issued.Values], table("tickets_list"), db, ct);
        await Revoke([.. revoked.Values], table("tickets_list"), db, ct);
    }

    static async Task Issue(TicketIssued[] issued, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (issued.Length == 0) return;
        await using var command = new NpgsqlCommand($"""
            insert into {table} (ticket_id, order_id, event_id, ticket_type_id, kind, seat, number, of_total, revision, issued_at)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (ticket_id) do update set revision = excluded.revision, issued_at = excluded.issued_at, revoked_at = null, revoked_because = null
            """, db);
        Add(command, issued, t => t.TicketId);
        Add(command, issued, t => t.OrderId);
        Add(command, issued, t => t.EventId);
        Add(command, issued, t => t.TicketTypeId);
        Add(command, issued, t => t.Kind);
        Add(command, issued, t => t.Seat);
        Add(command, issued, t => t.Number);
        Add(command, issued, t => t.Of);
        Add(command, issued, t => t.Revision);
        Add(command, issued, t => t.At.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task Revoke(TicketRevoked[] revoked, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (revoked.Length == 0) return;
        await using var command = new NpgsqlCommand($"update {table} t set revoked_at = w.at, revoked_because = w.reason from unnest($1, $2, $3) w(id, at, reason) where t.ticket_id = w.id", db);
        Add(command, revoked, t => t.TicketId);
        Add(command, revoked, t => t.At.UtcDateTime);
        Add(command, revoked, t => t.Reason);
        await command.ExecuteNonQueryAsync(ct);
    }

    static void Add<TFact, T>(NpgsqlCommand command, TFact[] facts, Func<TFact, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(facts, f => value(f)) });
}
