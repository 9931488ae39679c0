using App.Features.Content.Package;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>A conference's home: the same for everybody who is nobody yet; for who is known, with what is next for them. It hears of news as the schedule's pages do.</summary>
[PublicPage<HomePageKey>, IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class ConferenceHome(ShownEvents events, Notices notices, IVisitors visitors, QuerySession db, TimeProvider clock) : PageModel
{
    public HomeView Home { get; private set; } = null!;
    public IReadOnlyList<Notice> Told { get; private set; } = [];

    /// <summary>Null: there is no schedule yet to hear of.</summary>
    public LiveStrip? Live => Home.View is { Shown.IsArchived: false, PublicSchedule: { IsEmpty: false } schedule } ? ConferenceStrip.Of(Home.View.Address, schedule, Told) : null;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await events.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { Event.IsConference: true } shown) return NotFound();
        var (view, now) = (new ContentView(shown), HttpContext.Now(clock));
        if (!shown.IsArchived) Told = await notices.ForEverybody(view.Event.Id);
        if (visitors.IsNobody(HttpContext, view.Event.Id)) { Home = HomeView.Of(view, HomeView.Nobody(view, now), new HashSet<Guid>(), now); return Page(); }
        HttpContext.Allow().IsPrivate = true;
        var visitor = await visitors.Current(HttpContext, view.Event.Id, ct);
        var who = new Onlooker(visitor.Attendee is not null, visitor.Attendee?.Roles ?? [], visitor.Attendee?.Tickets ?? [], view.Local(now), Language.Current);
        Home = HomeView.Of(view, who, await SavedSessions.Of(visitor, db, ct), now);
        return Page();
    }
}

/// <summary>Goes on each minute: conditions and what is next ask for the time.</summary>
public sealed class HomePageKey(ShownEvents events, Notices notices, IVisitors visitors, TimeProvider clock) : IPublicPageKey
{
    // The same notices are the same object.
    sealed record Key(ShownEvent Shown, IReadOnlyList<Notice> Told, long Minute) : ILastingKey
    {
        public bool Lasts => Shown.IsArchived;
    }

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug) return null;
        if (await events.Find(organization, slug, context.RequestAborted) is not { Event.IsConference: true } shown || !visitors.IsNobody(context, shown.Event.Id)) return null;
        return new Key(shown, await notices.ForEverybody(shown.Event.Id), clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute);
    }
}
