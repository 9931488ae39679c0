using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>Confirmation, ticket and order page in one; its address opens it for as long as the order lives.</summary>
[IgnoreAntiforgeryToken]
public sealed class OrderPage(OrderSheets sheets, OrderLinks links, TicketWallets wallets, Texts texts) : PageModel
{
    OrderSheet sheet = null!;

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public Order Order => sheet.Order;
    public OrderOwn Own => sheet.Own;
    public CatalogueEvent Event => sheet.Event;
    public OrganizationCard Organization => sheet.Organization;
    public IReadOnlyList<OrderTicket> Tickets => sheet.Tickets;

    /// <summary>Who comes with it: the buyer, or whom they gave it to. Null: erased.</summary>
    public string? NameOn(OrderTicket ticket) => !sheet.Holders.TryGetValue(ticket.Id, out var holder) ? Own.Name : holder.Name.Length > 0 ? holder.Name : null;
    public IReadOnlyList<RefundCard> Refunds => sheet.Refunds;
    public DeliveryState Delivery => sheet.Delivery!;
    public bool IsNew => sheet.IsNew;
    public IReadOnlyList<Notice> Notices => sheet.Notices ?? [];

    public bool IsWaiting => Waits(Order);

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public Money Total => new(Order.Total, Order.Currency);
    public string Path => "/order/" + Own.Token;
    /// <summary>Buying needs no account; a conference offers one afterwards (ux.md U4).</summary>
    public IHtmlContent SignInLink => new HtmlContentBuilder().AppendHtml("<a href=\"").Append($"/e/{Organization.Slug}/{Event.Slug}/sign-in").AppendHtml("\">").Append(texts.Of("sign-in.title")).AppendHtml("</a>");
    public bool CanGive => sheet.CanGive;
    public IHtmlContent GuestsLink => new HtmlContentBuilder().AppendHtml("<a href=\"").Append($"{Path}/guests").AppendHtml("\">").Append(texts.Of("order.guests-link")).AppendHtml("</a>");
    public string Email => Own.Email ?? texts.Of("order.your-address");
    public IReadOnlyList<TicketWallet> Wallets => Delivery.Waits ? [] : wallets.For(Request.Headers.UserAgent.ToString());

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Allow(HttpContext);

    internal static void Allow(HttpContext context) => context.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // What was read to see whether the page is like others is read no second time.
        if ((HttpContext.Items[typeof(OrderSheet)] as OrderSheet ?? await sheets.Find(Token, ct)) is not { } found) return NotFound();
        if (found.Order.Status is OrderStatus.Open) return Redirect(links.CheckoutPath(found.Order.Id));
        sheet = found;
        return Page();
    }

    /// <summary>There is nothing to send.</summary>
    public IActionResult OnPost() => NotFound();

    /// <summary>Asked by a waiting page: nothing new, or to open itself again.</summary>
    public async Task<IActionResult> OnGetNewsAsync(CancellationToken ct)
    {
        if (links.Read(Token) is not { } id) return NotFound();
        var (order, _) = await sheets.Outcome(id, ct);
        if (!Waits(order)) Response.Headers["HX-Refresh"] = "true";
        return new NoContentResult();
    }

    /// <summary>What became, or becomes, of the mail with the tickets.</summary>
    public (string When, string What) Mailed => Delivery switch
    {
        { SentAt: { } sent } => (EventTime.Of(sent, Event.TimeZone).Date, texts.Of("order.mailed")),
        { Waits: true } => (EventTime.Of(Delivery.Due, Event.TimeZone).Date, texts.Of("order.mail-later")),
        _ => (texts.Of("order.now"), texts.Of("order.mail-now")),
    };

    public bool HasPdf => sheet.Paper is not (PaperTickets.None or PaperTickets.TooMany);

    /// <summary>What is to be known about the PDF before it is opened at a door.</summary>
    public string? PaperNote => sheet.Paper switch
    {
        PaperTickets.TooMany => texts.Of("order.pdf-too-many", Tickets.Count),
        PaperTickets.ReadersFont => texts.Of("order.pdf-readers"),
        PaperTickets.Gaps => texts.Of("order.pdf-gaps"),
        _ => null,
    };

    /// <summary>Nobody knows yet whether it is paid; a declined card is an answer.</summary>
    static bool Waits(Order order) => order is { Status: OrderStatus.Placed, DeclinedBecause: null };
}
