using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;

namespace App.Infrastructure.Web;

/// <summary>Put on a page that is the same for everybody. <typeparamref name="TKey"/> says, from memory, what it would show now.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute<TKey> : Attribute, IPublicPage where TKey : IPublicPageKey
{
    public Type Key => typeof(TKey);
}

public interface IPublicPage
{
    Type Key { get; }
}

public interface IPublicPageKey
{
    /// <summary>A service for as long as the process lives. Equal keys mean equal pages. Null: this request isn't for everybody's page (a choice is made, something is wrong): render it.</summary>
    ValueTask<object?> Of(HttpContext context);
}

/// <summary>A key that may say that its page hardly changes any more.</summary>
public interface ILastingKey
{
    /// <summary>Whoever has the page may show it for an hour without asking.</summary>
    bool Lasts { get; }
}

/// <summary>
/// Public pages, rendered once per change and served as compressed bytes with an ETag, without touching the database. One request renders, others wait for it. Only answers of 200 without cookies
/// are kept; nothing personal can enter, since the key alone decides what a page shows. Each language has its own.
/// </summary>
public sealed class PublicPages(Texts texts, IClosedPages closed, SiteOptions site)
{
    const int Most = 2_000;

    /// <param name="Endpoint">The page's; with <paramref name="Route"/> what decides whether it is closed.</param>
    /// <param name="Of">Says what the page would show now, by these route values.</param>
    /// <param name="Words">The sentences it was made of.</param>
    sealed record Rendered(object Key, object Words, IPublicPageKey Of, RouteEndpoint Endpoint, RouteValueDictionary Route, string Etag, byte[] Body, byte[] Brotli, byte[] Gzip);

    readonly string moment = ShownMoment.CookieName(site);
    readonly ConcurrentDictionary<(string Path, string Language), Rendered> pages = new();
    readonly ConcurrentDictionary<(string Path, string Language), SemaphoreSlim> rendering = new();

    /// <summary>Before anything is routed: a page that is in memory and still true needs nothing of what follows.</summary>
    public async Task ServeKnown(HttpContext context, RequestDelegate next)
    {
        if (pages.TryGetValue(Place(context), out var known) && ReferenceEquals(known.Words, texts.Version) && IsPlain(context.Request) && await closed.Closes(known.Endpoint, known.Route, context.RequestAborted) == Closing.No)
        {
            // Copied: the server clears a request's route values when it ends.
            foreach (var (name, value) in known.Route) context.Request.RouteValues[name] = value;
            if (known.Key.Equals(await known.Of.Of(context))) { await Send(context, known); return; }
        }
        await next(context);
    }

    public async Task Serve(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IPublicPage>() is not { } page || context.IsClosed() || !IsPlain(context.Request)) { await next(context); return; }
        var of = (IPublicPageKey)context.RequestServices.GetRequiredService(page.Key);
        var key = await of.Of(context);
        if (key is null) { await next(context); return; }

        var (place, words) = (Place(context), texts.Version);
        if (pages.TryGetValue(place, out var rendered) && IsTrue(rendered)) { await Send(context, rendered); return; }
        var gate = rendering.GetOrAdd(place, _ => new(1, 1));
        await gate.WaitAsync(context.RequestAborted);
        try
        {
            if (!(pages.TryGetValue(place, out rendered) && IsTrue(rendered)))
                rendered = await Render(context, next, key, words, of);
        }
        finally { gate.Release(); }
        if (rendered is null) return; // sent as it was: not a page for everybody
        if (pages.Count >= Most) pages.Clear();
        pages[place] = rendered;
        await Send(context, rendered);

        bool IsTrue(Rendered page) => page.Key.Equals(key) && ReferenceEquals(page.Words, words);
    }

    static (string, string) Place(HttpContext context) => (context.Request.Path.Value!, Language.Current.Code);

    bool IsPlain(HttpRequest request) => !request.Headers.Cookie.ToString().Contains(moment, StringComparison.Ordinal) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && (!request.QueryString.HasValue || AsksForALanguage(request.QueryString.Value)) && !request.Headers.ContainsKey("HX-Request");

    static bool AsksForALanguage(string query) => query.Length == "?lang=xx".Length && query.StartsWith("?lang=", StringComparison.Ordinal) && Language.Find(query[^2..]) is not null;

    static async Task<Rendered?> Render(HttpContext context, RequestDelegate next, object key, object words, IPublicPageKey of)
    {
        var (response, to, route) = (context.Response, context.Response.Body, new RouteValueDictionary(context.Request.RouteValues));
        using var buffer = new MemoryStream(32 * 1024);
        response.Body = buffer;
        try { await next(context); }
        finally { response.Body = to; }
        var body = buffer.ToArray();
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0)
        {
            await to.WriteAsync(body);
            return null;
        }
        response.Headers.ContentLength = null;
        return new(key, words, of, (RouteEndpoint)context.GetEndpoint()!, route, $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"", body, Compressed.Brotli(body, CompressionLevel.Optimal), Compressed.Gzip(body, CompressionLevel.Optimal));
    }

    static Task Send(HttpContext context, Rendered page)
    {
        // Asked for anew each time, answered with 304: a page about what is left may not be old.
        context.Response.Headers.CacheControl = page.Key is ILastingKey { Lasts: true } ? "public, max-age=3600" : "no-cache";
        return Compressed.Send(context, "text/html; charset=utf-8", page.Etag, page.Body, page.Brotli, page.Gzip, "Accept-Encoding, Accept-Language, Cookie");
    }
}
