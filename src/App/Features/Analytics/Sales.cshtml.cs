using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Analytics;

/// <summary>One kind of ticket with how its places stand.</summary>
/// <param name="Shares">Its places are other kinds' too.</param>
public sealed record KindRow(string Name, string Price, long Sold, int Held, int Left, int Capacity, bool Shares)
{
    public string SoldShare => Share(Sold);
    public string HeldShare => Share(Held);

    string Share(long n) => (Capacity == 0 ? 0 : Math.Min(100m, n * 100m / Capacity)).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>How an event sells: five numbers, days as bars, tickets by kind, the latest orders.</summary>
public sealed class SalesPage(EventCatalogue catalogue, OrganizationDirectory organizations, PlacesLeft places, QuerySession db, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<(string Period, string Words)> Periods { get; } = [("7", "7 days"), ("30", "30 days"), ("all", "Since on-sale")];

    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public string Period { get; set; } = "30";

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public string OrganizationSlug { get; private set; } = "";
    public SalesFigures Figures { get; private set; } = null!;
    public IReadOnlyList<DaySales> Days { get; private set; } = [];
    public DayChart Chart { get; private set; } = null!;
    public IReadOnlyList<KindRow> Kinds { get; private set; } = [];
    public IReadOnlyList<ListedOrder> Latest { get; private set; } = [];
    public long Today { get; private set; }
    public string Compared { get; private set; } = "";
    public int Capacity { get; private set; }
    public int Held { get; private set; }

    public EventTime Starts => EventTime.Of(Event.Starts, Event.TimeZone);
    /// <summary>€1,080,500 wants smaller numerals than €108,050, in the whole row.</summary>
    public bool IsLong => Whole(Figures.Gross).Length > 8;

    public SaleState State => Event.StateOf(clock.GetUtcNow());

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await catalogue.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) return NotFound();
        if (!Periods.Any(p => p.Period == Period)) Period = "30";
        (Event, OrganizationSlug) = (e, (await organizations.Find(e.OrganizationId, ct))?.Slug ?? "");
        await LoadDays(ct);
        (Figures, Latest) = (await SalesFigures.Of(EventId, db, ct), await LatestOrders.Of(EventId, 8, db, ct));
        await LoadKinds(ct);
        return Page();
    }

    async Task LoadDays(CancellationToken ct)
    {
        var now = EventTime.Of(clock.GetUtcNow(), Event.TimeZone);
        var today = DateOnly.FromDateTime(now.Local.DateTime);
        var recent = await SalesFigures.ByDay(EventId, today, 8, db, ct);
        Today = recent[^1].Sold;
        var (then, weekday) = (recent[0].Sold, today.DayOfWeek);
        Compared = Today == then ? $"As many as all of last {weekday}" : Today > then ? $"{Today - then} more than last {weekday}" : $"{then - Today} to go to last {weekday}";
        Days = await SalesFigures.ByDay(EventId, today, Period == "all" ? null : int.Parse(Period, CultureInfo.InvariantCulture), db, ct);
        Chart = new([.. Days.Select(d => new DayCount(d.Day, d.Sold))], "tickets sold", n => n == 1 ? "1 ticket" : $"{n.ToString("N0", CultureInfo.InvariantCulture)} tickets") { NowClock = now.Clock };
    }

    async Task LoadKinds(CancellationToken ct)
    {
        var quotas = await places.Of(EventId);
        var sold = (await SalesFigures.ByKind(EventId, db, ct)).ToDictionary(k => k.TicketTypeId);
        Kinds = [.. Event.Types.Select(type =>
        {
            // The scarcest of its quotas decides.
            var scarce = type.Quotas.Select(q => quotas.GetValueOrDefault(q)).OrderBy(q => q.Left).FirstOrDefault();
            var shares = Event.Types.Any(other => other.Id != type.Id && other.Quotas.Intersect(type.Quotas).Any());
            return new KindRow(type.Name, Event.PriceOf(type).Gross is > 0 and var gross ? new Money(gross, Event.Currency).ToString() : "Free", sold.GetValueOrDefault(type.Id)?.Sold ?? 0, scarce.Held, scarce.Left, scarce.Capacity, shares);
        })];
        // A kind counts with the first of its quotas, and a quota that kinds share counts once.
        var counted = Event.Types.Select(t => t.Quotas.FirstOrDefault()).Where(q => q != Guid.Empty).Distinct().Select(q => quotas.GetValueOrDefault(q)).ToArray();
        (Capacity, Held) = (counted.Sum(q => q.Capacity), counted.Sum(q => q.Held));
    }

    public string When(DateTimeOffset at) => EventTime.Of(at, Event.TimeZone) is var t && t.SameDayAs(EventTime.Of(clock.GetUtcNow(), Event.TimeZone)) ? $"today, {t.Clock}" : t.Local.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A large sum without its cents.</summary>
    public string Whole(long minor)
    {
        var said = new Money(minor, Event.Currency).ToString();
        return minor >= 1_000_00 && said.LastIndexOf('.') is > 0 and var point ? said[..point] : said;
    }
}
