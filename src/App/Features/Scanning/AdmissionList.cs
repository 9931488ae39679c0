using App.Features.Scanning.Contracts;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Features.Scanning;

/// <summary>Who is in, and how many came by gate and minute. A batch is folded here first: few statements, whatever the rush.</summary>
public sealed class AdmissionList : IProjection
{
    public string Name => "admissions";
    public IReadOnlyList<string> Tables => ["scanning_admissions", "scanning_minutes"];
    public IReadOnlyList<Type> Hears => [typeof(TicketAdmitted), typeof(AdmissionUndone)];

    public async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct)
    {
        var last = new Dictionary<Guid, TicketAdmitted?>();
        var minutes = new Dictionary<(Guid Event, string Gate, DateTime Minute), (int Entries, int Undone)>();
        foreach (var f in facts)
        {
            switch (f.Fact)
            {
                case TicketAdmitted e: last[e.TicketId] = e; Count(minutes, (e.EventId, e.Gate, Minute(e.At)), 1, 0); break;
                case AdmissionUndone e: last[e.TicketId] = null; Count(minutes, (e.EventId, e.Gate, Minute(e.At)), 0, 1); break;
            }
        }
        await Write(last, table("scanning_admissions"), db, ct);
        await Write(minutes, table("scanning_minutes"), db, ct);
    }

    static DateTime Minute(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);

    static void Count<T>(Dictionary<T, (int, int)> counts, T key, int entries, int undone) where T : notnull
    {
        var (e, u) = counts.GetValueOrDefault(key);
        counts[key] = (e + entries, u + undone);
    }

    static async Task Write(Dictionary<Guid, TicketAdmitted?> last, string table, NpgsqlConnection db, CancellationToken ct)
    {
        var come = last.Values.OfType<TicketAdmitted>().ToArray();
        await using var insert = new NpgsqlCommand($"insert into {table} (ticket_id, event_id, gate, at) select * from unnest($1, $2, $3, $4) on conflict (ticket_id) do update set gate = excluded.gate, at = excluded.at", db);
        Add(insert, come.Select(e => e.TicketId));
        Add(insert, come.Select(e => e.EventId));
        Add(insert, come.Select(e => e.Gate));
        Add(insert, come.Select(e => e.At.UtcDateTime));
        await insert.ExecuteNonQueryAsync(ct);
        await using var delete = new NpgsqlCommand($"delete from {table} where ticket_id = any($1)", db);
        Add(delete, last.Where(l => l.Value is null).Select(l => l.Key));
        await delete.ExecuteNonQueryAsync(ct);
    }

    static async Task Write(Dictionary<(Guid Event, string Gate, DateTime Minute), (int Entries, int Undone)> minutes, string table, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            insert into {table} as m (event_id, gate, minute, entries, undone) select * from unnest($1, $2, $3, $4, $5)
            on conflict (event_id, gate, minute) do update set entries = m.entries + excluded.entries, undone = m.undone + excluded.undone
            """, db);
        Add(command, minutes.Keys.Select(k => k.Event));
        Add(command, minutes.Keys.Select(k => k.Gate));
        Add(command, minutes.Keys.Select(k => k.Minute));
        Add(command, minutes.Values.Select(v => v.Entries));
        Add(command, minutes.Values.Select(v => v.Undone));
        await command.ExecuteNonQueryAsync(ct);
    }

    static void Add<T>(NpgsqlCommand command, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
}
