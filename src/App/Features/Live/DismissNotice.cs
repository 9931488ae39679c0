using System.Text;
using System.Text.RegularExpressions;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>
/// Puts an announcement away on this device, without script and where nobody listens for news: on pages that are the same for everybody and kept for them. So the page stays as it is, and a style sheet of the reader's own, a
/// line for each that they put away, hides it. The cookie says nothing but that.
/// </summary>
public static partial class DismissNotice
{
    const int Most = 40;
    static readonly TimeSpan Lives = TimeSpan.FromDays(90);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Notice.Dismiss, Dismiss);
        app.MapGet(Notice.Dismissed, Sheet);
    }

    static async Task Dismiss(HttpContext context, SiteOptions site)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Guid.TryParseExact(form["id"], "N", out var id))
        {
            string[] known = [.. Known(context, site).Except([id.ToString("N")]), id.ToString("N")];
            context.Response.Cookies.Append(Name(site), string.Join('.', known.TakeLast(Most)), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", MaxAge = Lives });
        }
        context.Allow().IsPrivate = true; // an order's address is a secret
        context.Response.Headers.Location = form["back"] is [{ } back] && Here().IsMatch(back) ? back : "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    static Task Sheet(HttpContext context, SiteOptions site)
    {
        var lines = new StringBuilder();
        foreach (var id in Known(context, site)) lines.Append("[data-notice=\"").Append(id).Append("\"]{display:none}\n");
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/css; charset=utf-8";
        return context.Response.WriteAsync(lines.ToString(), context.RequestAborted);
    }

    /// <summary>As they were written by us: anything else in the cookie is nothing.</summary>
    static IEnumerable<string> Known(HttpContext context, SiteOptions site) => (context.Request.Cookies[Name(site)] ?? "").Split('.').Where(id => Id().IsMatch(id)).Take(Most);

    static string Name(SiteOptions site) => site.CookieName("notices");

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Id();

    /// <summary>A page of this site.</summary>
    [GeneratedRegex(@"\A/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}\z")]
    private static partial Regex Here();
}
