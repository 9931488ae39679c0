using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace App.Infrastructure.Web;

/// <summary>Pages under one address that are alike but for a few words.</summary>
public interface IFilledPage
{
    /// <summary>What such an address begins with; the rest is one word.</summary>
    string Prefix { get; }

    /// <summary>What the page at this address would show now. Null: this one is like no other, render it.</summary>
    ValueTask<Filling?> Of(HttpContext context, string word);
}

/// <param name="Key">Pages with equal keys differ in nothing but <paramref name="Words"/>.</param>
/// <param name="Words">In every such page in the same order, ASCII, needing no escape, and each found nowhere in it by chance.</param>
/// <param name="Allow">Puts the page's content policy on the answer.</param>
public sealed record Filling(object Key, IReadOnlyList<string> Words, Action<HttpContext> Allow);

/// <summary>
/// Private pages that thousands see alike at the same moment (a checkout just begun) are rendered once, cut where the words stand that are each one's own, and filled for everybody else. Only answers of 200 without
/// cookies are cut. Nothing personal can stay in the form: the key says all that it shows, and of the words none is kept.
/// </summary>
public sealed class FilledPages(IEnumerable<IFilledPage> kinds, Texts texts)
{
    const int Most = 500;

    /// <param name="Pieces">Bytes to send as they are, or the number of a word.</param>
    sealed record Form(object Texts, IReadOnlyList<(byte[]? Bytes, int Word)> Pieces);

    readonly IFilledPage[] kinds = [.. kinds];
    readonly ConcurrentDictionary<(object Key, string Language), Form> forms = new();

    public async Task Serve(HttpContext context, RequestDelegate next)
    {
        if (KindOf(context.Request) is not var (kind, word) || await kind.Of(context, word) is not { } filling) { await next(context); return; }
        var (place, version) = ((filling.Key, Language.Current.Code), texts.Version);
        if (forms.TryGetValue(place, out var form) && ReferenceEquals(form.Texts, version))
        {
            filling.Allow(context);
            await Send(context.Response, form, filling.Words);
            return;
        }
        if (await Render(context, next) is not { } body || Cut(body, filling.Words) is not { } pieces) return;
        if (forms.Count >= Most) forms.Clear();
        forms[place] = new(version, pieces);
    }

    (IFilledPage Kind, string Word)? KindOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || request.Headers.ContainsKey("HX-Request")) return null;
        var path = request.Path.Value!;
        foreach (var kind in kinds)
            if (path.StartsWith(kind.Prefix, StringComparison.Ordinal) && path.IndexOf('/', kind.Prefix.Length) < 0) return (kind, path[kind.Prefix.Length..]);
        return null;
    }

    /// <summary>The page as it was made and sent; null if it isn't one to be cut.</summary>
    static async Task<byte[]?> Render(HttpContext context, RequestDelegate next)
    {
        var (response, to) = (context.Response, context.Response.Body);
        using var buffer = new MemoryStream(16 * 1024);
        response.Body = buffer;
        try { await next(context); }
        finally { response.Body = to; }
        var body = buffer.ToArray();
        await to.WriteAsync(body);
        return response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0 ? body : null;
    }

    /// <summary>Null if a word is missing: then the page isn't what its key says.</summary>
    static List<(byte[]?, int)>? Cut(byte[] body, IReadOnlyList<string> words)
    {
        var marks = words.Select(Encoding.ASCII.GetBytes).ToArray();
        var (pieces, from, found) = (new List<(byte[]?, int)>(), 0, new bool[marks.Length]);
        while (true)
        {
            var (at, which) = (-1, -1);
            for (var i = 0; i < marks.Length; i++)
                if (body.AsSpan(from).IndexOf(marks[i]) is >= 0 and var here && (which < 0 || here < at)) (at, which) = (here, i);
            if (which < 0) break;
            pieces.Add((body[from..(from + at)], -1));
            pieces.Add((null, which));
            (from, found[which]) = (from + at + marks[which].Length, true);
        }
        pieces.Add((body[from..], -1));
        return found.AsSpan().Contains(false) ? null : pieces;
    }

    static Task Send(HttpResponse response, Form form, IReadOnlyList<string> words)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = form.Pieces.Sum(p => p.Bytes?.Length ?? words[p.Word].Length);
        foreach (var (bytes, word) in form.Pieces)
            if (bytes is not null) response.BodyWriter.Write(bytes);
            else Encoding.ASCII.GetBytes(words[word], response.BodyWriter);
        return response.BodyWriter.FlushAsync().AsTask();
    }
}
