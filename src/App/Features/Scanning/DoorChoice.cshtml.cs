using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Scanning;

/// <summary>The door's first question.</summary>
public sealed class DoorChoicePage(QuerySession db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<OwnEvent> Events { get; private set; } = [];

    public static string When(OwnEvent e) => EventTime.Of(e.Starts, e.TimeZone) is var t ? $"{t.ShortDay}, {t.Clock}" : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Events = [.. (await OrganizationEvents.Of(Staff.Of(User).OrganizationId, now, db, ct)).Where(e => e.Ends > now.AddDays(-2))];
    }
}
