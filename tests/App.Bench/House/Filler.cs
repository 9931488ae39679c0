using System.Diagnostics;
using System.Text.Json;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Demo;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace App.Bench.House;

/// <summary>
/// A past: paid orders of one ticket each, as the product itself would have written them (its facts by its own types, its states by its own folds, codes really signed, buyers of many names), brought in by COPY because selling
/// a million takes an hour. While it fills no app may run.
/// </summary>
sealed class Filler(BoxOffice office, string slug, Kind kind)
{
    const int Chunk = 20_000;
    static readonly Guid Rider = new("01890000-0000-7000-8000-0000000000f1");

    readonly DemoNames names = DemoNames.Read();

    public long Filled { get; private set; }

    /// <summary>The provider's book of these orders.</summary>
    public string Ledger => Path.Combine(office.Folder, "filled.ledger");

    sealed record Sold(Guid Id, Guid Delivery, Guid Ticket, (Guid Stream, int Version, string Type, byte[] Data)[] Facts, byte[] Contact, string Charge);

    public async Task Fill(long orders)
    {
        if (orders <= 0) return;
        var began = Stopwatch.GetTimestamp();
        await office.With(async services =>
        {
            var (types, keys, store) = (services.GetRequiredService<StoredTypes>(), services.GetRequiredService<TicketKeys>(), services.GetRequiredService<EventStore>());
            var (e, _, _) = await store.Fold<CatalogueEvent>(BoxOffice.EventId(slug), Recall.None, CancellationToken.None);
            var id = InventoryId.Of(e.Id);
            var (inventory, version, _) = await store.Fold<Inventory>(id, Recall.None, CancellationToken.None);
            if (version == 0) inventory = await OpenInventory(e, id, store, services);
            version = Math.Max(version, e.Quotas.Count);
            for (var left = orders; left > 0; left -= Chunk)
            {
                var first = (int)(Filled + orders - left);
                var (count, from, past) = ((int)Math.Min(left, Chunk), version, services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1));
                await keys.Sign(e.OrganizationId, id, 1); // makes the key before many ask for it at once
                var sold = new Sold[count];
                await Parallel.ForAsync(0, count, async (i, _) => sold[i] = await Sell(e, id, from + 2 * i, first + i, past.AddMilliseconds(i), types, keys));
                foreach (var s in sold)
                    foreach (var fact in s.Facts.Where(f => f.Stream == id)) inventory = Inventory.Evolve(inventory, types.Read(StoredKind.Fact, fact.Type, fact.Data)!);
                version += 2 * count;
                await Copy(sold, id, version);
                await File.AppendAllLinesAsync(Ledger, sold.Select(s => s.Charge));
            }
            await store.SaveSnapshot(id, inventory, version, CancellationToken.None);
        });
        Filled += orders;
        await Do("vacuum analyze");
        Console.WriteLine($"filled {orders:N0} orders in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
    }

    /// <summary>The capacity, as the product's handler would set it on hearing of the quota.</summary>
    static async Task<Inventory> OpenInventory(CatalogueEvent e, Guid id, EventStore store, IServiceProvider services)
    {
        var session = new DocumentSession(store, services.GetRequiredService<Infrastructure.Messaging.HandlerRegistry>(), Cause.System);
        var stream = session.StartStream<Inventory>(id);
        stream.Append(e.Quotas.Select(q => new CapacitySet(q.Id, q.Capacity, services.GetRequiredService<TimeProvider>().GetUtcNow())));
        await session.SaveChangesAsync(services, CancellationToken.None);
        return stream.State;
    }

