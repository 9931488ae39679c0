using App.Features.Content.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Content;

/// <summary>Pictures that the live content brings, by an address that changes with them.</summary>
static class ContentImages
{
    public const string Root = "/content/images/";

    public static Task Get(string id, LiveContent content, HttpContext context)
    {
        if (!content.Package.Images.TryGetValue(id, out var picture)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return Task.CompletedTask; }
        context.Allow().IsUpload = true;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}\"";
        return Compressed.Send(context, picture.ContentType, $"\"{id}\"", picture.Bytes, null, null);
    }
}
