using System.Globalization;
using System.Text;
using App.Features.Shared;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Checkout;

/// <summary>An event’s orders as CSV, all of a state or those named, row by row as they come from the database.</summary>
public sealed class OrderExport(Guid eventId, string status, string fileName, string timeZone, QuerySession db, Guid[]? ids = null) : IActionResult, INamesPeople
{
    const string Head = "Order,State,Placed,Paid,Name,Email,Tickets,Refunded tickets,Total,Refunded,Currency";
    const string Wanted = "o.event_id = $1 and ($2 = '' or o.status = $2) and ($3::uuid[] is null or o.id = any($3))";

    public async Task<bool> HasMany(CancellationToken ct) => await db.QueryFirst<long>($"select count(*) from (select from checkout_orders o where {Wanted} limit {INamesPeople.Many + 1}) as wanted", ct, eventId, status, ids) > INamesPeople.Many;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, ct) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        await using var command = db.Command($"""
            select o.code, o.status, o.placed_at, o.paid_at, c.data ->> 'name', c.data ->> 'email', o.tickets, o.refunded_tickets, o.total, o.refunded, o.currency
            from checkout_orders o left join doc_order_contact c using (id)
            where {Wanted} order by o.placed_at, o.id
            """, eventId, status, ids);
        command.CommandTimeout = 300;
        await using var rows = await command.ExecuteReaderAsync(ct);
        await using var to = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 32 * 1024);
        await to.WriteAsync(Head + "\r\n");
        var line = new StringBuilder();
        while (await rows.ReadAsync(ct))
        {
            string?[] cells =
            [
                rows.GetString(0), OrderSearch.Say(rows.GetString(1)), Time(rows, 2), Time(rows, 3), rows.IsDBNull(4) ? "" : rows.GetString(4), rows.IsDBNull(5) ? "" : rows.GetString(5),
                rows.GetInt32(6).ToString(CultureInfo.InvariantCulture), rows.GetInt32(7).ToString(CultureInfo.InvariantCulture), Amount(rows.GetInt64(8), rows.GetString(10)), Amount(rows.GetInt64(9), rows.GetString(10)), rows.GetString(10),
            ];
            line.Clear().AppendJoin(',', cells.Select(Csv.Cell)).Append("\r\n");
            await to.WriteAsync(line, ct);
        }
    }

    string Time(Npgsql.NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? "" : EventTime.Of(row.GetFieldValue<DateTimeOffset>(column), timeZone).Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Amount(long minor, string currency) => (minor / (decimal)Math.Pow(10, Money.Digits(currency))).ToString("F" + Money.Digits(currency), CultureInfo.InvariantCulture);
}
