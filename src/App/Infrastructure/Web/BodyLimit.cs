using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace App.Infrastructure.Web;

/// <summary>
/// A body that says it is longer than what its page takes (a megabyte, unless the page says otherwise) is refused with 413 before anybody reads it (security.md S49). One that doesn't say, or lies, is cut off
/// by the server where the limit is.
/// </summary>
public static class BodyLimit
{
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isTooLong = context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (!isTooLong || context.Features.Get<IStatusCodeReExecuteFeature>() is not null) return next(context); // the page that says so is made for the same request
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        context.Response.Headers.Connection = "close"; // what was sent is not read on
        return Task.CompletedTask;
    });
}
