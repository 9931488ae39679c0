using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;

namespace App.Features.Live.Metrics;

/// <summary>
/// Counts pages of an event that people opened, forms that were taken and files that were fetched, by their names: from the answer, so also those that come from memory. No cookie, no address, nothing of who it was. Programs by their own
/// word are counted with files only, which are made for them; browsers that ask not to be tracked never.
/// </summary>
public static class CountViews
{
    const string Conference = "/e/{organization}/{slug}/";
    static readonly string[] Programs = ["bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "headless", "monitor", "http-client", "okhttp"];

    public static void UseViewCounts(this WebApplication app)
    {
        var (counters, events, schedules) = (app.Services.GetRequiredService<Counters>(), app.Services.GetRequiredService<EventCatalogue>(), app.Services.GetRequiredService<ScheduleCatalogue>());
        app.Use(async (context, next) =>
        {
            await next(context);
            if (!IsCounted(context) || await events.Find((string)context.Request.RouteValues["organization"]!, (string)context.Request.RouteValues["slug"]!, CancellationToken.None) is not { Published: true } e) return;
            var subject = Subject(context.Request.RouteValues);
            if (FileOf(context) is { } file) counters.Count(e.Id, "file/" + file, subject);
            if (context.Request.RouteValues["page"] is not string page || IsProgram(context.Request)) return;
            if (IsView(context)) counters.Count(e.Id, "view/" + Short(page), subject);
            // A link on another site, a mail read in a browser: that it was one is told, not which.
            if (IsView(context) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site") counters.Count(e.Id, "deed/from-elsewhere", subject);
            if (CountPosts.Of(context, Short(page), e.IsConference ? await schedules.Find(e.Id) : null) is var (deed, of)) counters.Count(e.Id, "deed/" + deed, of);
        });
    }

    /// <summary>Below an event's address, by somebody who doesn't ask not to be.</summary>
    static bool IsCounted(HttpContext context) =>
        context.Request.RouteValues["organization"] is string && context.Request.RouteValues["slug"] is string && context.Request.Headers["DNT"] != "1" && context.Request.Headers["Sec-GPC"] != "1";

    static bool IsView(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        if (!HttpMethods.IsGet(request.Method) || context.Response.StatusCode is not (200 or 304) || headers.ContainsKey("Sec-Purpose") || headers.ContainsKey("HX-Request")) return false;
        // A browser says whether a person went there or a script asked; older ones say nothing.
        return headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";
    }

    static bool IsProgram(HttpRequest request) => request.Headers.UserAgent.ToString() is var agent && (agent.Length == 0 || Array.Exists(Programs, p => agent.Contains(p, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Null: no file, or none that was given out.</summary>
    static string? FileOf(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Response.StatusCode is not (200 or 304) || (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is not { } pattern || !pattern.StartsWith(Conference, StringComparison.Ordinal)) return null;
        return pattern[Conference.Length..] switch
        {
            "schedule.json" => "json",
            "schedule.xml" => "xml",
            "schedule.ics" => "calendar",
            "my-schedule/{token}.ics" => "my-calendar",
            ['m', 'y', '-', ..] => null,
            [.., '.', 'i', 'c', 's'] => "calendar-part",
            _ => null,
        };
    }

    static string Short(string page)
    {
        var name = page[(page.LastIndexOf('/') + 1)..];
        return name.EndsWith("Page", StringComparison.Ordinal) ? name[..^"Page".Length] : name;
    }

    /// <summary>The session, of its own pages: an address that was found is one that exists.</summary>
    static string Subject(RouteValueDictionary route) => route["session"] as string ?? "";
}
