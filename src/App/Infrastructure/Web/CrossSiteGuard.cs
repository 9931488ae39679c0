namespace App.Infrastructure.Web;

/// <summary>Endpoints that other systems call by right, with a secret of their own (signed webhooks): exempt from the guard, by this list only.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class CalledByOthersAttribute : Attribute;

/// <summary>
/// First wall against forged requests (security.md S3): a browser that says that a changing request was started by another site is refused; one that doesn't say is believed only when its Origin is ours.
/// The second wall is the antiforgery token, on every page with a sign-in.
/// </summary>
public static class CrossSiteGuard
{
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsSafe(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<CalledByOthersAttribute>() is not null || IsOurs(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        // Neither header: no browser of the last years, so no cookie of a victim's either.
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
