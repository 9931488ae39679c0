using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Events;

/// <summary>An event that is over becomes an archive, now or at a time, and back.</summary>
public sealed class ArchivePage(MessageBus bus, OrganizationDirectory organizations, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty] public string? From { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public bool IsArchived => Event.IsArchived(clock.GetUtcNow());
    public bool IsOver => Event.Ends <= clock.GetUtcNow();
    public string Fault => ModelState.TryGetValue("from", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public string At(DateTimeOffset at) => EventTime.Of(at, Event.TimeZone) is var time ? $"{time.When}, {time.ZoneName}" : "";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        var from = string.IsNullOrWhiteSpace(From) ? clock.GetUtcNow() : DateTimes.Read(From, Event.TimeZone);
        if (from is null || from < Event.Ends)
        {
            ModelState.AddModelError("from", from is null ? "Enter a date and a time, like 2027-06-05 09:00, or leave it empty for now." : $"It ends on {At(Event.Ends)}. Choose a time after that.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await bus.InvokeAsync(new ArchiveEvent(EventId, from), ct);
        Said = from <= clock.GetUtcNow() ? $"{Event.Title} is an archive." : $"{Event.Title} becomes an archive on {At(from.Value)}.";
        return LocalRedirect($"/office/events/{EventId}/archive");
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new ArchiveEvent(EventId, null), ct);
        Said = $"{Event.Title} is no archive.";
        return LocalRedirect($"/office/events/{EventId}/archive");
    }

    async Task<bool> Load(CancellationToken ct)
    {
        var (e, version) = await db.FoldFresh<CatalogueEvent>(EventId, ct);
        if (version == 0 || e.OrganizationId != Staff.Of(User).OrganizationId || await organizations.Find(e.OrganizationId, ct) is not { } organization) return false;
        (Event, Organization) = (e, organization);
        return true;
    }
}
