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
public sealed class OrderPage(QuerySession db, EventCatalogue catalogue, OrganizationDirectory organizations, OrderLinks links, TicketWallets wallets, SettlePayment settle, StripeClient stripe, Texts texts, TimeProvider clock, ILogger<OrderPage> log) : PageModel
{
    static readonly TimeSpan BeforeAsking = TimeSpan.FromSeconds(0.8), AfterAsking = TimeSpan.FromSeconds(1.2);

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public Order Order { get; private set; } = Order.Empty;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public Buyer? Buyer { get; private set; }
    public IReadOnlyList<OrderTicket> Tickets { get; private set; } = [];
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    public DeliveryState Delivery { get; private set; } = null!;
    PaperTickets paper;
    public bool IsNew { get; private set; }

    /// <summary>Nobody knows yet whether it is paid; a declined card is an answer.</summary>
    public bool IsWaiting => Order is { Status: OrderStatus.Placed, DeclinedBecause: null };

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
        paper = Delivery.Waits ? PaperTickets.None : OfferedPaper.Of(e, organization, Buyer?.Name ?? "", Tickets);
        return Page();
    }

    /// <summary>Asked by a waiting page: nothing new, or to open itself again.</summary>
    public async Task<IActionResult> OnGetNewsAsync(CancellationToken ct)
    {
        if (links.Read(Token) is not { } id) return NotFound();
        (Order, _) = await Outcome(id, ct);
        if (!IsWaiting) Response.Headers["HX-Refresh"] = "true";
        return new NoContentResult();
    }

    /// <summary>j•••e@example.com: enough for the buyer to know it, too little for anybody over their shoulder.</summary>
    public string MaskedEmail => Buyer?.Email.Split('@') is [{ Length: > 0 } who, var host] ? $"{who[0]}•••{(who.Length > 1 ? who[^1] : "")}@{host}" : texts.Of("order.your-address");

    /// <summary>What became, or becomes, of the mail with the tickets.</summary>
    public (string When, string What) Mailed => Delivery switch
    {
        { SentAt: { } sent } => (EventTime.Of(sent, Event.TimeZone).Date, texts.Of("order.mailed")),
        { Waits: true } => (EventTime.Of(Delivery.Due, Event.TimeZone).Date, texts.Of("order.mail-later")),
        _ => (texts.Of("order.now"), texts.Of("order.mail-now")),
    };

    public bool HasPdf => paper is not (PaperTickets.None or PaperTickets.TooMany);

    /// <summary>What is to be known about the PDF before it is opened at a door.</summary>
    public string? PaperNote => paper switch
    {
        PaperTickets.TooMany => texts.Of("order.pdf-too-many", Tickets.Count),
        PaperTickets.ReadersFont => texts.Of("order.pdf-readers"),
        PaperTickets.Gaps => texts.Of("order.pdf-gaps"),
        _ => null,
    };

    async Task<(Order Order, int Version)> Outcome(Guid id, CancellationToken ct)
    {
        var (order, version) = await db.FoldUntil<Order>(id, IsDecided, BeforeAsking, ct);
        if (order.Status == OrderStatus.Placed)
        {
            await Ask(order, ct);
            (order, version) = await db.FoldUntil<Order>(id, IsDecided, AfterAsking, ct);
        }
        // "Paid" stays true; anything less may have been overtaken by another replica.
        return order.Status == OrderStatus.Paid ? (order, version) : await db.FoldFresh<Order>(id, ct);
    }

    static bool IsDecided(Order order) => order.Status != OrderStatus.Placed;

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
