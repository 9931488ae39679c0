using App.Features.Events.Contracts;

namespace App.Features.Live.Metrics;

/// <summary>
/// Counts pages of an event that people opened, by the page's name: from the answer, so also those that come from memory. No cookie, no address, nothing of who it was. Programs by their own word, and browsers that ask not to be tracked,
/// are not counted.
/// </summary>
public static class CountViews
{
    static readonly string[] Programs = ["bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "headless", "monitor", "http-client", "okhttp"];

    public static void UseViewCounts(this WebApplication app)
    {
        var (counters, events) = (app.Services.GetRequiredService<Counters>(), app.Services.GetRequiredService<EventCatalogue>());
        app.Use(async (context, next) =>
        {
            await next(context);
            if (NameOf(context) is not { } name) return;
            var route = context.Request.RouteValues;
            if (await events.Find((string)route["organization"]!, (string)route["slug"]!, CancellationToken.None) is { Published: true } e) counters.Count(e.Id, name, Subject(route));
        });
    }

    /// <summary>Null: not a page of an event that somebody opened.</summary>
    static string? NameOf(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) || response.StatusCode is not (200 or 304)) return null;
        if (request.RouteValues["organization"] is not string || request.RouteValues["slug"] is not string || request.RouteValues["page"] is not string page) return null;
        return IsSomebody(request) ? "view/" + Short(page) : null;
    }

    internal static bool IsSomebody(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers["DNT"] == "1" || headers["Sec-GPC"] == "1" || headers.ContainsKey("Sec-Purpose") || headers.ContainsKey("HX-Request")) return false;
        // A browser says whether a person went there or a script asked; older ones say nothing.
        if (headers["Sec-Fetch-Mode"].ToString() is { Length: > 0 } mode && mode != "navigate") return false;
        var agent = headers.UserAgent.ToString();
        return agent.Length > 0 && !Array.Exists(Programs, p => agent.Contains(p, StringComparison.OrdinalIgnoreCase));
    }

    static string Short(string page)
    {
        var name = page[(page.LastIndexOf('/') + 1)..];
        return name.EndsWith("Page", StringComparison.Ordinal) ? name[..^"Page".Length] : name;
    }

    /// <summary>The session, of its own pages: an address that was found is one that exists.</summary>
    static string Subject(RouteValueDictionary route) => route["session"] as string ?? "";
}
