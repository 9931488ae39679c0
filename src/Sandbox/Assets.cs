using System.Collections.Concurrent;

namespace Sandbox;

/// <summary>Scripts and styles, from inside the assembly.</summary>
static class Assets
{
    static readonly ConcurrentDictionary<string, byte[]> Files = new();

    public static Task Send(HttpContext context, string name)
    {
        var bytes = Files.GetOrAdd(name, Load);
        context.Response.ContentType = name.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    }

    static byte[] Load(string name)
    {
        using var file = typeof(Assets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
