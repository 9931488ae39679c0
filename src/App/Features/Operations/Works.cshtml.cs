using System.Globalization;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Operations;

/// <summary>
/// For whoever keeps the house running. Messages are the whole installation's, not one organization's, so when it serves several only the owners of the platform's own
/// (<c>Operations:Organization</c>, a slug) may look; with that unset, any owner.
/// </summary>
public sealed class WorksPage(DeadLetters letters, RecurringJobs jobs, MessageBus bus, Organizations.Contracts.OrganizationDirectory organizations, IConfiguration configuration) : PageModel
{
    const int Most = 100, RunsShown = 8;

    [BindProperty(SupportsGet = true)] public Guid? Dropping { get; set; }
    [TempData] public string? Said { get; set; }

    public IReadOnlyList<DeadLetter> Dead { get; private set; } = [];
    public IReadOnlyList<DeadKind> Kinds { get; private set; } = [];
    public IReadOnlyList<JobState> Jobs { get; private set; } = [];
    public ILookup<string, JobRun> Runs { get; private set; } = Array.Empty<JobRun>().ToLookup(r => r.Name);
    public IReadOnlyList<LaneDepth> Depths { get; private set; } = [];

    public string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Took(double? seconds) => seconds switch { null => "", < 1 => $"{seconds * 1000:F0} ms", < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"), _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min") };

    public string Patience => letters.Patience.TotalHours is var hours && hours == 24 ? "a day" : string.Create(CultureInfo.InvariantCulture, $"{hours:0.#} hours");

    public static string LaneName(short lane) => lane switch { Lanes.Work => "Work", Lanes.Mail => "Mail and payments", Lanes.Jobs => "Jobs", _ => $"Lane {lane}" };

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await IsPlatforms(HttpContext.RequestAborted)) await next();
        else context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    async Task<bool> IsPlatforms(CancellationToken ct) => configuration["Operations:Organization"] is not { Length: > 0 } slug
        || (await organizations.Find(Shared.Staff.Of(User).OrganizationId, ct))?.Slug == slug;

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Dead, Kinds, Jobs, Depths) = (await letters.List(Most, ct), await letters.Kinds(ct), await letters.Jobs(ct), await letters.Depths(ct));
        Runs = (await letters.Runs(RunsShown, ct)).ToLookup(r => r.Name);
    }

    public async Task<IActionResult> OnPostRetryAsync(Guid id, CancellationToken ct)
    {
        Said = await letters.Retry(id, ct) ? "It is tried again now." : "It isn’t here any more.";
        return LocalRedirect("/office/operations");
    }

    public async Task<IActionResult> OnPostRetryAllAsync(string type, CancellationToken ct)
    {
        Said = await letters.RetryAll(type, ct) is var count and > 0 ? $"{count.ToString("N0", CultureInfo.InvariantCulture)} are tried again now." : "They aren’t here any more.";
        return LocalRedirect("/office/operations");
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id, CancellationToken ct)
    {
        Said = await letters.Drop(id, ct) ? "Dropped." : "It isn’t here any more.";
        return LocalRedirect("/office/operations");
    }

    static string Say(string name, JobAnswer answer) => answer switch
    {
        JobAnswer.Ran => $"{name} ran.",
        JobAnswer.IsRunning => $"{name} is running at this moment, so it wasn’t begun again. Its next run comes as planned.",
        _ => "There is no such job.",
    };

    public async Task<IActionResult> OnPostRunAsync(string name, CancellationToken ct)
    {
        try { Said = Say(name, await jobs.TryRunNow(name, bus, ct)); }
        catch (Exception e) when (e is not OperationCanceledException) { Said = $"{name} failed; the reason stands beside it."; } // recorded by the job itself
        return LocalRedirect("/office/operations");
    }
}
