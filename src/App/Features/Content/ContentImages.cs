using App.Features.Content.Contracts;
using App.Features.Content.Publish;
using App.Features.Shared;
using App.Infrastructure.Pictures;
using App.Infrastructure.Web;

namespace App.Features.Content;

/// <summary>Pictures that the live content brings, by an address that changes with them; and, for staff who look at an older package, those of what is kept.</summary>
static class ContentImages
{
    public const string Root = "/content/images/";

    public static async Task Get(string id, LiveContent content, KeptContent kept, HttpContext context)
    {
        if (content.Package.Images.GetValueOrDefault(id) is { } live) { await Send(live, id, "public, max-age=31536000, immutable", context); return; }
        if (Staff.Find(context.User) is { Sells: true })
        {
            foreach (var version in content.Publication.Versions)
                if ((await kept.Find(version.PackageId, context.RequestAborted))?.Package?.Images.GetValueOrDefault(id) is { } old) { await Send(old, id, "private, no-store", context); return; }
        }
        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    static Task Send(CleanPicture picture, string id, string caching, HttpContext context)
    {
        context.Allow().IsUpload = true;
        context.Response.Headers.CacheControl = caching;
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}\"";
        return Compressed.Send(context, picture.ContentType, $"\"{id}\"", picture.Bytes, null, null);
    }
}
