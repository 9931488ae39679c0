using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout.Links;

/// <summary>Where the link in the mail leads. Looking at it uses nothing up, whoever looks: mail scanners open links. A press does, and the browser in which it is pressed has the order from then on. What isn't ours, is used, too old or another order's is a 404.</summary>
[IgnoreAntiforgeryToken]
public sealed class OpenOrderPage(OrderAccess access, LinkProofs proofs, EventCatalogue events, OrganizationDirectory organizations, QuerySession db) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Word { get; set; } = "";

    public LinkProof Proof { get; private set; } = null!;
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public string Path => $"/order/{Token}/prove/{Word}";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => OrderPage.Allow(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Open(ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await Open(ct) is { } answer) return answer;
        if (!await proofs.Take(Proof, ct)) return NotFound();
        access.Keep(HttpContext, Proof.OrderId, OrderAccess.ByMail);
        return Goal;
    }

    RedirectResult Goal => Redirect($"/order/{Token}/guests");

    /// <summary>Null: there is something to press.</summary>
    async Task<IActionResult?> Open(CancellationToken ct)
    {
        if (access.Of(HttpContext, Token) is not { } right || await proofs.Find(right.OrderId, Word, ct) is not { } proof) return NotFound();
        Proof = proof;
        var (order, _) = await db.Fold<Order>(right.OrderId, ct);
        if (right.Manages(order.Giver)) return Goal; // pressed before, here
        if (!proofs.IsOpen(proof) || await events.Find(order.EventId) is not { } e || await organizations.Find(order.OrganizationId, ct) is not { } organization) return NotFound();
        (Event, Organization) = (e, organization);
        return null;
    }
}
