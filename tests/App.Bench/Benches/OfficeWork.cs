using System.Diagnostics;
using App.Bench.House;
using App.Bench.Load;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;

namespace App.Bench.Benches;

/// <summary>What people behind the sale wait for: guests by name, last name, address and code, one after the other, by the product's own queries; and verify, as a command from its start to its end.</summary>
static class OfficeWork
{
    const int Guests = 60;

    sealed record Guest(string Name, string Email, string Code);

    public static async Task<(string, double)[]> Measure(BoxOffice office, string slug, long orders, string ledger)
    {
        var (event_, list, door, found, scans) = (BoxOffice.EventId(slug), new Histogram(), new Histogram(), 0, 0L);
        await office.With(async services =>
        {
            var db = services.GetRequiredService<QuerySession>();
            var guests = await db.Query<Guest>("select c.data ->> 'name' as name, c.data ->> 'email' as email, o.code from checkout_orders o join doc_order_contact c using (id) where o.event_id = $1 order by md5(o.code) limit $2", default, event_, Guests);
            string[] texts = [.. guests.SelectMany(g => new[] { g.Name[..Math.Min(3, g.Name.Length)], g.Name.Split(' ')[^1], g.Email[..5], g.Email, g.Code })];
            foreach (var text in texts.Take(20)) await Search(text, new(), new()); // plans and pages
            var before = await Scans(db);
            foreach (var text in texts) found += await Search(text, list, door);
            scans = await Scans(db) - before;

            async Task<int> Search(string text, Histogram atOffice, Histogram atDoor)
            {
                var began = Stopwatch.GetTimestamp();
                var listed = await new OrderSearch(event_, text, "", null).Find(db, default);
                atOffice.Add(Stopwatch.GetElapsedTime(began));
                began = Stopwatch.GetTimestamp();
                await OrderBuyer.Find(event_, text, db, default);
                atDoor.Add(Stopwatch.GetElapsedTime(began));
                return listed.Count == 0 ? 0 : 1;
            }
        });
        var (ok, took) = await office.TimeVerify(ledger);
        Console.WriteLine($"   {orders:N0} orders: {found} of {list.Count} searches found somebody; office p50 {list.Milliseconds(.5):F1} ms p99 {list.Milliseconds(.99):F1} ms, door p50 {door.Milliseconds(.5):F1} ms p99 {door.Milliseconds(.99):F1} ms, {scans} tables read through; verify {took.TotalSeconds:F1} s {(ok ? "ok" : "FAILED")}");
        return
        [
            ("searchP50", list.Milliseconds(.5)), ("searchP99", list.Milliseconds(.99)), ("doorSearchP50", door.Milliseconds(.5)), ("doorSearchP99", door.Milliseconds(.99)),
            ("searchTableScans", scans), ("verifySeconds", took.TotalSeconds),
        ];
    }

    /// <summary>How often a search had to read a whole table. The server's counts are a second late unless it is told not to be.</summary>
    static async Task<long> Scans(QuerySession db)
    {
        await db.Query<string>("select pg_stat_force_next_flush()::text", default);
        return await db.QueryFirst<long>("select coalesce(sum(seq_scan), 0)::bigint from pg_stat_user_tables where relname in ('doc_order_contact', 'checkout_orders')", default);
    }
}
