using App.Features.Content.Package;
using App.Features.Content.Publish;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Content.Pages;

/// <summary>One version of the content: what going to it would change, and the button that does. For whom the source is told of (<see cref="PlatformsOwn"/>).</summary>
public sealed class ContentVersionPage(KeptContent kept, PlatformsOwn platforms, MessageBus bus, QuerySession db) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid PackageId { get; set; }
    [BindProperty] public Guid Seen { get; set; }
    [BindProperty] public bool Keeps { get; set; }
    [TempData] public string? Said { get; set; }

    public Publication Publication { get; private set; } = Publication.Empty;
    public ContentVersion Version { get; private set; } = ContentVersion.None;
    public IReadOnlyList<ContentFault> Faults { get; private set; } = [];

    /// <summary>From what is live to this.</summary>
    public ContentChanges Changes { get; private set; } = new([], [], []);

    public bool IsLive => Version.PackageId == Publication.PackageId;

    /// <summary>What was fetched last: to make it live is to follow the source again.</summary>
    public bool Follows => Publication.IsKept && Version == Publication.Newest;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await platforms.Admits(User, HttpContext.RequestAborted)) await next();
        else context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Publication = (await db.FoldFresh<Publication>(Publication.Stream, ct)).State;
        if (Publication.Find(PackageId) is not { } version || await kept.Find(PackageId, ct) is not { } package)
        {
            Said = "This version isn’t kept any more.";
            return LocalRedirect("/office/content");
        }
        (Version, Faults) = (version, package.Faults);
        var live = await db.Load<StoredPackage>(Publication.PackageId, ct);
        Changes = ContentChanges.Of(live?.ToFiles() ?? ContentFiles.OfHouse(), package.Files);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await bus.InvokeAsync(new ChooseContent(PackageId, Keeps, Seen, Staff.Of(User).MemberId), ct);
        Said = Keeps ? "This version is live and stays so. What is fetched waits until you follow the source again." : "The source is followed again: what was fetched last is live.";
        return LocalRedirect("/office/content");
    }
}
