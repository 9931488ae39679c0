using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout;

/// <summary>One page of the list.</summary>
/// <param name="Older">The cursor of the next page; null: this is the last.</param>
public sealed record OrdersList(OrderSearch Search, IReadOnlyList<ListedOrder> Orders, string? Older, string TimeZone, DateTimeOffset Now)
{
    public string Path => $"/office/events/{Search.EventId}/orders";

    public string Tickets(ListedOrder o) => (o.Tickets == 1 ? "1 ticket" : $"{o.Tickets} tickets") + (o.RefundedTickets > 0 && o.RefundedTickets < o.Tickets ? $", {o.RefundedTickets} refunded" : "");

    public string Time(DateTimeOffset at)
    {
        var (then, now) = (EventTime.Of(at, TimeZone), EventTime.Of(Now, TimeZone));
        return then.SameDayAs(now) ? $"Today, {then.Clock}" : then.Local.Year == now.Local.Year ? then.Local.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture) : then.Local.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }
}

/// <summary>An event's orders: search, filters, pages, export.</summary>
public sealed class OrdersPage(EventCatalogue catalogue, OrganizationDirectory organizations, QuerySession db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Status { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    [BindProperty(Name = "order")] public Guid[] Chosen { get; set; } = [];

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public string OrganizationSlug { get; private set; } = "";
    public OrdersList List { get; private set; } = null!;
    public IReadOnlyList<RefundCard> StuckRefunds { get; private set; } = [];
    IReadOnlyDictionary<string, long> counts = new Dictionary<string, long>();

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public EventTime? Opens => Event.Opens > clock.GetUtcNow() ? EventTime.Of(Event.Opens.Value, Event.TimeZone) : null;
    public long All => counts.Values.Sum();
    public long Count(string status) => status.Length == 0 ? All : counts.GetValueOrDefault(status);
    public long Shown => Count(List.Search.Status);

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadEvent(ct)) return NotFound();
        (counts, StuckRefunds) = (await OrderSearch.Counts(EventId, db, ct), await RefundsOf.ThatNeedALook(EventId, db, ct));
        await LoadList(ct);
        return Page();
    }

    /// <summary>The table alone, while somebody types.</summary>
    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        if (!await LoadEvent(ct)) return NotFound();
        await LoadList(ct);
        return Partial("_Orders", List);
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct) =>
        await LoadEvent(ct) ? new OrderExport(EventId, KnownStatus, $"orders-{Event.Slug}.csv", Event.TimeZone, db) : NotFound();

    /// <summary>The ticked ones.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken ct)
    {
        if (!await LoadEvent(ct)) return NotFound();
        return Chosen.Length == 0 ? LocalRedirect($"/office/events/{EventId}/orders") : new OrderExport(EventId, "", $"orders-{Event.Slug}-{Chosen.Length}.csv", Event.TimeZone, db, Chosen);
    }

    async Task<bool> LoadEvent(CancellationToken ct)
    {
        if (await catalogue.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) return false;
        (Event, OrganizationSlug) = (e, (await organizations.Find(e.OrganizationId, ct))?.Slug ?? "");
        return true;
    }

    async Task LoadList(CancellationToken ct)
    {
        var text = Q?.Trim() is { Length: <= 100 } q && !q.Contains('\0', StringComparison.Ordinal) ? q : "";
        var search = new OrderSearch(EventId, text, KnownStatus, After);
        var found = await search.Find(db, ct);
        var more = !search.IsText && found.Count > OrderSearch.PageSize;
        List = new(search, more ? [.. found.Take(OrderSearch.PageSize)] : found, more ? OrderSearch.CursorAfter(found[OrderSearch.PageSize - 1]) : null, Event.TimeZone, clock.GetUtcNow());
    }

    string KnownStatus => OrderSearch.Filters.Any(f => f.Status == Status) ? Status! : "";
}
