using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace App.Infrastructure.Web;

/// <summary>
/// HTML that others wrote, as Markdown or as plain text: no tag survives, scripts and styles lose their content too. Only tags HTML has are tags: "Vec&lt;T&gt;" stays as it is.
/// What comes out is text; it is <see cref="Prose"/> that shows it, and that shows no HTML.
/// </summary>
public static partial class HtmlText
{
    static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet([
        "a", "abbr", "address", "article", "aside", "audio", "b", "base", "bdi", "big", "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "embed", "figcaption", "figure", "font",
        "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "li", "link", "main", "map", "mark", "math", "meta", "nav", "noscript", "object", "ol", "option", "p", "picture", "pre", "q",
        "s", "samp", "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var", "video", "wbr"], StringComparer.OrdinalIgnoreCase);
    static readonly FrozenSet<string> Silent = FrozenSet.ToFrozenSet(["script", "style", "head", "title", "svg", "math", "template", "noscript", "select", "textarea", "iframe", "object"], StringComparer.OrdinalIgnoreCase);
    static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(["p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "dl", "table", "blockquote", "figure", "hr", "address", "center", "form", "details"], StringComparer.OrdinalIgnoreCase);

    public static bool HasHtml(string text) => Tag().EnumerateMatches(text) is var matches && Any(text, matches);

    static bool Any(string text, Regex.ValueMatchEnumerator matches)
    {
        foreach (var m in matches) if (text.AsSpan(m.Index, m.Length) is var tag && (tag.StartsWith("<!--") || Known.Contains(NameOf(tag)))) return true;
        return false;
    }

    /// <summary>One line without tags. Until none is left: what was inside a tag may make a new one.</summary>
    public static string Plain(string text)
    {
        for (var i = 0; i < 8 && HasHtml(text); i++) text = WebUtility.HtmlDecode(Convert(text, markdown: false));
        while (HasHtml(text)) text = text.Replace('<', ' ');
        return Spaces().Replace(text, " ").Trim();
    }

    /// <summary>Text without HTML is Markdown already and stays as it is.</summary>
    public static string Markdown(string text) => HasHtml(text) ? Lines().Replace(Convert(text, markdown: true), "\n\n").Trim() : text.ReplaceLineEndings("\n").Trim();

    static string Convert(string html, bool markdown)
    {
        var (to, lists, links, at, silent) = (new StringBuilder(html.Length), new Stack<int>(), new Stack<string>(), 0, "");
        foreach (Match m in Tag().Matches(html))
        {
            var name = NameOf(m.Value);
            if (!m.Value.StartsWith("<!--", StringComparison.Ordinal) && !Known.Contains(name)) continue; // it stays in the text before the next tag
            if (silent.Length == 0) Text(to, html[at..m.Index], markdown);
            at = m.Index + m.Length;
            var closes = m.Value.StartsWith("</", StringComparison.Ordinal);
            if (silent.Length > 0) { if (closes && name.Equals(silent, StringComparison.OrdinalIgnoreCase)) silent = ""; continue; }
            if (Silent.Contains(name) && !closes && !m.Value.EndsWith("/>", StringComparison.Ordinal)) { silent = name; continue; }
            Mark(to, name.ToLowerInvariant(), closes, m.Value, lists, links, markdown);
        }
        if (silent.Length == 0) Text(to, html[at..], markdown);
        return to.ToString();
    }

    static void Text(StringBuilder to, string text, bool markdown)
    {
        // Line breaks of the source mean nothing in HTML; entities become the characters they stand for, and stay text.
        var plain = Spaces().Replace(text, " ");
        to.Append(markdown ? WebUtility.HtmlDecode(plain) : plain);
    }

    static void Mark(StringBuilder to, string name, bool closes, string tag, Stack<int> lists, Stack<string> links, bool markdown)
    {
        if (!markdown) { to.Append(name is "b" or "i" or "em" or "strong" or "span" or "a" or "code" or "sub" or "sup" or "u" or "font" or "small" ? "" : " "); return; }
        switch (name)
        {
            case "br": to.Append("  \n"); break;
            case "b" or "strong": to.Append("**"); break;
            case "i" or "em" or "cite": to.Append('*'); break;
            case "code" or "kbd" or "samp" or "tt": to.Append('`'); break;
            case "pre": to.Append("\n\n"); break;
            case "td" or "th": to.Append(closes ? " " : ""); break;
            case "tr" or "dt" or "dd": to.Append('\n'); break;
            case ['h', >= '1' and <= '6']: to.Append(closes ? "\n\n" : "\n\n### "); break;
            case "ul" or "ol":
                if (!closes) lists.Push(name == "ol" ? 1 : 0); else lists.TryPop(out _);
                to.Append(lists.Count > 0 && !closes ? "" : "\n\n");
                break;
            case "li":
                if (closes) break;
                var (number, depth) = (lists.TryPop(out var n) ? n : 0, lists.Count);
                to.Append('\n').Append(' ', Math.Min(depth, 8) * 2).Append(number > 0 ? $"{number}. " : "- ");
                lists.Push(number > 0 ? number + 1 : 0);
                break;
            case "a":
                if (!closes) { links.Push(Address(tag)); to.Append(links.Peek().Length > 0 ? "[" : ""); }
                else if (links.TryPop(out var url) && url.Length > 0) to.Append("](").Append(url).Append(')');
                break;
            default: to.Append(Blocks.Contains(name) ? "\n\n" : ""); break;
        }
    }

    /// <summary>http, https and mail only, without what would end the Markdown link.</summary>
    static string Address(string tag)
    {
        var url = WebUtility.HtmlDecode(Href().Match(tag) is { Success: true } m ? m.Groups["url"].Value : "").Trim();
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" ? uri.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal) : "";
    }

    static string NameOf(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart("</");
        var end = 0;
        while (end < name.Length && char.IsAsciiLetterOrDigit(name[end])) end++;
        return name[..end].ToString();
    }

    [GeneratedRegex(@"<!--.*?(?:-->|$)|</?[a-zA-Z][a-zA-Z0-9]*(?:[\s/][^<>]*)?/?>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""href\s*=\s*(?:"(?<url>[^"]*)"|'(?<url>[^']*)'|(?<url>[^\s>]+))""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Href();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]*\n(?:[ \t]*\n)+[ \t]*")]
    private static partial Regex Lines();
}
