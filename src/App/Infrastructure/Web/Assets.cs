using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace App.Infrastructure.Web;

/// <summary>One file a browser asks for, compressed once.</summary>
public sealed record Asset(string Path, string ContentType, string Hash, byte[] Body, bool IsText)
{
    readonly Lazy<byte[]> brotli = new(() => Compressed.Brotli(Body, CompressionLevel.SmallestSize)), gzip = new(() => Compressed.Gzip(Body, CompressionLevel.SmallestSize));

    // As small as can be takes a tenth of a second for the largest: when first asked for, not while everybody waits for the start.
    public byte[]? Brotli => IsText ? brotli.Value : null;
    public byte[]? Gzip => IsText ? gzip.Value : null;
}

/// <summary>
/// The files of wwwroot, from inside the assembly: read and hashed at start, compressed once, served from memory. An address with the right hash (<c>?v=</c>) may be kept for ever.
/// </summary>
public sealed class Assets
{
    const string Root = "wwwroot/";
    readonly FrozenDictionary<string, Asset> byPath;
    readonly FrozenDictionary<string, string> links;

    public Assets()
    {
        var files = Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Root, StringComparison.Ordinal)).ToDictionary(n => "/" + n[Root.Length..], Read);
        // Style sheets go out as one file; their parts are not served.
        var styles = Stylesheet.Build(files.Where(f => f.Key.StartsWith("/css/", StringComparison.Ordinal)).ToDictionary(f => f.Key["/css/".Length..], f => System.Text.Encoding.UTF8.GetString(f.Value)));
        var others = files.Where(f => !f.Key.StartsWith("/css/", StringComparison.Ordinal)).Select(f => New(f.Key, f.Value)).ToArray();
        // The font by the same address as the page's preload, or a browser fetches it twice.
        foreach (var font in others.Where(a => a.Path.EndsWith(".woff2", StringComparison.Ordinal))) styles = styles.Replace($"url(\"{font.Path[1..]}\")", $"url(\"{font.Path}?v={font.Hash}\")", StringComparison.Ordinal);
        byPath = others.Append(New("/foyer.css", System.Text.Encoding.UTF8.GetBytes(styles))).ToFrozenDictionary(a => a.Path);
        links = byPath.Values.ToFrozenDictionary(a => a.Path, a => $"{a.Path}?v={a.Hash}");
    }

    /// <summary>The address to put into a page. Throws for a file that isn't there: a page with a broken link is a defect.</summary>
    public string Link(string path) => links.TryGetValue(path, out var link) ? link : throw new InvalidOperationException($"There is no {path} in wwwroot.");

    public bool Has(string path) => byPath.ContainsKey(path);

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var asset in byPath.Values) app.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], context => Serve(context, asset));
    }

    static Task Serve(HttpContext context, Asset asset)
    {
        var headers = context.Response.Headers;
        var fixedForEver = context.Request.Query["v"] == asset.Hash;
        headers.CacheControl = fixedForEver ? "public, max-age=31536000, immutable" : "public, max-age=300";
        return Compressed.Send(context, asset.ContentType, $"\"{asset.Hash}\"", asset.Body, asset.Brotli, asset.Gzip);
    }

    static Asset New(string path, byte[] body)
    {
        if (!new FileExtensionContentTypeProvider().TryGetContentType(path, out var type)) type = "application/octet-stream";
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("javascript", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..12];
        return new(path, isText ? type + "; charset=utf-8" : type, hash, body, isText);
    }

    static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
