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

/// <summary>A draft from eight fields.</summary>
public sealed class NewEventPage(MessageBus bus, EventCatalogue catalogue, OrganizationDirectory organizations, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(Name = "")] public EventForm Form { get; set; } = new();
    [TempData] public string? Said { get; set; }

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Form.Kinds.Count == 0) Form.Kinds.Add(new());
        if (HttpMethods.IsGet(Request.Method)) await Suggest(ct);
        return Page();
    }

    /// <summary>Where and in what money the organization's last event was: the next one is likely to be, too.</summary>
    async Task Suggest(CancellationToken ct)
    {
        var last = (await OrganizationEvents.Of(Staff.Of(User).OrganizationId, clock.GetUtcNow(), db, ct)).FirstOrDefault();
        if (last is null || await catalogue.Find(last.Id) is not { } e) return;
        (Form.Zone, Form.Currency, Form.City, Form.Venue) = (e.TimeZone, e.Currency, e.City, e.Venue);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Form.Kinds.Count == 0) Form.Kinds.Add(new());
        var (organization, id) = (Staff.Of(User).OrganizationId, Ids.New(clock.GetUtcNow()));
        var reading = new ReadEventForm(Form, CatalogueEvent.Empty, clock.GetUtcNow());
        var save = reading.Read(id, organization, await Slug(organization, id, ct));
        ModelState.Clear();
        foreach (var (field, message) in reading.Faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(save with { Kind = Form.IsConference ? EventKind.Conference : null }, ct);
        Said = "Draft kept. Look it over, then publish.";
        return LocalRedirect($"/office/events/{id}/edit");
    }

    async Task<string> Slug(Guid organizationId, Guid id, CancellationToken ct)
    {
        var slug = Slugs.Of(Form.Title ?? "");
        var organization = await organizations.Find(organizationId, ct);
        if (slug.Length > 0 && organization is not null && await catalogue.Find(organization.Slug, slug, ct) is null) return slug;
        return (slug.Length > 0 ? slug + "-" : "event-") + Ids.Short(id, 5).ToLowerInvariant();
    }
}
