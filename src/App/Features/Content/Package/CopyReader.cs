using App.Features.Schedule.Contracts;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace App.Features.Content.Package;

/// <summary>
/// A page's Markdown with its safe blocks: a line <c>:::name …</c>. Only a callout holds something, until the next <c>:::</c>. What the page names (links, pictures, sessions) is noted with its line, for who
/// checks that there is such a thing.
/// </summary>
public sealed class CopyReader
{
    public const string NoVideo = "This film can’t be shown here. It takes addresses of YouTube, Vimeo and media.ccc.de.";
    const string Known = "callout, button, video, pinned, themes, sponsors, countdown";

    readonly string file;
    readonly List<ContentFault> faults;
    readonly List<CopyBlock> blocks = [];
    readonly List<string> prose = [];
    int proseLine;
    (string Kind, string Title, int Line)? callout;

    CopyReader(string file, List<ContentFault> faults) => (this.file, this.faults) = (file, faults);

    public List<(string Page, int Line)> Pages { get; } = [];
    public List<(string Image, int Line)> Images { get; } = [];
    public List<(string Session, int Line)> Sessions { get; } = [];

    public static (Copy Copy, CopyReader Named) Read(string file, string text, List<ContentFault> faults)
    {
        var reader = new CopyReader(file, faults);
        return (reader.Copy(text.ReplaceLineEndings("\n").Split('\n')), reader);
    }

    Copy Copy(string[] lines)
    {
        var first = Array.FindIndex(lines, l => l.Trim().Length > 0);
        var title = "";
        if (first < 0 || !lines[first].StartsWith("# ", StringComparison.Ordinal)) Fault(Math.Max(first, 0), "A page begins with its title: # and its words.");
        else title = lines[first][2..].Trim();
        string? fence = null;
        for (var i = Math.Max(first, 0) + (title.Length > 0 ? 1 : 0); i < lines.Length; i++)
        {
            var bare = lines[i].TrimStart();
            if (fence is null && (bare.StartsWith("```", StringComparison.Ordinal) || bare.StartsWith("~~~", StringComparison.Ordinal))) fence = bare[..3];
            else if (fence is not null && bare.StartsWith(fence, StringComparison.Ordinal)) fence = null;
            if (fence is null && lines[i].StartsWith(":::", StringComparison.Ordinal)) Block(lines[i][3..].Trim(), i);
            else Prose(lines[i], i);
        }
        if (callout is { } open) Fault(open.Line, "This callout isn’t closed. It ends with a line of three colons.");
        EndProse();
        return new(title, blocks);
    }

    void Prose(string line, int at)
    {
        if (prose.Count == 0) proseLine = at;
        prose.Add(line);
    }

    void EndProse()
    {
        var markdown = string.Join('\n', prose);
        prose.Clear();
        if (markdown.Trim().Length == 0 && callout is null) return;
        Check(markdown);
        blocks.Add(callout is { } c ? new CalloutBlock(c.Kind, c.Title, markdown) : new ProseBlock(markdown));
    }

    void Block(string line, int at)
    {
        if (callout is not null)
        {
            if (line.Length > 0) { Fault(at, "A callout holds no other block. Close it first with a line of three colons."); return; }
            EndProse();
            callout = null;
            return;
        }
        EndProse();
        var (name, rest) = Cut(line);
        switch (name)
        {
            case "callout":
                var (kind, title) = Cut(rest);
                if (kind is not ("info" or "ok" or "warning")) Fault(at, $"A callout is info, ok or warning, not “{kind}”.");
                callout = (kind, title, at);
                break;
            case "button":
                var (href, words) = Cut(rest);
                if (words.Length == 0) Fault(at, "A button is :::button, where it leads, and its words.");
                Link(href, at);
                blocks.Add(new ButtonBlock(href, words));
                break;
            case "video":
                var (url, says) = Cut(rest);
                if (url.Length > 0 && VideoEmbed.Of(url) is null) Fault(at, NoVideo);
                blocks.Add(new VideoBlock(url, says));
                break;
            case "pinned":
                var codes = rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (codes.Length == 0) Fault(at, "Name the sessions: :::pinned CODE CODE.");
                foreach (var code in codes) if (SettingsReader.Code().IsMatch(code)) Sessions.Add((code, at + 1)); else Fault(at, $"“{code}” isn’t a session’s code: letters, digits, hyphens.");
                blocks.Add(new PinnedBlock(codes));
                break;
            case "themes" or "sponsors" or "countdown":
                if (rest.Length > 0) Fault(at, $":::{name} stands alone in its line.");
                blocks.Add(name switch { "themes" => new ThemesBlock(), "sponsors" => new SponsorsBlock(), _ => new CountdownBlock() });
                break;
            case "": Fault(at, "These colons close nothing."); break;
            default: Fault(at, $"There is no block “{name}”. There is: {Known}."); break;
        }
    }

    /// <summary>Links and pictures as Markdown understands them, whichever way they are written.</summary>
    void Check(string markdown)
    {
        foreach (var inline in CopyMarkup.Parse(markdown).Descendants().OfType<Inline>())
        {
            var at = proseLine + inline.Line;
            if (inline is LinkInline { IsImage: true } picture) Picture(picture.Url ?? "", at);
            else if (inline is LinkInline { IsAutoLink: false } link) Link(link.Url ?? "", at);
            else if (inline is LinkInline auto) Link(auto.Url ?? "", at);
            else if (inline is AutolinkInline { IsEmail: false } bare) Link(bare.Url, at);
        }
    }

    void Link(string href, int at)
    {
        switch (CopyLink.Of(href))
        {
            case { Kind: CopyLinkKind.Page } page: Pages.Add((page.Target, at + 1)); break;
            case null: Fault(at, $"“{href}” can’t be a link. It takes https://, http://, mailto:, a path of this site (/…) or a page’s name."); break;
        }
    }

    void Picture(string source, int at)
    {
        if (SettingsReader.Image().IsMatch(source)) Images.Add((source, at + 1));
        else Fault(at, $"“{source}” can’t be a picture here. Put the file into images/ and name it so: others would learn who reads this page.");
    }

    void Fault(int at, string reason) => faults.Add(new(file, at + 1, 1, reason));

    static (string Word, string After) Cut(string line) => line.IndexOf(' ') is > 0 and var at ? (line[..at], line[(at + 1)..].Trim()) : (line, "");
}
