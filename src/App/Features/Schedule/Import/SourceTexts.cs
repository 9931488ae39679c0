using System.Text.RegularExpressions;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>Texts and addresses of a source, of a bearable length and without HTML. Those of our own exports are Markdown already.</summary>
sealed partial class SourceTexts(RawSchedule raw, ImportWarnings warnings)
{
    const int LongestText = 40_000, LongestAddress = 2_000, LongestLanguage = 35;
    static readonly Dictionary<string, string> Named = new(StringComparer.OrdinalIgnoreCase) { ["english"] = "en", ["german"] = "de", ["deutsch"] = "de", ["french"] = "fr", ["français"] = "fr", ["spanish"] = "es", ["español"] = "es", ["italian"] = "it", ["dutch"] = "nl", ["portuguese"] = "pt" };

    bool IsOurs => raw.Extras is not null;

    public string Line(string text, int longest)
    {
        var line = Visible(text).ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : Cut(line, longest);
    }

    public string Title(string text)
    {
        text = Line(text, 2_000);
        if (!IsOurs && HtmlText.HasHtml(text))
        {
            warnings.Add(Warn.HtmlInTitle, text);
            text = HtmlText.Plain(text);
        }
        return text.Length <= 300 ? text : CutWith(text, 300, text[..60]);
    }

    public string Markdown(string text, string of)
    {
        if (text.Length > LongestText * 4) text = CutWith(text, LongestText * 4, of);
        text = Visible(text);
        text = IsOurs ? text.ReplaceLineEndings("\n").Trim() : HtmlText.Markdown(text);
        return text.Length <= LongestText ? text : CutWith(text, LongestText, of);
    }

    /// <summary>The same cleaning for a text and for what it is in other languages; those that say nothing afterwards, or in no language, are gone.</summary>
    /// <param name="ours">What our own exports add to it.</param>
    public (string Text, Translations? Others) Each(string text, Translations? others, ExtraText? ours, Func<string, string> clean)
    {
        if (ours is not null) (text, others) = ExtraText.Join(text, ours);
        return others is null || Language(others.Of) is "" ? (clean(text), null) : Translations.Chosen(others.All(text).Select(p => KeyValuePair.Create(Language(p.Key), clean(p.Value))), Language(others.Of));
    }

    /// <summary>A list of a bearable length.</summary>
    public IEnumerable<T> Cut<T>(IReadOnlyList<T> list, int most, string of)
    {
        if (list.Count > most) warnings.Add(Warn.TooMany, $"{of}: {list.Count}");
        return list.Take(most);
    }

    /// <summary>An address of the web; a relative one belongs to the source's own. Empty: it is none.</summary>
    public string Address(string url)
    {
        url = url.Trim();
        if (url.Length is 0 or > LongestAddress) return "";
        if (url.StartsWith('/') || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            if (!Uri.TryCreate(raw.BaseUrl, UriKind.Absolute, out var at) || !Uri.TryCreate(at, url, out uri)) return "";
        }
        return uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : "";
    }

    /// <summary>Null: not an address that may be shown, and said so.</summary>
    public SessionLink? Link(RawLink link, string of)
    {
        if (link.Url.Trim().Length == 0) return null;
        var url = Address(link.Url);
        if (url.Length == 0) { warnings.Add(Warn.BadLink, $"{of}: {link.Url}"); return null; }
        var (title, titles) = Each(link.Title, link.Titles, null, Title);
        return title == link.Url ? new(url, "", KindOf(link, url), Language(link.Language)) : new(url, title, KindOf(link, url), Language(link.Language)) { Titles = titles };
    }

    /// <summary>Of our own exports, which say of each what kind it is.</summary>
    public SessionLink[] Links(SessionLink[] links, int most, string of)
    {
        var good = new List<SessionLink>();
        foreach (var link in Cut(links, most, of))
        {
            var (title, titles) = Each(link.Title, link.Titles, null, Title);
            if (Address(link.Url).Length > 0) good.Add(new(Visible(link.Url), title, link.Kind, Line(link.Language, LongestLanguage)) { Titles = titles });
            else warnings.Add(Warn.BadLink, $"{of}: {link.Url}");
        }
        return [.. good];
    }

    /// <summary>As far as an address says it.</summary>
    public static LinkKind KindOf(string url) => KindOf(new RawLink(url), url);

    static LinkKind KindOf(RawLink link, string url)
    {
        if (link.Kind.Equals("feedback", StringComparison.OrdinalIgnoreCase) || url.EndsWith("/feedback/", StringComparison.Ordinal)) return LinkKind.Feedback;
        if (link.IsAttachment || link.Kind.ToLowerInvariant() is "slides" or "paper") return LinkKind.Attachment;
        var host = new Uri(url).Host;
        if (IsOf(host, "youtube.com", "youtu.be", "vimeo.com", "media.ccc.de", "video.fosdem.org", "live.fosdem.org", "twitch.tv", "streaming.media.ccc.de") || Video().IsMatch(url)) return LinkKind.Watch;
        return IsOf(host, "zoom.us", "meet.google.com", "teams.microsoft.com", "meet.jit.si", "chat.fosdem.org", "matrix.to", "discord.gg", "discord.com") ? LinkKind.Join : LinkKind.Related;
    }

    // The host itself or a name below it: "evilzoom.us" is neither.
    static bool IsOf(string host, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) if (host == name || host.EndsWith("." + name, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Codes of our own exports.</summary>
    public string[] Languages(string[] codes) => [.. codes.Select(c => Line(c, LongestLanguage)).Where(c => c.Length > 0).Distinct().Take(20)];

    /// <summary>A code as BCP 47 has it, without what systems add to tell their own texts apart (de-formal, en-mozilla). Empty: none.</summary>
    public static string Language(string text)
    {
        if (Named.TryGetValue(text, out var code)) return code;
        var parts = text.ToLowerInvariant().Replace('_', '-').Split('-');
        if (parts[0].Length is < 2 or > 3 || !parts[0].All(char.IsAsciiLetter)) return "";
        return parts.Length > 1 && parts[1].Length == 2 && parts[1].All(char.IsAsciiLetter) ? $"{parts[0]}-{parts[1].ToUpperInvariant()}" : parts[0];
    }

    string CutWith(string text, int longest, string of)
    {
        warnings.Add(Warn.TextCut, $"{of}: {text.Length} characters");
        return Cut(text, longest);
    }

    // Never inside a character of two code units.
    static string Cut(string text, int longest) => text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)] + "…";

    /// <summary>Without control characters and halves of characters: no format has them, and a database takes no NUL.</summary>
    public static string Visible(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uFFFF') < 0 ? text : Control().Replace(text, "");

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Control();

    [GeneratedRegex(@"\.(?:mp4|webm|m3u8|mkv)(?:\?|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Video();
}
