using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace App.Infrastructure.Web;

/// <summary>Markdown of people we don't know, as harmless HTML: no raw HTML, links to http, https and mail only (and marked so), no images, no attributes.</summary>
public static class Prose
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    public static IHtmlContent Html(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            if (link.IsImage || !IsHarmless(link.Url)) { link.ReplaceBy(new LiteralInline(link.FirstChild?.ToString() ?? ""), copyChildren: true); continue; }
            link.GetAttributes().AddProperty("rel", "nofollow ugc noopener");
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsHarmless(l.Url)).ToArray()) link.ReplaceBy(new LiteralInline(link.Url));
        // An author's headings stand under the page's own second level, however many # they begin with, and skip none.
        var headings = document.Descendants<HeadingBlock>().ToArray();
        int[] levels = [.. headings.Select(h => h.Level).Distinct().Order()];
        foreach (var heading in headings) heading.Level = Math.Min(3 + Array.IndexOf(levels, heading.Level), 6);
        return new HtmlString(document.ToHtml(Pipeline));
    }

    /// <summary>The words alone, in one line.</summary>
    public static string Text(string markdown) => string.Join(' ', Markdown.ToPlainText(markdown, Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // "/p" is an absolute file address to Uri on Linux: a scheme must be written out.
    static bool IsHarmless(string? url) => url is not null && !url.StartsWith('/') && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
}
