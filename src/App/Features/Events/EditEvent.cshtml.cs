using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Events;

/// <summary>An event, changed. While it is typed, beside it the page as buyers would see it and what differs; publishing does it, and says what was done in the same words.</summary>
[RequestSizeLimit(AddPicture.MostSent)]
public sealed class EditEventPage(MessageBus bus, OrganizationDirectory organizations, EventPreview preview, PlacesLeft places, Pictures pictures, Texts texts, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    public static IReadOnlyList<(DeliveryKind Kind, string Words)> Deliveries { get; } =
    [
        (DeliveryKind.AtOnce, "At once, when somebody has paid"), (DeliveryKind.AtDate, "On a day"), (DeliveryKind.BeforeDoors, "Some hours before doors"),
    ];

    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(Name = "")] public EventForm Form { get; set; } = new();
    [BindProperty(Name = "file")] public IFormFile? Picture { get; set; }
    [BindProperty] public string? Deed { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;

    /// <summary>The event as it would be, as far as what is typed is understood.</summary>
    public CatalogueEvent Draft { get; private set; } = CatalogueEvent.Empty;

    /// <summary>Null: nothing was typed yet.</summary>
    public IReadOnlyList<EventChange>? Changes { get; private set; }

    /// <summary>The event’s page with the draft’s values.</summary>
    public string Preview { get; private set; } = "";

    /// <summary>A part of the page, swapped in while somebody types.</summary>
    public bool IsFragment { get; private set; }

    public int Count => Changes?.Count ?? 0;
    public string Counted => Count == 1 ? "1 change" : $"{Count} changes";

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (HttpMethods.IsGet(Request.Method)) Form = EventForm.Of(Event, Organization.Hue);
        return await Show(null);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        if (Deed == "add") Form.Kinds.Add(new());
        if (Deed == "no-art") Form.Art = "";
        await TakeArt(ct);
        var (save, reading) = await Read(ct);
        // Not asked yet whether all is in order.
        if (Deed is not ("add" or "art" or "no-art")) foreach (var (field, message) in reading.Faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        if (!ModelState.IsValid || Deed is not ("publish" or "save")) return await Show(reading.Understood(save));
        Changes = ChangesBy(save);
        return await Save(save with { Published = Deed == "publish" ? true : null }, ct);
    }

    /// <summary>While somebody types: the page beside the form, what differs, and the bar’s number.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        var (save, reading) = await Read(ct);
        IsFragment = true;
        await Show(reading.Understood(save));
        return Partial("_Draft", this);
    }

    /// <summary>A picture alone, as soon as it is chosen.</summary>
    public async Task<IActionResult> OnPostArtAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        await TakeArt(ct);
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Partial("_Art", this);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(new SaveEvent(Event.Id, Event.OrganizationId, Event.Slug, Event.Title, Event.Currency, Event.TimeZone) { Published = false }, ct);
        Said = $"{Event.Title} is withdrawn.";
        return LocalRedirect($"/office/events/{EventId}/edit");
    }

    async Task<IActionResult> Save(SaveEvent save, CancellationToken ct)
    {
        await bus.InvokeAsync(save, ct);
        Said = (Event.Published, Deed) switch
        {
            (_, "publish") when !Event.Published => $"{Event.Title} is published.",
            (_, "publish") => Count == 0 ? "Nothing differed, so nothing was published." : $"{Counted} published.",
            _ => Count == 0 ? "Nothing differed." : $"{Counted} kept in the draft.",
        };
        return LocalRedirect($"/office/events/{EventId}/edit");
    }

    async Task<(SaveEvent, ReadEventForm)> Read(CancellationToken ct)
    {
        // An address in a form may be anybody's: what is no picture of ours is no change.
        if (Form.Art is { Length: > 0 } art && art != Event.Art && await pictures.Find(art, Event.OrganizationId, ct) is null) Form.Art = Event.Art;
        var reading = new ReadEventForm(Form, Event, clock.GetUtcNow(), await places.Taken(EventId));
        return (reading.Read(Event.Id, Event.OrganizationId, Event.Slug), reading);
    }

    async Task TakeArt(CancellationToken ct)
    {
        if (Picture is null) { if (Deed == "art") ModelState.AddModelError("file", texts.Of("pictures.no-file")); return; }
        try { Form.Art = (await bus.InvokeAsync<UploadedPicture>(await AddPicture.Of(Event.OrganizationId, Picture, ct), ct)).Address; }
        catch (Refused no) { ModelState.AddModelError("file", texts.Of(no)); }
    }

    async Task<IActionResult> Show(SaveEvent? save)
    {
        Draft = save is null ? Event : DraftOf(save);
        if (save is not null) Changes = ChangesBy(save);
        Preview = await preview.Html(Draft, Organization with { Hue = save?.Hue ?? Organization.Hue }, HttpContext);
        return Page();
    }

    CatalogueEvent DraftOf(SaveEvent save) => SaveEventHandler.Decide(save, Event, clock.GetUtcNow()).Aggregate(Event, CatalogueEvent.Evolve);

    IReadOnlyList<EventChange> ChangesBy(SaveEvent save) => [.. EventChanges.Of(Event, DraftOf(save)), .. EventChanges.Colour(Organization.Hue, save.Hue, Organization.Name)];

    /// <summary>Read anew: what is compared with must be what is there, not what another process remembers.</summary>
    async Task<bool> Load(CancellationToken ct)
    {
        var (e, version) = await db.FoldFresh<CatalogueEvent>(EventId, ct);
        if (version == 0 || e.OrganizationId != Staff.Of(User).OrganizationId || await organizations.FindFresh(e.OrganizationId, ct) is not { } organization) return false;
        (Event, Organization) = (e, organization);
        return true;
    }
}
