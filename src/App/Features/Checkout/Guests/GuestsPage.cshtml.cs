using App.Features.Checkout.Contracts;
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

/// <summary>Who comes with each ticket of an order, for conferences. The order's address opens it: no account, no cookie and so nothing to forge. Whatever address is typed, the answer is the same.</summary>
[IgnoreAntiforgeryToken]
public sealed class GuestsPage(EventCatalogue events, OrganizationDirectory organizations, OrderLinks links, MessageBus bus, QuerySession db, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    /// <summary>Of the ticket whose form was sent.</summary>
    [BindProperty] public int Number { get; set; }

    /// <summary>The ticket whose guest was kept just now, by its number; negative: it was taken back.</summary>
    [BindProperty(SupportsGet = true)] public int? Kept { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public Buyer? Buyer { get; private set; }

    /// <summary>Those that open a door.</summary>
    public IReadOnlyList<OrderTicket> Tickets { get; private set; } = [];
    public IReadOnlyDictionary<Guid, TicketHolder> Holders { get; private set; } = new Dictionary<Guid, TicketHolder>();
    public string OrderPath => $"/order/{Token}";
    public string Path => OrderPath + "/guests";
    public bool IsOver => clock.GetUtcNow() >= Event.Doors;
    public EventTime Doors => EventTime.Of(Event.Doors, Event.TimeZone);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    /// <summary>As it was typed, or as it is kept.</summary>
    public string? Value(string field, OrderTicket ticket, string? kept) => HttpMethods.IsPost(Request.Method) && Number == ticket.Number ? Request.Form[$"{field}-{ticket.Number}"].ToString() : kept;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct) || links.Read(Token) is not { } order) return NotFound();
        var form = new BuyerForm { Name = Request.Form[$"name-{Number}"], Email = Request.Form[$"email-{Number}"] };
        foreach (var (field, fault) in form.Faults()) ModelState.AddModelError($"{field}-{Number}", texts.Of(fault));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await bus.InvokeAsync(new GiveTicket(order, Number, form.ToContact(order)), ct);
        return Redirect($"{Path}?kept={Number}");
    }

    public async Task<IActionResult> OnPostBackAsync(CancellationToken ct)
    {
        if (!await Load(ct) || links.Read(Token) is not { } order) return NotFound();
        await bus.InvokeAsync(new GiveTicket(order, Number, null), ct);
        return Redirect($"{Path}?kept={-Number}");
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (links.Read(Token) is not { } id || await PaidOrder.Of(id, db, ct) is not { } order || await events.Find(order.EventId) is not { IsConference: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organization) return false;
        (Event, Organization, Buyer) = (e, organization, await Buyer.Of(id, db, ct));
        Tickets = [.. (await OrderTickets.Of(id, db, ct, fresh: true)).Where(t => t.IsValid)];
        Holders = await TicketHolder.OfOrders([id], db, ct);
        return true;
    }
}
