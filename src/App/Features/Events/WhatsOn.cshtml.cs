using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Events;

/// <summary>Home: every organization's events.</summary>
[PublicPage<WhatsOnKey>]
public sealed class WhatsOnPage(UpcomingEvents upcoming) : PageModel
{
    public IReadOnlyList<UpcomingEvent> Events { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Events = await upcoming.Of(null, ct);
}
