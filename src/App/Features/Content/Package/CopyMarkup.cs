using Markdig;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace App.Features.Content.Package;

/// <summary>
/// Markdown of the content as HTML: no raw HTML, no attributes, links and pictures only as <see cref="CopyLink"/> and the content's own images allow, whatever was checked before. Headings begin at the second level,
/// below the page's title.
/// </summary>
public static class CopyMarkup
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePreciseSourceLocation().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <param name="link">The address of a link, null where it leads nowhere from here: then only its words stay.</param>
    /// <param name="image">The address of a picture.</param>
    /// <param name="fill">Puts names into words.</param>
    public static IHtmlContent Html(string markdown, Func<CopyLink, string?> link, Func<string, string?> image, Func<string, string> fill)
    {
        var document = Parse(markdown);
        foreach (var inline in document.Descendants().OfType<LinkInline>().ToArray()) Lead(inline, link, image);
        foreach (var bare in document.Descendants().OfType<AutolinkInline>().Where(l => !l.IsEmail && CopyLink.Of(l.Url) is not { Kind: CopyLinkKind.Outside }).ToArray()) bare.ReplaceBy(new LiteralInline(bare.Url));
        foreach (var words in document.Descendants().OfType<LiteralInline>()) words.Content = new StringSlice(fill(words.Content.ToString()));
        var headings = document.Descendants().OfType<HeadingBlock>().ToArray();
        int[] levels = [.. headings.Select(h => h.Level).Distinct().Order()];
        foreach (var heading in headings) heading.Level = Math.Min(2 + Array.IndexOf(levels, heading.Level), 6);
        return new HtmlString(document.ToHtml(Pipeline));
    }

    static void Lead(LinkInline inline, Func<CopyLink, string?> link, Func<string, string?> image)
    {
        var target = inline.IsImage ? image(inline.Url ?? "") : CopyLink.Of(inline.Url ?? "") is { } found ? link(found) : null;
        if (target is null) { inline.ReplaceBy(new LiteralInline(""), copyChildren: true); return; }
        (inline.Url, inline.Title) = (target, null);
        if (!inline.IsImage && target.StartsWith("http", StringComparison.Ordinal)) inline.GetAttributes().AddProperty("rel", "noopener");
    }
}
