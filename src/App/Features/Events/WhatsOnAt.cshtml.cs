using App.Features.Organizations.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Events;

/// <summary>What one organization has on, in its colours.</summary>
[PublicPage<WhatsOnKey>]
public sealed class WhatsOnAtPage(UpcomingEvents upcoming, OrganizationDirectory organizations) : PageModel
{
    public OrganizationCard Organization { get; private set; } = null!;
    public IReadOnlyList<UpcomingEvent> Events { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string organization, CancellationToken ct)
    {
        if (await organizations.Find(organization, ct) is not { } card) return NotFound();
        (Organization, Events) = (card, await upcoming.Of(card.Slug, ct));
        return Page();
    }
}
