using System.Diagnostics;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Shared;

/// <summary>
/// What people get instead of a page: what happened, what it may mean, a way on. Programs get problem details. Knows nothing but the request, so it stands when the database doesn't.
/// A form that could not be taken comes back with all that was typed and one button (reliability.md F11).
/// </summary>
[IgnoreAntiforgeryToken, CalledByOthers, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorPage(ILogger<ErrorPage> log) : PageModel
{
    const int RetryAfterSeconds = 5;
    static readonly string[] NeverRepeated = ["password", "current", "fresh"];

    public int Status { get; private set; }
    public string Path { get; private set; } = "/";
    public string Eyebrow { get; private set; } = "";
    public (string Title, string Says) Words { get; private set; }
    public string? CorrelationId { get; private set; }

    /// <summary>What was typed, to be sent again. Null: nothing was, or sending it again can't help.</summary>
    public IReadOnlyList<(string Name, string Value)>? Again { get; private set; }

    public Task<IActionResult> OnGetAsync() => Answer();
    public Task<IActionResult> OnPostAsync() => Answer();

    async Task<IActionResult> Answer()
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var reExecuted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        // Somebody typed the address of this page.
        if (failed is null && reExecuted is null) Response.StatusCode = StatusCodes.Status404NotFound;
        Status = Response.StatusCode;
        Path = failed?.Path ?? (reExecuted is null ? "/" : reExecuted.OriginalPath + reExecuted.OriginalQueryString);
        if (failed is not null) Path += Request.QueryString;
        if (Status == 503) Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // Without the address, which may be a secret.
        if (Status == 503 && failed is not null) log.LogWarning("Answered 503 to a {Method}: {Kind}: {Reason}", Request.Method, failed.Error.GetType().Name, (failed.Error.InnerException ?? failed.Error).Message);
        if (Status == 500) CorrelationId = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        (Eyebrow, Words) = Say(Status);
        HttpContext.Allow().IsPrivate = true;
        if (IsProgram()) return Problem();
        Again = Status == 503 ? await Typed() : null;
        return Page();
    }

    bool IsProgram() => Path.StartsWith("/api/", StringComparison.Ordinal) || Path.StartsWith("/webhooks/", StringComparison.Ordinal) || Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);

    ObjectResult Problem()
    {
        var problem = new ProblemDetails { Status = Status, Title = Words.Title, Detail = Words.Says };
        if (CorrelationId is not null) problem.Extensions["traceId"] = CorrelationId;
        return new(problem) { StatusCode = Status, ContentTypes = { "application/problem+json" } };
    }

    async Task<IReadOnlyList<(string, string)>?> Typed()
    {
        if (!HttpMethods.IsPost(Request.Method) || !Request.HasFormContentType) return null;
        try
        {
            var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
            return [.. form.Where(f => !NeverRepeated.Contains(f.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(f => f.Value.Select(v => (f.Key, v ?? "")))];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or BadHttpRequestException) { return null; }
    }

    static (string, (string, string)) Say(int status) => status switch
    {
        400 => ("Not understood", ("That didn’t arrive whole", "The page may have been open for too long. Go back, load it again, and send once more: nothing was changed.")),
        401 or 403 => ("Not for you", ("This door is for others", "You are signed in for something else, or the request came from another site. Nothing was changed.")),
        404 => ("Page not found", ("This door leads nowhere", "The address may have a letter missing. Looking for your tickets? The link in your mail opens them.")),
        405 => ("Not here", ("This door opens the other way", "The address is right, what was asked of it isn’t. Go back and use the page’s own button.")),
        413 => ("Too much", ("That is too large", "Send less at once. Nothing was changed.")),
        429 => ("Too often", ("One moment", "That was asked very often from where you are. Wait a minute and try again.")),
        503 => ("Not at the moment", ("Back in a moment", "We can’t write anything down right now, so nothing was charged or changed. What you typed is kept here.")),
        >= 500 => ("Something broke", ("This is our fault", "Something broke on our side and we have a record of it. Try again; if it happens twice, write to us.")),
        _ => ("Not done", ("That didn’t work", "Go back and try again. Nothing was changed.")),
    };
}
