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
/// <param name="Marks">What the page writes where the words belong: the words themselves, or stand-ins for them. ASCII, each found nowhere in the page by chance.</param>
/// <param name="Words">As HTML, in the order of <paramref name="Marks"/>.</param>
/// <param name="Allow">Puts the page's content policy on the answer.</param>
public sealed record Filling(object Key, IReadOnlyList<string> Marks, IReadOnlyList<string> Words, Action<HttpContext> Allow);

/// <summary>
/// Private pages that thousands see alike at the same moment (a checkout just begun, an order just paid) are rendered once, cut where the words stand that are each one's own, and filled for everybody else. Only answers of 200 without
/// cookies are cut. Nothing personal can stay in the form: the key says all that it shows, and of the words none is kept.
/// </summary>
public sealed class FilledPages(IEnumerable<IFilledPage> kinds, Texts texts)
{
    const int Most = 500;

    /// <param name="Pieces">Bytes to send as they are, or the number of a word.</param>
    sealed record Form(object Texts, IReadOnlyList<(byte[]? Bytes, int Word)> Pieces)
    {
        /// <summary>False if a mark is missing: then the page isn't what its key says.</summary>
        public bool Has(int marks) => Enumerable.Range(0, marks).All(m => Pieces.Any(p => p.Word == m));
    }

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
        form = new(version, Cut(await Render(context, next), filling.Marks));
        if (IsKept(context.Response) && form.Has(filling.Marks.Count))
        {
            if (forms.Count >= Most) forms.Clear();
            forms[place] = form;
        }
        await Send(context.Response, form, filling.Words);
    }

    static bool IsKept(HttpResponse response) => response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;

    (IFilledPage Kind, string Word)? KindOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || request.Headers.ContainsKey("HX-Request")) return null;
        var path = request.Path.Value!;
        foreach (var kind in kinds)
            if (path.StartsWith(kind.Prefix, StringComparison.Ordinal) && path.IndexOf('/', kind.Prefix.Length) < 0) return (kind, path[kind.Prefix.Length..]);
        return null;
    }

    /// <summary>The page as it was made; nothing of it is sent yet.</summary>
    static async Task<byte[]> Render(HttpContext context, RequestDelegate next)
    {
        var (response, to) = (context.Response, context.Response.Body);
        using var buffer = new MemoryStream(16 * 1024);
        response.Body = buffer;
        try { await next(context); }
        finally { response.Body = to; }
        return buffer.ToArray();
    }

    static List<(byte[]?, int)> Cut(byte[] body, IReadOnlyList<string> marks)
    {
        var words = marks.Select(Encoding.ASCII.GetBytes).ToArray();
        var (pieces, from) = (new List<(byte[]?, int)>(), 0);
        while (true)
        {
            var (at, which) = (-1, -1);
            for (var i = 0; i < words.Length; i++)
                if (body.AsSpan(from).IndexOf(words[i]) is >= 0 and var here && (which < 0 || here < at)) (at, which) = (here, i);
            if (which < 0) break;
            pieces.Add((body[from..(from + at)], -1));
            pieces.Add((null, which));
            from += at + words[which].Length;
        }
        pieces.Add((body[from..], -1));
        return pieces;
    }

    static Task Send(HttpResponse response, Form form, IReadOnlyList<string> words)
    {
        if (form.Pieces is [({ Length: 0 }, _)]) return Task.CompletedTask; // a redirect, or nothing to show
        response.ContentType ??= "text/html; charset=utf-8";
        response.ContentLength = form.Pieces.Sum(p => p.Bytes?.Length ?? Encoding.UTF8.GetByteCount(words[p.Word]));
        foreach (var (bytes, word) in form.Pieces)
            if (bytes is not null) response.BodyWriter.Write(bytes);
            else Encoding.UTF8.GetBytes(words[word], response.BodyWriter);
        return response.BodyWriter.FlushAsync().AsTask();
    }
}
