using System.Globalization;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Scanning;

/// <summary>
/// The door. A form that a hand-held scanner fills and sends by itself; with script also the camera, and the verdict without a page change. The device makes the scan's id, so that sending it again
/// is the same scan. The door's name stands in the address.
/// </summary>
public sealed class ScannerPage(MessageBus bus, EventCatalogue catalogue, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Gate { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public Guid ScanId { get; set; }
    [BindProperty] public Guid? TicketId { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public DoorNumbers Numbers { get; private set; } = new(0, 0, []);
    public IReadOnlyList<Guest>? Guests { get; private set; }
    public DoorVerdict? Verdict { get; private set; }
    public Guid? LastIn => Verdict?.Undo;
    public Guid NextScan { get; private set; }

    public string GateName => Gate?.Trim() is { Length: > 0 and <= 80 } gate ? gate : "Main door";
    public string Path => $"/door/{EventId}";
    public EventTime Now => EventTime.Of(clock.GetUtcNow(), Event.TimeZone);
    public string Time(DateTimeOffset at) => EventTime.Of(at, Event.TimeZone).Local.ToString("HH:mm", CultureInfo.InvariantCulture);
    public string Fault => ModelState.TryGetValue("", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        var policy = HttpContext.Allow();
        (policy.IsPrivate, policy.AllowsCamera) = (true, true);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load()) return NotFound();
        await Count(ct);
        if (!string.IsNullOrWhiteSpace(Q)) Guests = await Guest.Find(EventId, Q.Length > 100 ? Q[..100] : Q, db, ct);
        if (Fault is { Length: > 0 } fault) Said = fault;
        return Page();
    }

    public async Task<IActionResult> OnGetCountsAsync(CancellationToken ct)
    {
        if (!await Load()) return NotFound();
        return Partial("_DoorCounts", await DoorNumbers.Of(EventId, db, ct));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load()) return NotFound();
        return await Show(await bus.InvokeAsync<ScanResult>(new ScanTicket(Door(), Code ?? ""), ct), ct);
    }

    /// <summary>Somebody found by name.</summary>
    public async Task<IActionResult> OnPostGuestAsync(CancellationToken ct)
    {
        if (!await Load() || TicketId is not { } ticket) return NotFound();
        return await Show(await bus.InvokeAsync<ScanResult>(new AdmitTicket(Door(), ticket), ct), ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken ct)
    {
        if (!await Load() || TicketId is not { } ticket) return NotFound();
        await bus.InvokeAsync(new UndoAdmission(EventId, ticket, By), ct);
        Said = "Undone: the ticket opens once more.";
        return LocalRedirect($"{Path}?gate={Uri.EscapeDataString(GateName)}");
    }

    string By => Staff.Of(User).MemberId.ToString();

    Door Door() => new(ScanId == Guid.Empty ? Ids.New(clock.GetUtcNow()) : ScanId, EventId, GateName, Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent[..Math.Min(agent.Length, 80)] : "browser", By, null);

    async Task<IActionResult> Show(ScanResult result, CancellationToken ct)
    {
        var name = result.Ticket is { } ticket && ticket.EventId == EventId ? Guest.NameOf(ticket.Revision > 1 ? await TicketHolder.Of(ticket.TicketId, db, ct) : null, (await Buyer.Of(ticket.OrderId, db, ct))?.Name) : null;
        Verdict = DoorVerdict.Of(result, name, Event.TimeZone);
        if (Request.Headers.ContainsKey("HX-Request")) return Partial("_Verdict", Verdict);
        await Count(ct);
        return Page();
    }

    async Task Count(CancellationToken ct) => (Numbers, NextScan) = (await DoorNumbers.Of(EventId, db, ct), Ids.New(clock.GetUtcNow()));

    async Task<bool> Load()
    {
        if (await catalogue.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) return false;
        Event = e;
        return true;
    }
}
