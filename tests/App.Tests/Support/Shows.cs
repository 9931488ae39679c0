using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Support;

/// <summary>An event on sale with one kind of ticket.</summary>
public sealed record Show(Guid OrganizationId, string Organization, Guid EventId, string Slug, Guid TicketTypeId, Guid QuotaId)
{
    public string Path => $"/e/{Organization}/{Slug}";
    public string Field => $"t-{TicketTypeId:N}";
}

/// <summary>The past that tests of pages need, made as the product makes it.</summary>
public static class Shows
{
    /// <param name="amount">Minor units of euro; 0 is free, and then no payment provider is needed.</param>
    public static async Task<Show> AddShow(this AppHost app, string organization = "salitre", string slug = "slow-harbour", long amount = 0, int capacity = 100, string title = "Inês Valverde: Slow Harbour", bool isConference = false)
    {
        var now = app.Clock.Now;
        var card = await app.Get<OrganizationDirectory>().Find(organization, default) ?? await app.AddOrganization(organization);
        var (eventId, typeId, quotaId) = (Ids.New(now), Ids.New(now), Ids.New(now));
        await app.Bus.InvokeAsync(new SaveEvent(eventId, card.Id, slug, title, "EUR", "Europe/Lisbon")
        {
            Description = new(title, "", "Two evenings by the water.", "A concert.", "", "", "Full refund until 14 days before.", now),
            Place = new("Teatro Salitre", "Rua do Salitre 94", "Lisbon", now),
            Dates = new(eventId, now.AddDays(60).AddHours(-1), now.AddDays(60), now.AddDays(60).AddHours(3), "Europe/Lisbon", now),
            Quotas = [new(eventId, quotaId, "Standing", capacity, now)],
            Types = [new(typeId, "Standing", "", amount, [quotaId], 10, 1, false, now)],
            Published = true,
            Kind = isConference ? EventKind.Conference : null,
        }, default);
        await app.HandleDueMessages();
        return new(card.Id, organization, eventId, slug, typeId, quotaId);
    }

    public static async Task<OrganizationCard> AddOrganization(this AppHost app, string slug)
    {
        var card = new OrganizationCard(Ids.New(app.Clock.Now), slug, slug == "salitre" ? "Teatro Salitre" : slug, 212, 0.085, "box@salitre.example", "Rua do Salitre 94, Lisbon", null);
        await app.Store(card);
        return card;
    }

    public static async Task Store<T>(this AppHost app, T document) where T : class
    {
        var type = app.Get<StoredTypes>().Of(StoredKind.Document, typeof(T));
        await using var command = app.Get<EventStore>().Command($"insert into doc_{type.Name} (id, version, data) values ($1, 1, convert_from($2, 'UTF8')::jsonb)",
            type.Id!(document), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, type.Json));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sells free tickets, or with a sandbox paid ones, to the end: tickets issued, mails sent. Answers the order's id.</summary>
    public static async Task<Guid> Sell(this AppHost app, Show show, int tickets = 1, string name = "Inês Duarte", string email = "ines@example.org", SandboxHost? sandbox = null)
    {
        var orderId = await app.Bus.InvokeAsync<Guid>(new HoldPlaces(show.EventId, [new(show.TicketTypeId, tickets)]), default);
        var begun = await app.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(orderId, new(orderId, name, email), Hosted: false, "https://foyer.example/", "https://foyer.example/"), default);
        if (!begun.Complete)
        {
            await sandbox!.Pay((await app.Db.FoldFresh<Order>(orderId, default)).State.PaymentId!);
            await Eventually.Is(async () => (await app.Db.FoldFresh<Order>(orderId, default)).State.Status == OrderStatus.Paid);
        }
        await app.HandleDueMessages();
        return orderId;
    }

    /// <summary>The browser in which the order was bought, or that was shown to be its buyer's.</summary>
    public static void Own(this AppHost app, Browser browser, Guid orderId)
    {
        var answer = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        app.Get<OrderAccess>().Keep(answer, orderId, OrderAccess.ByMail);
        var cookie = answer.Response.Headers.SetCookie[0]!.Split(';')[0].Split('=', 2);
        browser.Cookies[cookie[0]] = cookie[1];
    }
}
