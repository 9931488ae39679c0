using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Events;

/// <summary>An event, changed. Reviewing shows what would differ; publishing does it, and says what was done in the same words.</summary>
public sealed class EditEventPage(MessageBus bus, OrganizationDirectory organizations, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    public static IReadOnlyList<(DeliveryKind Kind, string Words)> Deliveries { get; } =
    [
        (DeliveryKind.AtOnce, "At once, when somebody has paid"), (DeliveryKind.AtDate, "On a day"), (DeliveryKind.BeforeDoors, "Some hours before doors"),
    ];

    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(Name = "")] public EventForm Form { get; set; } = new();
    [BindProperty] public string? Deed { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public string OrganizationSlug { get; private set; } = "";

    /// <summary>Null: not reviewed.</summary>
    public IReadOnlyList<EventChange>? Changes { get; private set; }

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (HttpMethods.IsGet(Request.Method)) Form = EventForm.Of(Event);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        if (Deed == "add")
        {
            Form.Kinds.Add(new());
            return Page();
        }
        var reading = new ReadEventForm(Form, Event, clock.GetUtcNow());
        var save = reading.Read(Event.Id, Event.OrganizationId, Event.Slug);
        foreach (var (field, message) in reading.Faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Changes = EventChanges.Of(Event, SaveEventHandler.Decide(save, Event, clock.GetUtcNow()).Aggregate(Event, CatalogueEvent.Evolve));
        if (Deed == "review") return Page();
        return await Save(save with { Published = Deed == "publish" ? true : null }, ct);
    }

    async Task<IActionResult> Save(SaveEvent save, CancellationToken ct)
    {
        await bus.InvokeAsync(save, ct);
        var count = Changes!.Count == 1 ? "1 change" : $"{Changes.Count} changes";
        Said = (Event.Published, Deed) switch
        {
            (_, "publish") when !Event.Published => $"{Event.Title} is published.",
            (_, "publish") => Changes.Count == 0 ? "Nothing differed, so nothing was published." : $"{count} published.",
            _ => Changes.Count == 0 ? "Nothing differed." : $"{count} kept in the draft.",
        };
        return LocalRedirect($"/office/events/{EventId}/edit");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new SaveEvent(Event.Id, Event.OrganizationId, Event.Slug, Event.Title, Event.Currency, Event.TimeZone) { Published = false }, ct);
        Said = $"{Event.Title} is withdrawn.";
        return LocalRedirect($"/office/events/{EventId}/edit");
    }

    /// <summary>Read anew: what is compared with must be what is there, not what another process remembers.</summary>
    async Task<bool> Load(CancellationToken ct)
    {
        var (e, version) = await db.FoldFresh<CatalogueEvent>(EventId, ct);
        if (version == 0 || e.OrganizationId != Staff.Of(User).OrganizationId) return false;
        (Event, OrganizationSlug) = (e, (await organizations.Find(e.OrganizationId, ct))?.Slug ?? "");
        return true;
    }
}
