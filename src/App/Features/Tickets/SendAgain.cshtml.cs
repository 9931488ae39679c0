using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Tickets;

/// <summary>The promoter sends an order's tickets again; a button on the order's page.</summary>
public sealed class SendAgainPage(MessageBus bus, QuerySession db, EventCatalogue events, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid OrderId { get; set; }
    [TempData] public string? Said { get; set; }

    public IActionResult OnGet() => LocalRedirect($"/office/orders/{OrderId}");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await PaidOrder.Of(OrderId, db, ct) is not { } order || order.OrganizationId != Staff.Of(User).OrganizationId) return NotFound();
        try
        {
            var resent = await bus.InvokeAsync<Resent>(new ResendTickets(OrderId), ct);
            Said = resent.HeldUntil is { } until && await events.Find(order.EventId) is { } e ? $"Tickets go out on {EventTime.Moment(until, e.TimeZone)}, by the event’s rule." : "Tickets are on their way.";
        }
        catch (Refused no) { Said = texts.Of(no); }
        return LocalRedirect($"/office/orders/{OrderId}");
    }
}