    async Task<Sold> Sell(CatalogueEvent e, Guid inventory, int version, int number, DateTimeOffset at, StoredTypes types, TicketKeys keys)
    {
        var (order, type) = (Ids.New(at), e.Types[0]);
        var (ticket, delivery, payment) = (TicketId.Of(order, 1), TicketDelivery.IdOf(order), "pi_filled" + order.ToString("N"));
        OrderLine[] lines = [new(type.Id, type.Name, 1, e.PriceOf(type), type.Quotas, null)];
        var (until, total) = (at.AddMinutes(15), lines[0].Each.Gross);
        var code = await keys.Sign(e.OrganizationId, ticket, 1);
        var (name, email) = names.Pick(new Random(number), number);
        return new(order, delivery, ticket,
        [
            Fact(inventory, version + 1, new PlacesHeld(order, HoldPlacesHandler.PlacesOf(lines), until)),
            Fact(order, 1, new OrderStarted(order, e.Id, e.OrganizationId, lines, e.Currency, until, at)),
            Fact(order, 2, new OrderPlaced(order, e.Id, e.OrganizationId, 1, total, e.Currency, at)),
            Fact(order, 3, new PaymentPrepared(1, payment, null, at)),
            Fact(inventory, version + 2, new PlacesSold(order, null)),
            Fact(order, 4, new OrderPaid(order, e.Id, e.OrganizationId, lines, total, e.Currency, payment, null, at)),
            Fact(ticket, 1, new TicketIssued(ticket, order, e.Id, e.OrganizationId, type.Id, kind.Name, null, 1, 1, 1, code, at)),
            Fact(delivery, 1, new TicketsSent(order, e.Id, e.OrganizationId, 1, 1, at)),
        ],
        types.Write(StoredKind.Document, new OrderContact(order, name, email) { EventId = e.Id }).Data,
        JsonSerializer.Serialize(new { kind = "charge", id = "ch_" + payment[3..], account = (string?)null, amount = total, currency = "eur", created = at.ToUnixTimeSeconds(), payment_intent = payment, status = "succeeded", metadata = new { order_id = order } }));

        (Guid, int, string, byte[]) Fact(Guid stream, int v, object fact) => types.Write(StoredKind.Fact, fact) is var (name, data) ? (stream, v, name, data) : default;
    }

    /// <summary>One table after another; the log in the order of the facts.</summary>
    async Task Copy(Sold[] sold, Guid inventory, int inventoryVersion)
    {
        await using var db = await office.Db.OpenConnectionAsync();
        await using var transaction = await db.BeginTransactionAsync();
        var (now, meta) = (TimeProvider.System.GetUtcNow().UtcDateTime, $$"""{"unit":"{{Rider}}","actor":"system"}""");
        await using (var log = await db.BeginBinaryImportAsync("copy events (stream, version, type, data, meta, at) from stdin (format binary)"))
        {
            foreach (var (stream, version, type, data) in sold.SelectMany(s => s.Facts))
            {
                await log.StartRowAsync();
                await log.WriteAsync(stream, NpgsqlDbType.Uuid);
                await log.WriteAsync(version, NpgsqlDbType.Integer);
                await log.WriteAsync(type, NpgsqlDbType.Text);
                await log.WriteAsync(data, NpgsqlDbType.Jsonb);
                await log.WriteAsync(meta, NpgsqlDbType.Jsonb);
                await log.WriteAsync(now, NpgsqlDbType.TimestampTz);
            }
            await log.CompleteAsync();
        }
        await using (var streams = await db.BeginBinaryImportAsync("copy streams (id, type, version) from stdin (format binary)"))
        {
            foreach (var s in sold)
                foreach (var (id, type, version) in new[] { (s.Id, "order", 4), (s.Ticket, "ticket", 1), (s.Delivery, "ticketdelivery", 1) })
                {
                    await streams.StartRowAsync();
                    await streams.WriteAsync(id, NpgsqlDbType.Uuid);
                    await streams.WriteAsync(type, NpgsqlDbType.Text);
                    await streams.WriteAsync(version, NpgsqlDbType.Integer);
                }
            await streams.CompleteAsync();
        }
        await using (var contacts = await db.BeginBinaryImportAsync("copy doc_order_contact (id, version, data) from stdin (format binary)"))
        {
            foreach (var s in sold)
            {
                await contacts.StartRowAsync();
                await contacts.WriteAsync(s.Id, NpgsqlDbType.Uuid);
                await contacts.WriteAsync(1, NpgsqlDbType.Integer);
                await contacts.WriteAsync(s.Contact, NpgsqlDbType.Jsonb);
            }
            await contacts.CompleteAsync();
        }
        await using (var version = new NpgsqlCommand("update streams set version = $2 where id = $1", db))
        {
            version.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = inventory });
            version.Parameters.Add(new NpgsqlParameter<int> { TypedValue = inventoryVersion });
            await version.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    async Task Do(string sql)
    {
        await using var command = office.Db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
