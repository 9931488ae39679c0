using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.Extensions.Caching.Memory;

namespace App.Features.Shared;

/// <summary>A picture that was uploaded, as pages name it.</summary>
/// <param name="Address">Below this site, and for ever: an address never changes its picture.</param>
public sealed record UploadedPicture(string Address, int Width, int Height)
{
    public const string Place = "/pictures/";
}

/// <summary>Pictures as browsers get them: artwork of events, pictures of sessions and rooms, floor plans, portraits. The much-wanted ones stay in memory: an on-sale asks for one picture ten thousand times.</summary>
public sealed class Pictures(QuerySession db) : IDisposable
{
    const long MostRemembered = 64 * 1024 * 1024;
    readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    /// <summary>A portrait that was forgotten is gone from every process after so long, and from browsers after a day.</summary>
    static readonly TimeSpan Portraits = TimeSpan.FromMinutes(10);

    sealed record Kept(string ContentType, byte[] Bytes, bool Portrait);
    sealed record Size(int Width, int Height);

    public static void Map(IEndpointRouteBuilder app) => app.MapMethods("/pictures/{id}", [HttpMethods.Get, HttpMethods.Head], static (string id, Pictures pictures, HttpContext context) => pictures.Serve(id, context));

    /// <summary>Null: it is none of this organization's. An address in a form may be anybody's.</summary>
    /// <param name="portraits">Those that show a person, which nothing else than their person's page may use: or other pictures.</param>
    public async Task<UploadedPicture?> Find(string? address, Guid organizationId, CancellationToken ct, bool portraits = false)
    {
        if (address is null || !address.StartsWith(UploadedPicture.Place, StringComparison.Ordinal)) return null;
        var size = await db.QueryFirst<Size>("select width, height from events_pictures where id = $1 and organization_id = $2 and portrait = $3", ct, address[UploadedPicture.Place.Length..], organizationId, portraits);
        return size is null ? null : new(address, size.Width, size.Height);
    }

    async Task Serve(string id, HttpContext context)
    {
        if (id.Length > 40 || await Find(id, context.RequestAborted) is not { } picture) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        context.Allow().IsUpload = true;
        context.Response.Headers.CacheControl = picture.Portrait ? "public, max-age=86400" : "public, max-age=31536000, immutable";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}\"";
        await Compressed.Send(context, picture.ContentType, $"\"{id[..32]}\"", picture.Bytes, null, null);
    }

    async Task<Kept?> Find(string id, CancellationToken ct)
    {
        if (known.TryGetValue(id, out Kept? kept)) return kept;
        if (await db.QueryFirst<Kept>("select content_type, bytes, portrait from events_pictures where id = $1", ct, id) is not { } found) return null;
        return known.Set(id, found, new MemoryCacheEntryOptions { Size = found.Bytes.Length, AbsoluteExpirationRelativeToNow = found.Portrait ? Portraits : null });
    }

    public void Dispose() => known.Dispose();
}
