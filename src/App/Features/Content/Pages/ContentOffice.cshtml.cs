using System.Globalization;
using App.Features.Content.Contracts;
using App.Features.Content.Package;
using App.Features.Content.Publish;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>
/// What content is live, how the last look at its source went, what isn't translated, and every page as somebody else sees it. The source is the whole installation's: when it serves several organizations, only the
/// platform's own (<c>Operations:Organization</c>, a slug) is told of its faults and may fetch.
/// </summary>
public sealed class ContentOffice(LiveContent content, ContentOptions options, ShownEvents all, ViewText text, EventCatalogue events, OrganizationDirectory organizations, PlatformsOwn platforms, KeptContent keptContent, RecurringJobs jobs, MessageBus bus, QuerySession db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "event")] public string? EventSlug { get; set; }
    [BindProperty(SupportsGet = true, Name = "show")] public string? Show { get; set; }
    [BindProperty(SupportsGet = true, Name = "in")] public string? In { get; set; }
    [BindProperty(SupportsGet = true, Name = "as")] public string? As { get; set; }
    [BindProperty(SupportsGet = true, Name = "ticket")] public string? Ticket { get; set; }
    [BindProperty(SupportsGet = true, Name = "at")] public string? At { get; set; }
    [BindProperty(SupportsGet = true, Name = "version")] public Guid? VersionId { get; set; }
    [TempData] public string? Said { get; set; }

    public static IReadOnlyList<(string Name, string Says)> Eyes { get; } = [("visitor", "A visitor"), ("attendee", "Signed in"), (AttendeeRole.Speaker, "Signed in, speaks here"), (AttendeeRole.Admin, "Signed in, works here")];

    public Publication Publication { get; private set; } = Publication.Empty;
    public ContentOptions Options => options;

    /// <summary>Versions whose files are there.</summary>
    public IReadOnlySet<Guid> Kept { get; private set; } = new HashSet<Guid>();

    /// <summary>Whose pages are shown instead of the live one's; null: the live one's.</summary>
    public ContentVersion? Looked { get; private set; }

    /// <summary>Who keeps what is live; null: nobody of this organization any more.</summary>
    public string? ChosenBy { get; private set; }
    public bool IsPlatforms { get; private set; }
    public ContentFetch? Fetch { get; private set; }
    public IReadOnlyList<OwnEvent> Events { get; private set; } = [];
    public ContentView? View { get; private set; }
    public IReadOnlyList<string> Pages { get; private set; } = [];
    public Language Chosen { get; private set; } = Language.English;

    /// <summary>The page in English and, beside it, in the language that was chosen.</summary>
    public IReadOnlyList<(Language Language, bool IsWritten, string Html)> Previews { get; private set; } = [];
    public IReadOnlyList<MissingTranslations> Missing { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var own = await organizations.Find(Staff.Of(User).OrganizationId, ct);
        IsPlatforms = platforms.Is(own);
        Publication = await Published(ct);
        Kept = await keptContent.Of(Publication.Versions, ct);
        if (Publication.Chosen is { } choice) ChosenBy = (await OrganizationStaff.Of(own!.Id, db, ct)).FirstOrDefault(s => s.MemberId == choice.MemberId)?.Name;
        Fetch = IsPlatforms ? await db.Load<ContentFetch>(ContentFetch.Only, ct) : null;
        Events = await OrganizationEvents.Of(own!.Id, clock.GetUtcNow(), db, ct);
        Missing = MissingTranslations.Of(content.Package, IsPlatforms ? null : own.Slug + "/");
        if ((Events.FirstOrDefault(e => e.Slug == EventSlug) ?? Events.FirstOrDefault(e => content.Package.Folders.Any(f => f.Path == $"{own.Slug}/{e.Slug}")) ?? Events.FirstOrDefault()) is not { } shown || await events.Find(shown.Id) is not { } e || await all.Of(e, ct) is not { } view) return;
        View = new(await Look(ct) is { } package ? view with { Site = package.Site($"{own.Slug}/{e.Slug}", e.TimeZone, clock.GetUtcNow()) } : view);
        Pages = [.. View.Site.Pages.Except([ContentPages.SignedInHome])];
        (EventSlug, Show, Chosen) = (shown.Slug, Pages.Contains(Show) ? Show : Pages.Contains(ContentPages.Home) ? ContentPages.Home : Pages.FirstOrDefault(), Language.Find(In) ?? Language.English);
        Previews = Show is null ? [] : await Preview(View, Show);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await platforms.Admits(User, ct)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        var before = await Published(ct);
        try
        {
            await jobs.RunNow("fetch-content", bus, ct);
            var now = await Published(ct);
            Said = now.Newest == before.Newest ? "Fetched. Nothing had changed." : now.IsKept ? "Fetched. The new content waits, since another version is kept." : "Fetched. The new content is live.";
        }
        catch (Exception e) when (e is not OperationCanceledException) { Said = "Fetched and refused: what was live stays. The faults stand below."; } // recorded by the job itself
        return LocalRedirect("/office/content");
    }

    /// <summary>Another version than the live one, for those who may choose it. Null: none was asked for, or it can't be read.</summary>
    async Task<ContentPackage?> Look(CancellationToken ct)
    {
        if (!IsPlatforms || VersionId is not { } id || id == Publication.PackageId || Publication.Find(id) is not { } version || await keptContent.Find(id, ct) is not { Package: { } package }) return null;
        Looked = version;
        return package;
    }

    /// <summary>Past what this process has in memory, which may be a moment behind its own job.</summary>
    async Task<Publication> Published(CancellationToken ct) => (await db.FoldFresh<Publication>(Publication.Stream, ct)).State;

    public string Link(Language language) => Request.Path + QueryString.Create([KeyValuePair.Create("event", EventSlug), KeyValuePair.Create("show", Show), KeyValuePair.Create("as", As), KeyValuePair.Create("ticket", Ticket), KeyValuePair.Create("at", At), KeyValuePair.Create("version", Looked?.PackageId.ToString()), KeyValuePair.Create("in", (string?)language.Code)]);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    async Task<IReadOnlyList<(Language, bool, string)>> Preview(ContentView view, string page)
    {
        var (drawn, now) = (new List<(Language, bool, string)>(), DateTimes.Read(At, view.Schedule?.TimeZone ?? view.Event.TimeZone) ?? clock.GetUtcNow());
        foreach (var language in Chosen == Language.English ? [Language.English] : new[] { Language.English, Chosen })
        {
            // The page is made as a visitor's is, who reads this language; the back office around it speaks English.
            using var spoken = language.Speak();
            drawn.Add((language, view.Site.Has(page, language), await Html(view, page, now)));
        }
        return drawn;
    }

    Task<string> Html(ContentView view, string page, DateTimeOffset now)
    {
        if (page != ContentPages.Home) return text.Of("/Features/Content/Pages/PreviewCopy.cshtml", CopyPage.Find(view, page, now)!, HttpContext);
        var signedIn = As is not (null or "" or "visitor");
        var who = new Onlooker(signedIn, As is AttendeeRole.Speaker or AttendeeRole.Admin ? [As] : [], string.IsNullOrEmpty(Ticket) ? [] : [Ticket], view.Local(now), Language.Current);
        return text.Of("/Features/Content/Pages/PreviewHome.cshtml", HomeView.Of(view, who, new HashSet<Guid>(), now), HttpContext);
    }
}
