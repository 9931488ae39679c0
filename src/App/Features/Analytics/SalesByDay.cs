using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Features.Analytics;

/// <summary>What was sold and given back, by day of the event's zone (as it was told when it happened) and by kind of ticket. A batch is folded here first: a handful of rows, whatever was sold.</summary>
public sealed class SalesByDay : IProjection
{
    public string Name => "sales-by-day";
    public IReadOnlyList<string> Tables => ["analytics_days", "analytics_zones"];
    public IReadOnlyList<Type> Hears => [typeof(EventCreated), typeof(EventDated), typeof(OrderPaid), typeof(OrderRefundNoted)];

    sealed class Day
    {
        public int Orders, Sold, Returned;
        public long Gross, Net, ReturnedGross;
    }

    public async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct)
    {
        var zones = await Zones(facts, table("analytics_zones"), db, ct);
        var told = new Dictionary<Guid, string>();
        var days = new Dictionary<(Guid Event, DateOnly Day, Guid Type), Day>();
        foreach (var f in facts)
        {
            switch (f.Fact)
            {
                case EventCreated e: zones[e.EventId] = told[e.EventId] = e.TimeZone; break;
                case EventDated e: zones[e.EventId] = told[e.EventId] = e.TimeZone; break;
                case OrderPaid e: Sell(e, days, zones); break;
                case OrderRefundNoted e: Return(e, days, zones); break;
            }
        }
        await Write(told, table("analytics_zones"), db, ct);
        await Write(days, table("analytics_days"), db, ct);
    }

    static void Sell(OrderPaid e, Dictionary<(Guid, DateOnly, Guid), Day> days, Dictionary<Guid, string> zones)
    {
        // An order counts once, with its first kind.
        for (var i = 0; i < e.Lines.Length; i++)
        {
            var (line, day) = (e.Lines[i], Of(days, e.EventId, e.At, e.Lines[i].TicketTypeId, zones));
            day.Orders += i == 0 ? 1 : 0;
            day.Sold += line.Count;
            day.Gross += line.Each.Gross * line.Count;
            day.Net += line.Each.Net * line.Count;
        }
    }

    static void Return(OrderRefundNoted e, Dictionary<(Guid, DateOnly, Guid), Day> days, Dictionary<Guid, string> zones)
    {
        foreach (var line in e.Lines ?? [])
        {
            var day = Of(days, e.EventId, e.At, line.TicketTypeId, zones);
            day.Returned += line.Count;
            day.ReturnedGross += line.Each.Gross * line.Count;
            day.Net -= line.Each.Net * line.Count;
        }
    }

    static Day Of(Dictionary<(Guid, DateOnly, Guid), Day> days, Guid eventId, DateTimeOffset at, Guid type, Dictionary<Guid, string> zones)
    {
        var key = (eventId, DateOnly.FromDateTime(EventTime.Of(at, zones.GetValueOrDefault(eventId, "UTC")).Local.DateTime), type);
        return days.TryGetValue(key, out var day) ? day : days[key] = new();
    }

    static async Task<Dictionary<Guid, string>> Zones(IReadOnlyList<LogFact> facts, string table, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select event_id, time_zone from {table} where event_id = any($1)", db);
        Add(command, facts.Select(f => f.Fact switch { OrderPaid e => e.EventId, OrderRefundNoted e => e.EventId, _ => Guid.Empty }).Distinct());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var zones = new Dictionary<Guid, string>();
        while (await rows.ReadAsync(ct)) zones[rows.GetGuid(0)] = rows.GetString(1);
        return zones;
    }

    static async Task Write(Dictionary<Guid, string> zones, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (zones.Count == 0) return;
        await using var command = new NpgsqlCommand($"insert into {table} (event_id, time_zone) select * from unnest($1, $2) on conflict (event_id) do update set time_zone = excluded.time_zone", db);
        Add(command, zones.Keys);
        Add(command, zones.Values);
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task Write(Dictionary<(Guid Event, DateOnly Day, Guid Type), Day> days, string table, NpgsqlConnection db, CancellationToken ct)
    {
        if (days.Count == 0) return;
        await using var command = new NpgsqlCommand($"""
            insert into {table} as d (event_id, day, ticket_type_id, orders, sold, returned, gross, net, returned_gross) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (event_id, day, ticket_type_id) do update set orders = d.orders + excluded.orders, sold = d.sold + excluded.sold, returned = d.returned + excluded.returned,
                gross = d.gross + excluded.gross, net = d.net + excluded.net, returned_gross = d.returned_gross + excluded.returned_gross
            """, db);
        Add(command, days.Keys.Select(k => k.Event));
        Add(command, days.Keys.Select(k => k.Day));
        Add(command, days.Keys.Select(k => k.Type));
        Add(command, days.Values.Select(v => v.Orders));
        Add(command, days.Values.Select(v => v.Sold));
        Add(command, days.Values.Select(v => v.Returned));
        Add(command, days.Values.Select(v => v.Gross));
        Add(command, days.Values.Select(v => v.Net));
        Add(command, days.Values.Select(v => v.ReturnedGross));
        await command.ExecuteNonQueryAsync(ct);
    }

    static void Add<T>(NpgsqlCommand command, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
}
