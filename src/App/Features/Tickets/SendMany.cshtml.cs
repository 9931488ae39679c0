using App.Features.Checkout.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Tickets;

/// <summary>Ticked orders: who gets their tickets again, then the deed.</summary>
public sealed class SendManyPage(MessageBus bus, QuerySession db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(Name = "order")] public Guid[] Chosen { get; set; } = [];
    [BindProperty] public Guid Batch { get; set; }

    public IReadOnlyList<(ListedOrder Order, int Valid)> Can { get; private set; } = [];
    public IReadOnlyList<(ListedOrder Order, string Why)> Cannot { get; private set; } = [];
    public string Deed => Can.Count == 1 ? "Send the tickets of 1 order again" : $"Send the tickets of {Can.Count} orders again";

    Guid Organization => Staff.Of(User).OrganizationId;

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        return Chosen.Length == 0 ? LocalRedirect($"/office/events/{EventId}/orders") : Page();
    }

    public Task<IActionResult> OnPostChooseAsync(CancellationToken ct) => OnGetAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Can.Count == 0) return Page();
        try { await bus.InvokeAsync(new SendOrders(Batch, Organization, [.. Can.Select(c => c.Order.Id)]), ct); }
        catch (DuplicateException) { } // pressed twice
        return LocalRedirect(OrderDeeds.Path(EventId, Batch));
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (!await EventOrders.IsOf(EventId, Organization, db, ct)) return false;
        if (Batch == Guid.Empty) Batch = Ids.New(clock.GetUtcNow());
        var orders = await EventOrders.Of(EventId, Chosen, db, ct);
        var valid = (await IssuedTicket.OfOrders([.. orders.Select(o => o.Id)], db, ct)).Where(t => t.RevokedAt is null).ToLookup(t => t.OrderId);
        Can = [.. orders.Where(o => valid[o.Id].Any() && o.Email is not null).Select(o => (o, valid[o.Id].Count()))];
        Cannot = [.. orders.Where(o => !valid[o.Id].Any() || o.Email is null).Select(o => (o, o.Status is "placed" or "abandoned" or "too-late" ? "Not paid, so it has no tickets" : o.Email is null ? "The buyer’s details were erased" : "Every ticket is refunded"))];
        return true;
    }
}
