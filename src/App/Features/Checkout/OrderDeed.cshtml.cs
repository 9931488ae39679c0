using App.Features.Checkout.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>How far a deed for many orders is, order by order.</summary>
public sealed class OrderDeedPage(QuerySession db) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public Guid BatchId { get; set; }

    public Batch Batch { get; private set; } = null!;
    public IReadOnlyList<(ListedOrder? Order, BatchItem Item)> Rows { get; private set; } = [];

    public string Title => Batch.Name == OrderDeeds.Refund ? $"Refund of {Orders(Batch.Items.Count)}" : $"Tickets of {Orders(Batch.Items.Count)}, again";
    public string Progress => (Batch.Waiting, Batch.Refused) switch
    {
        (> 0, _) => $"{Batch.Items.Count - Batch.Waiting} of {Batch.Items.Count} done",
        (_, 0) => "All done",
        _ => $"{Batch.Done} of {Batch.Items.Count} done, {Batch.Refused} not",
    };

    static string Orders(int count) => count == 1 ? "1 order" : $"{count} orders";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetListAsync(CancellationToken ct) => await Load(ct) ? Partial("_OrderDeed", this) : NotFound();

    async Task<bool> Load(CancellationToken ct)
    {
        if (await Batches.Find(BatchId, Staff.Of(User).OrganizationId, db, ct) is not { } batch) return false;
        var orders = (await EventOrders.Of(EventId, [.. batch.Items.Select(i => i.Item)], db, ct)).ToDictionary(o => o.Id);
        // Under another event's address it isn't there.
        if (orders.Count == 0) return false;
        (Batch, Rows) = (batch, [.. batch.Items.Select(i => (orders.GetValueOrDefault(i.Item), i))]);
        return true;
    }
}
