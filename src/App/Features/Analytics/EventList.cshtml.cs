using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Analytics;

public sealed record EventRow(OwnEvent Event, SaleState State, long Sold, int Capacity)
{
    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    public string Share => (Capacity == 0 ? 0 : Math.Min(100m, Sold * 100m / Capacity)).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>The organization's events, each with how it sells.</summary>
public sealed class EventListPage(EventCatalogue catalogue, QuerySession db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<EventRow> Rows { get; private set; } = [];

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var events = await OrganizationEvents.Of(Staff.Of(User).OrganizationId, now, db, ct);
        var sold = (await SalesFigures.Totals([.. events.Select(e => e.Id)], db, ct)).ToDictionary(s => s.EventId);
        var rows = new List<EventRow>(events.Count);
        foreach (var e in events)
        {
            if (await catalogue.Find(e.Id) is not { } state) continue;
            var first = state.Types.Select(t => t.Quotas.FirstOrDefault()).Distinct().ToArray();
            rows.Add(new(e, state.StateOf(now), sold.GetValueOrDefault(e.Id)?.Sold ?? 0, state.Quotas.Where(q => first.Contains(q.Id)).Sum(q => q.Capacity)));
        }
        Rows = rows;
    }
}
