using System.Diagnostics;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>Confirmation, ticket and order page in one; its address opens it for as long as the order lives. Right after paying it waits two seconds for the outcome, and asks the provider itself when no webhook comes.</summary>
[IgnoreAntiforgeryToken]
public sealed class OrderPage(QuerySession db, EventCatalogue catalogue, OrganizationDirectory organizations, OrderLinks links, TicketWallets wallets, SettlePayment settle, StripeClient stripe, TimeProvider clock, ILogger<OrderPage> log) : PageModel
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public Order Order { get; private set; } = Order.Empty;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public Buyer? Buyer { get; private set; }
    public IReadOnlyList<OrderTicket> Tickets { get; private set; } = [];
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    public DeliveryState Delivery { get; private set; } = null!;
    public bool IsNew { get; private set; }

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public string Code => Infrastructure.Ids.Short(Order.Id);
    public Money Total => new(Order.Total, Order.Currency);
    public string Path => "/order/" + Token;
    public IReadOnlyList<TicketWallet> Wallets => Delivery.Waits ? [] : wallets.For(Request.Headers.UserAgent.ToString());

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (links.Read(Token) is not { } id) return NotFound();
        var (order, version) = await Outcome(id, ct);
        if (version == 0 || await catalogue.Find(order.EventId) is not { } e || await organizations.Find(order.OrganizationId, ct) is not { } organization) return NotFound();
        if (order.Status is OrderStatus.Open) return Redirect(links.CheckoutPath(id));
        (Order, Event, Organization) = (order, e, organization);
        IsNew = order.PaidAt > clock.GetUtcNow().AddMinutes(-30);
        Buyer = await Contracts.Buyer.Of(id, db, ct);
        if (order.Status != OrderStatus.Paid) return Page();
        // A sale of this half hour is as this process remembers it; an older one may have been changed by any.
        Tickets = await OrderTickets.Of(id, db, ct, fresh: !IsNew);
        Refunds = IsNew && order.Refunded == 0 ? [] : await RefundsOf.Order(id, db, ct);
        Delivery = await DeliveryState.Of(id, e.Id, db, catalogue, clock.GetUtcNow(), ct, order.PaidAt);
        return Page();
    }

    /// <summary>j•••e@example.com: enough for the buyer to know it, too little for anybody over their shoulder.</summary>
    public string MaskedEmail => Buyer?.Email.Split('@') is [{ Length: > 0 } who, var host] ? $"{who[0]}•••{(who.Length > 1 ? who[^1] : "")}@{host}" : "your address";

    /// <summary>What became, or becomes, of the mail with the tickets.</summary>
    public (string When, string What) Mailed => Delivery switch
    {
        { SentAt: { } sent } => (EventTime.Of(sent, Event.TimeZone).Date, "Your tickets went out by mail."),
        { Waits: true } => (EventTime.Of(Delivery.Due, Event.TimeZone).Date, "Your tickets come by mail and show here."),
        _ => ("Now", "Your tickets come by mail."),
    };

    async Task<(Order Order, int Version)> Outcome(Guid id, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var (order, version) = await db.Fold<Order>(id, ct);
        if (order.Status != OrderStatus.Placed) return order.Status == OrderStatus.Paid ? (order, version) : await db.FoldFresh<Order>(id, ct);
        for (var looks = 1; order.Status == OrderStatus.Placed && Stopwatch.GetElapsedTime(began) < Patience; looks++)
        {
            await Task.Delay(100, ct);
            if (looks == 8) await Ask(order, ct);
            (order, version) = looks % 5 == 0 ? await db.FoldFresh<Order>(id, ct) : await db.Fold<Order>(id, ct);
        }
        return (order, version);
    }

    // No word from the provider yet: the buyer stands here, so we go and ask.
    async Task Ask(Order order, CancellationToken ct)
    {
        try
        {
            if (await Payments.Find(order, stripe, ct) is { } payment) await settle.Settle(order.Id, payment, order.Account, null, ct);
        }
        catch (Exception e) when (e is StripeUnavailableException or StripeException) { log.LogWarning("The provider could not be asked about order {Order}: {Reason}", order.Id, e.Message); }
    }
}
