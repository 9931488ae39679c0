using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout.Links;

/// <summary>Asks whoever has an order's address to show that it is theirs, by a mail to the order's own. The page says nothing of whose that is. No cookie and so nothing to forge.</summary>
[IgnoreAntiforgeryToken]
public sealed class ProveOrderPage(OrderAccess access, LinkProofs proofs, EventCatalogue events, OrganizationDirectory organizations, QuerySession db, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    /// <summary><c>sent</c>: the mail was asked for.</summary>
    [BindProperty(SupportsGet = true)] public string? Step { get; set; }

    public Guid OrderId { get; private set; }
    public bool Manages { get; private set; }
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;

    public bool IsSent => Step == "sent";
    public string Path => PathOf(Token);

    public static string PathOf(string token) => $"/order/{token}/prove";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => OrderPage.Allow(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => !await Load(ct) ? NotFound() : Manages ? Redirect($"/order/{Token}/guests") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (await proofs.Ask(OrderId, HttpContext.Connection.RemoteIpAddress, ct)) return Redirect(Path + "?step=sent");
        ModelState.AddModelError("", texts.Of("order.prove-too-often", (int)LinkProofs.Window.TotalMinutes));
        Response.Headers.RetryAfter = ((int)LinkProofs.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (access.Of(HttpContext, Token) is not { } right) return false;
        // Before it is paid its address is whose details came last, which anybody with the link may give.
        var (order, _) = await db.FoldFresh<Order>(right.OrderId, ct);
        if (order.Status != OrderStatus.Paid || await events.Find(order.EventId) is not { } e || await organizations.Find(order.OrganizationId, ct) is not { } organization) return false;
        (OrderId, Manages, Event, Organization) = (right.OrderId, right.Manages(order.Giver), e, organization);
        return true;
    }
}
