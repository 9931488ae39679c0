using System.IO.Compression;

namespace App.Infrastructure.Web;

/// <summary>Answers with bytes that were compressed before, in the best encoding the browser takes; 304 when it has them.</summary>
public static class Compressed
{
    public static byte[] Brotli(byte[] body, CompressionLevel level)
    {
        using var to = new MemoryStream();
        using (var brotli = new BrotliStream(to, level, leaveOpen: true)) brotli.Write(body);
        return to.ToArray();
    }

    public static byte[] Gzip(byte[] body, CompressionLevel level)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, level, leaveOpen: true)) gzip.Write(body);
        return to.ToArray();
    }

    public static Task Send(HttpContext context, string contentType, string etag, byte[] body, byte[]? brotli, byte[]? gzip, string vary = "Accept-Encoding")
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = etag;
        if (brotli is not null) response.Headers.Vary = vary;
        if (request.Headers.IfNoneMatch == etag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var accepted = request.Headers.AcceptEncoding.ToString();
        if (brotli is not null && accepted.Contains("br", StringComparison.Ordinal)) (body, response.Headers.ContentEncoding) = (brotli, "br");
        else if (gzip is not null && accepted.Contains("gzip", StringComparison.Ordinal)) (body, response.Headers.ContentEncoding) = (gzip, "gzip");
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
