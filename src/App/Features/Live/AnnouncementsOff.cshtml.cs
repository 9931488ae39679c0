using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live;

/// <summary>Where the last line of an announcement's mail leads: no more of them. A press ends them, not the visit: programs that look at links in mails would end them too. Needs no sign-in.</summary>
[IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class AnnouncementsOffPage(EventCatalogue events, OrganizationDirectory organizations, LiveMails mails, EventStore store, TimeProvider clock) : PageModel
{
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organizer { get; private set; } = null!;
    public bool IsOff { get; private set; }

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string token, CancellationToken ct)
    {
        if (await Attendee(organization, slug, token, ct) is not { } attendee) return NotFound();
        IsOff = await Announced.WantsNoMail(attendee, new(store), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string organization, string slug, string token, bool back, CancellationToken ct)
    {
        if (await Attendee(organization, slug, token, ct) is not { } attendee) return NotFound();
        await using var command = back ? store.Command("delete from live_unsubscribed where person = $1", attendee) : store.Command("insert into live_unsubscribed (person, at) values ($1, $2) on conflict do nothing", attendee, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
        return Redirect(Request.Path);
    }

    async Task<Guid?> Attendee(string organization, string slug, string token, CancellationToken ct)
    {
        HttpContext.Allow().IsPrivate = true;
        if (mails.Read(token) is not { } attendee || await events.Find(organization, slug, ct) is not { } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        (Event, Organizer) = (e, organizer);
        return attendee;
    }
}
