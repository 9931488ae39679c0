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
public sealed class ErrorPage(Texts texts, ILogger<ErrorPage> log) : PageModel
{
    const int RetryAfterSeconds = 5;
    static readonly string[] NeverRepeated = ["password", "current", "fresh"];

    public int Status { get; private set; }
    public string Path { get; private set; } = "/";
    /// <summary>What is over stands in a conference's archive: its page. Null: nothing is.</summary>
    public string? Archive => Status == 410 && Path.Split('/') is ["", "e", var organization, var slug, ..] ? $"/e/{organization}/{slug}" : null;

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

    (string, (string, string)) Say(int status)
    {
        var (eyebrow, title, says) = status switch
        {
            400 => ("lost.400", "lost.400-title", "lost.400-says"),
            401 or 403 => ("lost.403", "lost.403-title", "lost.403-says"),
            404 => ("lost.404", "lost.404-title", "lost.404-says"),
            405 => ("lost.405", "lost.405-title", "lost.405-says"),
            410 => ("lost.410", "lost.410-title", "lost.410-says"),
            413 => ("lost.413", "lost.413-title", "lost.413-says"),
            429 => ("lost.429", "lost.429-title", "lost.429-says"),
            503 => ("lost.503", "lost.503-title", "lost.503-says"),
            >= 500 => ("lost.500", "lost.500-title", "lost.500-says"),
            _ => ("lost.other", "lost.other-title", "lost.other-says"),
        };
        return (texts.Of(eyebrow), (texts.Of(title), texts.Of(says)));
    }
}
