using App.Features.Checkout.Contracts;
using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace App.Features.Checkout;

/// <summary>An event as the world sees it, with the picker. The same for everybody until a choice is made. No cookie and so nothing to forge: what it posts is a wish of anybody's.</summary>
[PublicPage<EventPageKey>, IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class EventPage(EventCatalogue catalogue, OrganizationDirectory organizations, HotStreams<Inventory> inventories, ScheduleCatalogue schedules, LiveContent content, Notices notices, MessageBus bus, OrderLinks links, Texts texts, TimeProvider clock)
    : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";

    public EventView View { get; private set; } = null!;
    public CatalogueEvent Event => View.Event;
    public OrganizationCard Organization => View.Organization;
    public Picker Picker => View.Picker;
    public string Path => $"/e/{Organization.Slug}/{Event.Slug}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    /// <summary>Continue: takes the places, then asks who buys. A stepper's button, without script: the same page with one more or fewer.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var (more, fewer) = (Request.Form["more"].ToString(), Request.Form["fewer"].ToString());
        if (more.Length + fewer.Length > 0) return Redirect(Path + QueryString.Create(Picker.Stepped(more, fewer).Where(f => f.Value != "0").Select(f => KeyValuePair.Create(f.Key, (string?)f.Value))) + "#tickets");

        // Memory may be a second behind what other processes did: nobody is told that places are gone which have come back.
        if (Picker.Rows.Any(r => r.Wanted > r.Available.Left))
        {
            await (await inventories.Get(InventoryId.Of(Event.Id))).Look();
            await Load(ct);
        }
        RefuseForeignFields();
        foreach (var row in Picker.Rows.Where(r => r.Error is not null)) ModelState.AddModelError(row.Field, texts.Of(row.Error!));
        if (ModelState.ErrorCount > 0) return Invalid();
        var orderId = await bus.InvokeAsync<Guid>(new HoldPlaces(Event.Id, Picker.Wanted), ct);
        return this.SeeOther(links.CheckoutPath(orderId));
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await catalogue.Find(OrganizationSlug, Slug, ct) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organization) return false;
        var inventory = await inventories.Get(InventoryId.Of(e.Id));
        var schedule = e.IsConference ? await schedules.Find(e.Id) : null;
        var now = HttpContext.Now(clock);
        var typed = Typed.ToDictionary();
        var site = content.Of(organization.Slug, e, HttpContext.Moment()?.At);
        View = new(e, organization, Picker.Of(e, inventory.State, now, name => typed.GetValueOrDefault(name)) with { EventPath = $"/e/{organization.Slug}/{e.Slug}" })
        {
            Programme = site.ShowsSchedule(schedule) ? Programme.Of(schedule, new(organization.Slug, e.Slug), texts) : null,
            Conference = e.IsConference ? (site, schedule) : null,
            Notices = e.IsConference && !e.IsArchived(now) ? await notices.ForEverybody(e.Id) : [],
        };
        return true;
    }

    /// <summary>What an offer's button says stands in the place of what was typed.</summary>
    IEnumerable<KeyValuePair<string, StringValues>> Typed => !HttpMethods.IsPost(Request.Method) ? Request.Query : Request.Form[Instead.Field] is { Count: > 0 } said ? Instead.Fields(said) : Request.Form;

    // A ticket of another event's, or one taken off sale while the page was open.
    void RefuseForeignFields()
    {
        foreach (var (name, value) in Typed)
            if (name.StartsWith(Picker.Prefix, StringComparison.Ordinal) && value is not (["0"] or [""]) && !Picker.Rows.Any(r => r.Field == name)) throw new Refused("checkout.no-such-ticket");
    }

    PageResult Invalid()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
