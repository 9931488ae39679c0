using System.Text;
using App.Infrastructure.Pictures;
using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <param name="Package">Null: there are faults.</param>
/// <param name="Faults">One is enough to refuse all of it: half a change is worse than none.</param>
public sealed record ContentReading(ContentPackage? Package, IReadOnlyList<ContentFault> Faults);

/// <summary>Makes a package of files, or says in which line of which file they are wrong. Pure.</summary>
public sealed class ContentReader
{
    readonly ContentFiles files;
    readonly List<ContentFault> faults = [];
    readonly Dictionary<string, Dictionary<string, Sentence>> strings = [];
    readonly Dictionary<string, Folder> folders = new(StringComparer.Ordinal) { [""] = new("") };

    sealed record Folder(string Path)
    {
        public SiteSettings Settings { get; set; } = SiteSettings.Empty;
        public Dictionary<string, Dictionary<string, Copy>> Pages { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, ContentImage> Images { get; } = new(StringComparer.Ordinal);
        public List<(string File, CopyReader Named)> Named { get; } = [];
    }

    ContentReader(ContentFiles files) => this.files = files;

    public static ContentReading Read(ContentFiles files) => new ContentReader(files).Read();

    ContentReading Read()
    {
        if (files.All.Count == 0) faults.Add(new("", 0, 0, "There is no content here: neither settings.json nor a page’s folder."));
        foreach (var (path, bytes) in files.All) Read(path, bytes);
        foreach (var folder in folders.Values) Check(folder);
        if (faults.Count > 0) return new(null, [.. faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)]);
        return new(new(files.Version, [.. folders.Values.Select(f => new ContentFolder(f.Path, f.Settings, f.Pages.ToDictionary(p => p.Key, p => (IReadOnlyDictionary<string, Copy>)p.Value), f.Images, SessionsOf(f)))],
            strings.ToDictionary(s => s.Key, s => (IReadOnlyDictionary<string, Sentence>)s.Value)), []);
    }

    void Read(string path, byte[] bytes)
    {
        var parts = path.Split('/');
        var (folder, inside) = parts is ["events", var organization, var slug, ..] ? (FolderOf($"{organization}/{slug}"), parts[3..]) : (folders[""], parts);
        switch (inside)
        {
            case ["settings.json"]: folder.Settings = SettingsReader.Read(path, bytes, faults); break;
            case ["strings", var name]:
                if (folder.Path.Length > 0) faults.Add(new(path, 0, 0, "Sentences are the whole installation’s: they stand in strings/, not in an event’s folder."));
                else if (LanguageOf(path, name, ".json") is { } language) strings[language] = StringsReader.Read(path, bytes, Language.Find(language)!, faults);
                break;
            case ["images", var name]: Image(folder, path, name, bytes); break;
            case [var page, var name] when name.EndsWith(".md", StringComparison.Ordinal): Page(folder, path, page, name, bytes); break;
        }
    }

    Folder FolderOf(string address)
    {
        if (!folders.TryGetValue(address, out var folder)) folders[address] = folder = new(address);
        return folder;
    }

    void Page(Folder folder, string path, string page, string name, byte[] bytes)
    {
        if (!SettingsReader.Slug().IsMatch(page)) { faults.Add(new(path, 0, 0, $"“{page}” can’t be a page: small letters, digits and hyphens.")); return; }
        if (ContentPages.BuiltIn.Contains(page) && page != ContentPages.Home) { faults.Add(new(path, 0, 0, $"“{page}” is a page of Foyer’s own; copy needs another name.")); return; }
        if (LanguageOf(path, name, ".md") is not { } language || Text(path, bytes) is not { } text) return;
        var (copy, named) = CopyReader.Read(path, text, faults);
        folder.Named.Add((path, named));
        if (!folder.Pages.TryGetValue(page, out var copies)) folder.Pages[page] = copies = new(StringComparer.Ordinal);
        copies[language] = copy;
    }

