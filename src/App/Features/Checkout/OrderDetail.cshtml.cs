using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>One order as its promoter sees it.</summary>
public sealed class OrderDetailPage(MessageBus bus, EventCatalogue catalogue, EventStore store, QuerySession db, RecentBuyers recent, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid OrderId { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [TempData] public string? Said { get; set; }

    public Order Order { get; private set; } = Order.Empty;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrderContact? Contact { get; private set; }
    public IReadOnlyList<OrderTicket> Tickets { get; private set; } = [];
    /// <summary>Who comes with the tickets that were given away.</summary>
    public IReadOnlyDictionary<Guid, TicketHolder> Holders { get; private set; } = new Dictionary<Guid, TicketHolder>();
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    /// <summary>Refunds that are under way and no longer tried.</summary>
    public IReadOnlyList<Guid> Stuck { get; private set; } = [];
    public IReadOnlyList<Happening> Story { get; private set; } = [];
    DeliveryState? delivery;
    bool mailGaveUp;

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public string Code => Infrastructure.Ids.Short(Order.Id);
    public Price Sum => Order.Lines.Aggregate(default(Price), (sum, l) => sum + l.Each * l.Count);
    public string Say(long minor) => new Money(minor, Order.Currency).ToString();
    public string Time(DateTimeOffset at) => EventTime.Of(at, Event.TimeZone).Local is var local && local.Year == clock.GetUtcNow().Year
        ? local.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture) : local.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public string Status => Order.Status switch
    {
        OrderStatus.Paid when Order.RefundedTickets.Length >= Order.Tickets => "refunded",
        OrderStatus.Paid when Order.RefundedTickets.Length > 0 => "part-refunded",
        OrderStatus.Paid => "paid",
        OrderStatus.TooLate => "too-late",
        OrderStatus.Abandoned => "abandoned",
        _ => "placed",
    };

    public string Delivered => delivery switch
    {
        null => "Nothing to send yet.",
        { Failed: { } why } => $"The last mail was refused ({why}). Correct the address, then send again.",
        { SentAt: { } sent } => $"Tickets mailed on {Time(sent)}.",
        { Waits: true } => $"Tickets go out on {Time(delivery.Due)}, by the event’s rule.",
        _ when mailGaveUp => "The mail could not be sent, and is not tried by itself any more. Send the tickets again.",
        _ => "Tickets are on their way.",
    };

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        (Tickets, Refunds) = (await OrderTickets.Of(OrderId, db, ct, fresh: true), await RefundsOf.Order(OrderId, db, ct));
        Holders = await TicketHolder.OfOrders(Order.Gifts.IsEmpty ? [] : [OrderId], db, ct);
        Stuck = await RefundsOf.Stuck(Refunds, db, ct);
        if (Order.PaidAt is not null) delivery = await DeliveryState.Of(OrderId, Event.Id, db, catalogue, clock.GetUtcNow(), ct);
        mailGaveUp = delivery is { SentAt: null, Failed: null, Waits: false } && await DeliveryState.GaveUp(OrderId, db, ct);
        Story = await OrderStory.Of(Order, Refunds, store, db, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var form = new BuyerForm { Name = Name, Email = Email };
        foreach (var (field, fault) in form.Faults()) ModelState.AddModelError(field, texts.Of(fault));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new CorrectAddress(form.ToContact(OrderId), Order.OrganizationId), ct);
        recent.Forget(OrderId);
        Said = "Name and address saved. Send the tickets again if they went to the wrong one.";
        return LocalRedirect($"/office/orders/{OrderId}");
    }

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new RenewOrderLink(OrderId, Order.OrganizationId, Staff.Of(User).MemberId.ToString()), ct);
        Said = "The old link stopped working. The new one is on its way by mail.";
        return LocalRedirect($"/office/orders/{OrderId}");
    }

    /// <summary>Another organization's order isn't there.</summary>
    async Task<bool> Load(CancellationToken ct)
    {
        var (order, version) = await db.FoldFresh<Order>(OrderId, ct);
        if (version == 0 || order.OrganizationId != Staff.Of(User).OrganizationId || await catalogue.Find(order.EventId) is not { } e) return false;
        (Order, Event, Contact) = (order, e, await db.Load<OrderContact>(OrderId, ct));
        return true;
    }
}
