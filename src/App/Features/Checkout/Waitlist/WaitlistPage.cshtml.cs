using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Checkout.Waitlist;

/// <summary>A kind of ticket that is gone: leave an address, hear once when one comes back (ux.md U9). No cookie and so nothing to forge.</summary>
[IgnoreAntiforgeryToken, InArchive(Archived.Ends)]
public sealed class WaitlistPage(EventCatalogue catalogue, OrganizationDirectory organizations, HotStreams<Inventory> inventories, MessageBus bus, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public Guid Kind { get; set; }

    /// <summary><c>done</c>: they wait.</summary>
    [BindProperty(SupportsGet = true)] public string? Step { get; set; }
    [BindProperty] public string? Email { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organization { get; private set; } = null!;
    public TicketType Type { get; private set; } = null!;
    public bool IsToBeHad { get; private set; }

    public string EventPath => $"/e/{Organization.Slug}/{Event.Slug}";
    public string Path => PathOf(EventPath, Kind);
    public string Fault => ModelState.TryGetValue("email", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public static string PathOf(string eventPath, Guid kind) => $"{eventPath}/waitlist/{kind:N}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Event.IsOnSale(clock.GetUtcNow()) ? Page() : Redirect(EventPath) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var form = new BuyerForm { Email = Email };
        foreach (var (field, fault) in form.Faults()) if (field == "email") ModelState.AddModelError(field, texts.Of(fault));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await bus.InvokeAsync(new JoinWaitlist(Event.Id, Type.Id, form.ToContact(Guid.Empty).Email, ReferenceEquals(Language.Current, Language.English) ? null : Language.Current.Code), ct);
        return Redirect(Path + "?step=done");
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await catalogue.Find(OrganizationSlug, Slug, ct) is not { Published: true } e || e.Type(Kind) is not { } type || await organizations.Find(e.OrganizationId, ct) is not { } organization) return false;
        var inventory = await inventories.Get(InventoryId.Of(e.Id));
        (Event, Organization, Type, IsToBeHad) = (e, organization, type, inventory.State.Free(type.Quotas) > 0);
        return true;
    }
}
