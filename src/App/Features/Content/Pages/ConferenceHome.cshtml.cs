using App.Features.Content.Package;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>A conference's home: the same for everybody who is nobody yet; for who is known, with what is next for them.</summary>
[PublicPage<HomePageKey>, IgnoreAntiforgeryToken]
public sealed class ConferenceHome(ShownEvents events, IVisitors visitors, QuerySession db, TimeProvider clock) : PageModel
{
    public HomeView Home { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await events.Find(organization, slug, ct) is not { Event.IsConference: true } shown) return NotFound();
        var (view, now) = (new ContentView(shown), clock.GetUtcNow());
        if (visitors.IsNobody(HttpContext, view.Event.Id)) { Home = HomeView.Of(view, HomeView.Nobody(view, now), new HashSet<Guid>(), now); return Page(); }
        HttpContext.Allow().IsPrivate = true;
        var visitor = await visitors.Current(HttpContext, view.Event.Id, ct);
        var who = new Onlooker(visitor.Attendee is not null, visitor.Attendee?.Roles ?? [], visitor.Attendee?.Tickets ?? [], view.Local(now), Language.Current);
        Home = HomeView.Of(view, who, await SavedSessions.Of(visitor, db, ct), now);
        return Page();
    }
}

/// <summary>Goes on each minute: conditions and what is next ask for the time.</summary>
public sealed class HomePageKey(ShownEvents events, IVisitors visitors, TimeProvider clock) : IPublicPageKey
{
    sealed record Key(ShownEvent Shown, long Minute);

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug) return null;
        if (await events.Find(organization, slug, context.RequestAborted) is not { Event.IsConference: true } shown || !visitors.IsNobody(context, shown.Event.Id)) return null;
        return new Key(shown, clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute);
    }
}
