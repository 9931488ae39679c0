using App.Infrastructure.Web;

namespace App.Features.Live;

/// <summary>A part of a page that browsers ask for again and again: not made when they have it.</summary>
static class PagePart
{
    static readonly string Build = typeof(PagePart).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>True, and answered with 304: what they have is what it is.</summary>
    /// <param name="state">Equal states show the same.</param>
    public static bool IsKnown(HttpContext context, string state)
    {
        var (headers, etag) = (context.Response.Headers, $"\"{Build}.{state}.{Language.Current.Code}\"");
        (headers.ETag, headers.CacheControl, headers.Vary) = (etag, "private, no-cache", "Accept-Language, Cookie");
        if (context.Request.Headers.IfNoneMatch != etag) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
