using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Mine;

/// <summary>
/// What somebody wants to see, by day: on the device until they sign in, theirs everywhere afterwards. The stars of the public pages post here; those pages are the same for everybody and carry no token,
/// so this one asks for none (a post from another site doesn't arrive: CrossSiteGuard).
/// </summary>
[IgnoreAntiforgeryToken, InArchive(Archived.Stays)]
public sealed class MySchedulePage(ConferencePages pages, IVisitors visitors, HotStreams<SessionPlaces> places, ScheduleLinks links, MessageBus bus, QuerySession db, SiteOptions site) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";

    public ConferenceView View { get; private set; } = null!;
    public Visitor Visitor { get; private set; } = null!;
    public MySchedule Mine { get; private set; } = MySchedule.Empty;
    public MyScheduleView Programme { get; private set; } = new([], 0, 0, 0);
    public IReadOnlyList<ScheduleSpeaker> Followed { get; private set; } = [];
    public IReadOnlyList<DayFilter> Filters { get; private set; } = [];
    public string? FeedUrl => AddressOf(ScheduleLinkKind.Feed) is { } path ? site.Link(path) : null;
    public string? ShareUrl => AddressOf(ScheduleLinkKind.Share) is { } path ? site.Link(path) : null;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Visitor.Person is { } person) Mine = (await db.Fold<MySchedule>(MySchedule.StreamOf(View.Event.Id, person), ct)).State;
        Followed = [.. View.Schedule.Speakers.Where(s => Mine.Followed.ContainsKey(s.Id))];
        Programme = await Lay(Mine, View.Schedule, Visitor.Attendee?.Id, places);
        Filters = DayFilter.Read(View.Schedule, [.. Programme.Days.SelectMany(d => d.Entries).Select(e => e.Entry)], [Facet.Track, Facet.Room, Facet.Type, Facet.Language], Request.Query);
        Programme = Programme.Only(e => Filters.All(f => f.Lets(e.Entry)));
        return Page();
    }

    public Task<IActionResult> OnPostSaveAsync(Guid star, CancellationToken ct) => Do(person => new SaveSession(View.Event.Id, person, star), ct);
    public Task<IActionResult> OnPostUnsaveAsync(Guid star, CancellationToken ct) => Do(person => new UnsaveSession(View.Event.Id, person, star), ct);
    public Task<IActionResult> OnPostFollowAsync(Guid follow, CancellationToken ct) => Do(person => new FollowSpeaker(View.Event.Id, person, follow), ct);
    public Task<IActionResult> OnPostUnfollowAsync(Guid follow, CancellationToken ct) => Do(person => new UnfollowSpeaker(View.Event.Id, person, follow), ct);
    public Task<IActionResult> OnPostSeenAsync(Guid star, CancellationToken ct) => Do(person => new SeeSessionNews(View.Event.Id, person, star), ct);
    public Task<IActionResult> OnPostOpenAsync(ScheduleLinkKind kind, CancellationToken ct) => Do(person => new OpenScheduleLink(View.Event.Id, person, kind), ct);
    public Task<IActionResult> OnPostRevokeAsync(ScheduleLinkKind kind, CancellationToken ct) => Do(person => new RevokeScheduleLink(View.Event.Id, person, kind), ct);
    public Task<IActionResult> OnPostTakeAsync(Guid star, CancellationToken ct) => DoSignedIn(star, attendee => new TakePlace(View.Event.Id, star, attendee), ct);
    public Task<IActionResult> OnPostReleaseAsync(Guid star, CancellationToken ct) => DoSignedIn(star, attendee => new ReleasePlace(View.Event.Id, star, attendee), ct);

    /// <summary>By the attendee, else by the browser, which gets its number now: something is being kept.</summary>
    async Task<IActionResult> Do(Func<Guid, object> command, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        await bus.InvokeAsync(command(Visitor.Person ?? visitors.GiveDevice(HttpContext)), ct);
        return Done();
    }

    /// <summary>Places are given to people with a ticket: who isn't signed in does that first, and comes back to the session.</summary>
    async Task<IActionResult> DoSignedIn(Guid star, Func<Guid, object> command, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Visitor.Attendee is not { } attendee) return Redirect(View.Address.SignIn(View.Schedule.Session(star) is { IsPublic: true } session ? View.Address.Session(session) : View.Address.Mine));
        await bus.InvokeAsync(command(attendee.Id), ct);
        return Done();
    }

    /// <summary>A script needs no page; a browser gets one that can be loaded again.</summary>
    StatusCodeResult Done()
    {
        if (Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) return new NoContentResult();
        Response.Headers.Location = View.Address.Mine;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await pages.Find(Organization, Slug, ct) is not { } view) return false;
        (View, Visitor) = (view, await visitors.Current(HttpContext, view.Event.Id, ct));
        return true;
    }

    string? AddressOf(ScheduleLinkKind kind)
    {
        if (Mine.Link(kind) is not { IsOpen: true } link) return null;
        var token = links.Token(MySchedule.StreamOf(Mine.EventId, Mine.Person), kind, link.Generation);
        return kind == ScheduleLinkKind.Feed ? View.Address.Feed(token) : View.Address.Shared(token);
    }

    /// <param name="attendee">Null: not signed in, or somebody else looks.</param>
    internal static async Task<MyScheduleView> Lay(MySchedule mine, ConferenceSchedule schedule, Guid? attendee, HotStreams<SessionPlaces> places)
    {
        var known = new Dictionary<Guid, SessionPlaces>();
        foreach (var id in mine.Saved.Keys)
            if (schedule.Session(id) is { Capacity: not null }) known[id] = (await places.Get(SessionPlaces.StreamOf(id))).State;
        return MyScheduleView.Of(mine, schedule, s => PlaceOf(s, known[s.Id], attendee));
    }

    internal static PlaceState PlaceOf(ScheduleSession session, SessionPlaces places, Guid? attendee) =>
        attendee is { } id && places.Taken.Contains(id) ? PlaceState.Place
        : attendee is { } waiting && places.Waiting.Contains(waiting) ? PlaceState.Waits
        : places.Taken.Count < session.Capacity && places.Waiting.IsEmpty ? PlaceState.Free : PlaceState.Full;
}
