using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.Extensions.Caching.Memory;

namespace App.Features.Events;

/// <summary>Uploaded artwork as browsers get it. The much-wanted ones stay in memory: an on-sale asks for one picture ten thousand times.</summary>
public sealed class Pictures(QuerySession db) : IDisposable
{
    const long MostRemembered = 64 * 1024 * 1024;
    readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    sealed record Kept(string ContentType, byte[] Bytes);

    public static void Map(IEndpointRouteBuilder app) => app.MapMethods("/pictures/{id}", [HttpMethods.Get, HttpMethods.Head], static (string id, Pictures pictures, HttpContext context) => pictures.Serve(id, context));

    /// <summary>Whether it is one of this organization's: an address in a form may be anybody's.</summary>
    public async Task<bool> Has(string id, Guid organizationId, CancellationToken ct) =>
        await db.QueryFirst<long>("select count(*) from events_pictures where id = $1 and organization_id = $2", ct, id, organizationId) > 0;

    async Task Serve(string id, HttpContext context)
    {
        if (id.Length > 40 || await Find(id, context.RequestAborted) is not { } picture) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        context.Allow().IsUpload = true;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}\"";
        await Compressed.Send(context, picture.ContentType, $"\"{id[..32]}\"", picture.Bytes, null, null);
    }

    async Task<Kept?> Find(string id, CancellationToken ct)
    {
        if (known.TryGetValue(id, out Kept? kept)) return kept;
        if (await db.QueryFirst<Kept>("select content_type, bytes from events_pictures where id = $1", ct, id) is not { } found) return null;
        return known.Set(id, found, new MemoryCacheEntryOptions { Size = found.Bytes.Length });
    }

    public void Dispose() => known.Dispose();
}
