using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Schedule.Pages;

/// <summary>Text with what was looked for marked in it.</summary>
static class Highlight
{
    const int Around = 90;

    public static IHtmlContent All(FoldedText text, string[] words, HtmlEncoder encoder) => Range(text, words, 0, text.Original.Length, encoder);

    /// <summary>The part of a long text where something was found; null: nothing was.</summary>
    public static IHtmlContent? Part(FoldedText text, string[] words, HtmlEncoder encoder)
    {
        var first = words.Select(w => (Word: w, At: text.Find(w))).Where(f => f.At >= 0).OrderBy(f => f.At).FirstOrDefault();
        if (first.Word is null) return null;
        var (from, to) = text.Origin(first.At, first.Word.Length);
        var start = from <= Around ? 0 : text.Original.IndexOf(' ', from - Around) is >= 0 and var space && space < from ? space + 1 : from;
        var end = to + Around >= text.Original.Length ? text.Original.Length : text.Original.LastIndexOf(' ', to + Around) is var last && last > to ? last : to;
        return new HtmlContentBuilder().AppendHtml(start > 0 ? "… " : "").AppendHtml(Range(text, words, start, end, encoder)).AppendHtml(end < text.Original.Length ? " …" : "");
    }

    static HtmlString Range(FoldedText text, string[] words, int start, int end, HtmlEncoder encoder)
    {
        var marks = new List<(int From, int To)>();
        foreach (var word in words)
            for (var at = text.Find(word); at >= 0; at = at + word.Length < text.Text.Length ? text.Find(word, at + word.Length) : -1) marks.Add(text.Origin(at, word.Length));
        var (html, done) = (new StringBuilder(), start);
        foreach (var (from, to) in marks.Where(m => m.From >= start && m.To <= end).OrderBy(m => m.From).ThenByDescending(m => m.To))
        {
            if (from < done) continue;
            html.Append(encoder.Encode(text.Original[done..from])).Append("<mark>").Append(encoder.Encode(text.Original[from..to])).Append("</mark>");
            done = to;
        }
        return new(html.Append(encoder.Encode(text.Original[done..end])).ToString());
    }
}
