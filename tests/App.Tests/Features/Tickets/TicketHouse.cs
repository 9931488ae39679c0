using System.Collections.Concurrent;
using App.Features.Checkout.Contracts;
using App.Features.Checkout;
using App.Features.Events.Contracts;
using App.Features.Events;
using App.Features.Organizations.Contracts;
using App.Features.Organizations;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Features.Tickets;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure;
using App.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Features.Tickets;

/// <summary>Facts of an event, as its editor would append them.</summary>
public sealed record ChangeEvent(Guid EventId, params object[] Facts);

public static class ChangeEventHandler
{
    public static async Task Handle(ChangeEvent command, DocumentSession db, CancellationToken ct) => (await db.FetchForWriting<CatalogueEvent>(command.EventId, ct)).Append(command.Facts);
}

public sealed record Pay(Guid OrderId, OrderContact? Contact, params object[] Facts);

public static class PayHandler
{
    public static Task Handle(Pay command, DocumentSession db)
    {
        if (command.Contact is { } contact) db.Store(contact);
        db.StartStream<Order>(command.OrderId).Append(command.Facts);
        return Task.CompletedTask;
    }
}

public sealed record PutOrganization(OrganizationCard Card);

public static class PutOrganizationHandler
{
    public static Task Handle(PutOrganization command, DocumentSession db)
    {
        db.Store(command.Card);
        return Task.CompletedTask;
    }
}

public sealed record Revoke(Guid TicketId);

public static class RevokeHandler
{
    public static async Task Handle(Revoke command, DocumentSession db, TimeProvider clock, CancellationToken ct) =>
        (await db.FetchForWriting<Ticket>(command.TicketId, ct)).Append([new TicketRevoked(command.TicketId, "refunded", clock.GetUtcNow())]);
}

/// <summary>One process with the slices a ticket meets, a clock that the test moves and a mail provider that the test is.</summary>
public sealed class TicketHouse(StoreHost host, TestClock clock, ConcurrentQueue<Mail> sent) : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Doors = new(2027, 3, 12, 19, 0, 0, TimeSpan.Zero);
    public static readonly Guid Organization = Ids.New(Noon), Event = Ids.From(Organization, "event"), Balcony = Ids.From(Event, "balcony");
    static int orders;

    public StoreHost Host => host;
    public TestClock Clock => clock;
    public IReadOnlyList<Mail> Sent => [.. sent];
    public IReadOnlyList<Mail> TicketsSent => [.. sent.Where(m => m.Key.StartsWith("tickets.", StringComparison.Ordinal))];

    public static async Task<TicketHouse> Start(string connection, TestClock? clock = null, Func<Mail, Task<MailAnswer>>? provider = null, bool workers = true)
    {
        clock ??= new(Noon);
        var sent = new ConcurrentQueue<Mail>();
        var host = await StoreHost.Start(connection, clock, workers, services => services
            .AddSingleton(new HandlerRegistry(typeof(StoreHost).Assembly, typeof(App.Program).Assembly))
            .AddSingleton<Secrets>().AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddEvents().AddOrganizations(new ConfigurationManager()).AddCheckout().AddTickets().AddMail().AddSingleton(new App.Infrastructure.Web.Texts(System.Text.Encodings.Web.HtmlEncoder.Default))
            .AddSingleton(new App.Infrastructure.Web.SiteOptions(new Uri("https://foyer.example")))
            .AddSingleton(new Mailer(async (mail, _) =>
            {
                var answer = provider is null ? MailAnswer.Accepted : await provider(mail);
                if (answer.Refused is null) sent.Enqueue(mail);
                return answer;
            })));
        return new(host, clock, sent);
    }

    /// <summary>A house with an organization and an event at Lisbon's Teatro Salitre.</summary>
    public static async Task<TicketHouse> Open(Delivery? delivery = null, string title = "Slow Harbour", Func<Mail, Task<MailAnswer>>? provider = null, string? connection = null)
    {
        var house = await Start(connection ?? await Databases.New(CounterModule.Sql), provider: provider);
        await house.Do(new PutOrganization(new(Organization, "salitre", "Teatro Salitre", 212, .085, "door@salitre.example", "Rua do Salitre 94, Lisbon", null)));
        await house.Change(
            new EventCreated(Event, Organization, "slow-harbour", title, "EUR", "Europe/Lisbon", Noon),
            new EventPlaced("Teatro Salitre", "Rua do Salitre 94", "Lisbon", Noon),
            new EventDated(Event, Doors, Doors.AddHours(1), Doors.AddHours(3), "Europe/Lisbon", Noon));
        if (delivery is not null) await house.Rule(delivery);
        await house.Settle();
        return house;
    }

    public Task Do(object command) => host.Bus.InvokeAsync(command, default);
    public Task Change(params object[] facts) => Do(new ChangeEvent(Event, facts));
    public Task Rule(Delivery d) => Change(new DeliveryRuled(Event, d.Kind, d.Date, d.Hours, clock.Now));
    public Task Date(DateTimeOffset doors) => Change(new EventDated(Event, doors, doors.AddHours(1), doors.AddHours(3), "Europe/Lisbon", clock.Now));

    /// <summary>A paid order; its id.</summary>
    public async Task<Guid> Sell(int count = 2, string name = "Inês Duarte", string? email = "ines@example.com", string[]? seats = null, string? language = null)
    {
        // Sold by what the catalogue of this process knows, which may be a moment behind.
        var order = Ids.From(Event, Interlocked.Increment(ref orders));
        OrderLine[] lines = [new(Balcony, "Balcony", count, new(4000, 300, 258), [], seats)];
        await Do(new Pay(order, email is null ? null : new(order, name, email) { Language = language },
            new OrderStarted(order, Event, Organization, lines, "EUR", clock.Now.AddMinutes(15), clock.Now),
            new OrderPlaced(order, Event, Organization, count, 9116, "EUR", clock.Now),
            new OrderPaid(order, Event, Organization, lines, 9116, "EUR", "pi_1", null, clock.Now)));
        return order;
    }

    /// <summary>Until this process sells by the rule that holds, and nothing that is due waits.</summary>
    public async Task Settle()
    {
        var (now, _) = await host.Db.FoldFresh<CatalogueEvent>(Event, default);
        await Eventually.Is(async () => await host.Get<EventCatalogue>().Find(Event) is { } e && e.Delivery == now.Delivery && e.Doors == now.Doors && e.Title == now.Title && e.City == now.City);
        await Listed();
        await host.HandleDueMessages();
    }

    /// <summary>Until the list of orders has followed: who is in no paid order is forgotten after a day.</summary>
    Task Listed() => Eventually.Is(async () => await host.Db.QueryFirst<bool>("select not exists (select from doc_order_contact c where not exists (select from checkout_orders o where o.id = c.id and o.status = 'paid'))", default));

    public async Task MoveTo(DateTimeOffset now)
    {
        await Listed();
        clock.Now = now;
        await host.HandleDueMessages();
    }

    public async Task<TicketPaper> Paper(Guid order) => (await host.Get<TicketPapers>().Of(order, default))!;
    public Task<IReadOnlyList<Guid>> Waiting() => host.Db.Query<Guid>("select id from doc_waiting_tickets", default);
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