    void Image(Folder folder, string path, string name, byte[] bytes)
    {
        if (!SettingsReader.Image().IsMatch("images/" + name)) { faults.Add(new(path, 0, 0, "A picture’s name is letters, digits, dots and hyphens, and ends with .png, .jpg, .webp or .avif.")); return; }
        try
        {
            if (CleanPicture.Read(bytes) is { } picture) folder.Images["images/" + name] = ContentImage.Of(picture);
            else faults.Add(new(path, 0, 0, "This is no PNG, JPEG, WebP or AVIF."));
        }
        catch (BrokenPictureException) { faults.Add(new(path, 0, 0, "This picture is broken or cut off.")); }
    }

    string? LanguageOf(string path, string name, string extension)
    {
        var code = name.EndsWith(extension, StringComparison.Ordinal) ? name[..^extension.Length] : "";
        if (Language.Find(code) is not null) return code;
        faults.Add(new(path, 0, 0, $"A file here is named for a language: {string.Join(", ", Language.All.Select(l => l.Code + extension))}."));
        return null;
    }

    string? Text(string path, byte[] bytes)
    {
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'); }
        catch (DecoderFallbackException) { faults.Add(new(path, 0, 0, "This isn’t UTF-8. Save it as UTF-8.")); return null; }
    }

    /// <summary>That there is what a folder names.</summary>
    void Check(Folder folder)
    {
        var at = folder.Path.Length == 0 ? "" : $"events/{folder.Path}/";
        foreach (var (page, copies) in folder.Pages.Where(p => !p.Value.ContainsKey("en"))) faults.Add(new($"{at}{page}/{copies.Keys.First()}.md", 0, 0, $"There is no {page}/en.md. What a language lacks is said in English, so every page has it."));
        foreach (var (page, line, column) in folder.Settings.PagePlaces.Where(p => !IsPage(folder, p.Page))) faults.Add(new(at + "settings.json", line, column, NoPage(folder, page)));
        foreach (var (image, line, column) in folder.Settings.ImagePlaces.Where(i => !IsImage(folder, i.Image))) faults.Add(new(at + "settings.json", line, column, $"There is no {image}."));
        if (folder.Path.Length == 0) foreach (var (_, line, column) in folder.Settings.SessionPlaces) faults.Add(new("settings.json", line, column, InEvents));
        foreach (var (file, named) in folder.Named)
        {
            foreach (var (page, line) in named.Pages.Where(p => !IsPage(folder, p.Page))) faults.Add(new(file, line, 1, NoPage(folder, page)));
            foreach (var (image, line) in named.Images.Where(i => !IsImage(folder, i.Image))) faults.Add(new(file, line, 1, $"There is no {image}."));
            if (folder.Path.Length == 0) foreach (var (_, line) in named.Sessions) faults.Add(new(file, line, 1, InEvents));
        }
    }

    const string InEvents = "Sessions are a conference’s own: name them in events/<organization>/<event>.";

    bool IsPage(Folder folder, string page) => ContentPages.BuiltIn.Contains(page) || folder.Pages.ContainsKey(page) || folders[""].Pages.ContainsKey(page);
    bool IsImage(Folder folder, string image) => folder.Images.ContainsKey(image) || folders[""].Images.ContainsKey(image);
    string NoPage(Folder folder, string page) => $"There is no page “{page}”. There is: {string.Join(", ", ContentPages.BuiltIn.Concat(folder.Pages.Keys).Concat(folders[""].Pages.Keys).Distinct())}.";

    static IReadOnlyList<NamedSession> SessionsOf(Folder folder) =>
    [
        .. folder.Settings.SessionPlaces.Select(s => new NamedSession(s.Session, $"events/{folder.Path}/settings.json", s.Line, s.Column)),
        .. folder.Named.SelectMany(n => n.Named.Sessions.Select(s => new NamedSession(s.Session, n.File, s.Line, 1))),
    ];
}
