namespace App.Features.Content.Package;

public enum CopyLinkKind { Outside, Own, Page }

/// <summary>Where copy may lead: outside by http, https and mail, to a path of this site, or to a page by its name.</summary>
/// <param name="Rest">What stands behind a page's name: a part of it (#…).</param>
public sealed record CopyLink(CopyLinkKind Kind, string Target, string Rest = "")
{
    /// <summary>Null: nowhere that a page may lead to.</summary>
    public static CopyLink? Of(string href)
    {
        // Browsers take white space and control characters out of an address and a backslash for a slash: none is taken at all.
        if (href.Length == 0 || href.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')) return null;
        if (href[0] == '/') return href.StartsWith("//", StringComparison.Ordinal) ? null : new(CopyLinkKind.Own, href);
        var (page, rest) = href.IndexOf('#') is >= 0 and var at ? (href[..at], href[at..]) : (href, "");
        if (SettingsReader.Slug().IsMatch(page)) return new(CopyLinkKind.Page, page, rest);
        return Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" ? new(CopyLinkKind.Outside, href) : null;
    }
}
