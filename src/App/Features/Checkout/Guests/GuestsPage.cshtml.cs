using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Links;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout.Guests;

/// <summary>Who comes with each ticket of an order. The order's address doesn't open it by itself: the browser must have shown that it is the buyer's, and no other site can make it post here. Whatever address is typed, the answer is the same.</summary>
[IgnoreAntiforgeryToken]
public sealed class GuestsPage(EventCatalogue events, OrganizationDirectory organizations, OrderAccess access, MessageBus bus, EventStore store, QuerySession db, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public Order Order { get; private set; } = Order.Empty;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public Buyer? Buyer { get; private set; }

    /// <summary>Those that open a door.</summary>
    public IReadOnlyList<OrderTicket> Tickets { get; private set; } = [];
    public IReadOnlyDictionary<Guid, TicketHolder> Holders { get; private set; } = new Dictionary<Guid, TicketHolder>();

    /// <summary>Tickets whose guest's address doesn't take mail.</summary>
    public IReadOnlySet<Guid> Refused { get; private set; } = new HashSet<Guid>();
    public DeliveryState Delivery { get; private set; } = null!;

    public string OrderPath => $"/order/{Token}";
    public string Path => OrderPath + "/guests";
    public bool IsOver => clock.GetUtcNow() >= Event.Doors;
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    /// <summary>What has just been done to the ticket: kept, or back. Null: nothing.</summary>
    public string? Done(OrderTicket ticket) => ModelState.ErrorCount == 0 && Request.Query["ticket"] == ticket.Number.ToString(CultureInfo.InvariantCulture) ? Request.Query["done"].ToString() : null;

    /// <summary>As it was typed, or as it is kept.</summary>
    public string? Value(string field, OrderTicket ticket, string? kept) => Number == ticket.Number ? Typed(field) : kept;

    /// <summary>Of the ticket whose form was sent. Null: none was.</summary>
    int? Number => Request.HasFormContentType && int.TryParse(Request.Form["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    string? Typed(string field) => Request.Form[$"{field}-{Number}"];

    /// <summary>See <see cref="GiveTicket.Known"/>.</summary>
    int Known => int.TryParse(Request.Form["known"], NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await Load(ct) is { } answer) return answer;
        if (Number is not { } number) return NotFound();
        var form = new BuyerForm { Name = Typed("name"), Email = Typed("email") };
        foreach (var (field, fault) in form.Faults()) ModelState.AddModelError($"{field}-{number}", texts.Of(fault));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await bus.InvokeAsync(new GiveTicket(Order.Id, number, form.ToContact(Order.Id), Known), ct);
        return Back(number, "given");
    }

    public async Task<IActionResult> OnPostBackAsync(CancellationToken ct)
    {
        if (await Load(ct) is { } answer) return answer;
        if (Number is not { } number) return NotFound();
        await bus.InvokeAsync(new GiveTicket(Order.Id, number, null, Known), ct);
        return Back(number, "back");
    }

    RedirectResult Back(int number, string done) => Redirect($"{Path}?ticket={number}&done={done}#t-{number}");

    /// <summary>Null: it is there, and this browser's to manage.</summary>
    async Task<IActionResult?> Load(CancellationToken ct)
    {
        if (access.Of(HttpContext, Token) is not { OrderId: var id } right) return NotFound();
        (Order, _) = await db.FoldFresh<Order>(id, ct);
        if (Order.Status != OrderStatus.Paid || await events.Find(Order.EventId) is not { } e || await organizations.Find(Order.OrganizationId, ct) is not { } organization) return NotFound();
        if (!right.Manages(Order.Giver)) return Redirect(ProveOrderPage.PathOf(Token));
        (Event, Organization, Buyer) = (e, organization, await Buyer.Of(id, db, ct));
        Tickets = [.. (await OrderTickets.Of(id, db, ct, fresh: true)).Where(t => t.IsValid)];
        Holders = await TicketHolder.OfOrders(Order.Gifts.IsEmpty ? [] : [id], db, ct);
        Delivery = await DeliveryState.Of(id, e.Id, db, events, clock.GetUtcNow(), ct, Order.PaidAt);
        var mailed = Holders.Values.ToDictionary(h => OrderMail.AboutGuest(h.TicketId, h.Revision), h => h.TicketId);
        Refused = (await OrderMail.ToGuests(id, mailed.Keys, store, db, ct)).Where(m => m.Refused is not null).Select(m => mailed[m.About]).ToHashSet();
        return null;
    }
}
