using System.Text.RegularExpressions;

namespace App.Tests.Architecture;

public sealed record SourceFile(string Path, string Text);

/// <summary>The rules of the house (docs/architecture.md) that a text can break. Each answers with one line a breach.</summary>
public static partial class HouseRules
{
    const int LongestSlice = 200, LongestOther = 250, LongestView = 150;

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<SourceFile>, IEnumerable<string>>> All { get; } = new Dictionary<string, Func<IReadOnlyList<SourceFile>, IEnumerable<string>>>
    {
        ["A feature knows another by its Contracts only"] = files => files.SelectMany(ForeignImports),
        ["Infrastructure names no feature"] = files => files.Where(f => f.Path.StartsWith("src/App/Infrastructure/", StringComparison.Ordinal) && f.Text.Contains("App.Features", StringComparison.Ordinal)).Select(f => f.Path),
        ["Nothing is put off in a comment"] = files => files.Where(f => PutOff().IsMatch(f.Text)).Select(f => f.Path),
        ["No folder holds one file"] = SingleFiles,
        ["A page is named for its screen, once"] = PageNames,
        ["A file can be read in one sitting"] = files => files.Where(f => f.Text.AsSpan().Count('\n') > Longest(f.Path)).Select(f => $"{f.Path}: {f.Text.AsSpan().Count('\n')} lines"),
        ["Views hold no inline script or style"] = files => files.Where(f => f.Path.EndsWith(".cshtml", StringComparison.Ordinal) && Inline().IsMatch(f.Text)).Select(f => f.Path),
        ["A text is tidy: spaces, line feeds, nothing behind a line, one at the end"] = files => files.Where(f => Untidy().IsMatch(f.Text) || (f.Text.Length > 0 && !f.Text.EndsWith('\n'))).Select(f => f.Path),
        ["No folder is a drawer for everything"] = files => files.Where(f => Drawer().IsMatch(f.Path)).Select(f => f.Path),
    };

    // The demo does what people do: it presses the buttons of all features, and none of them knows it.
    static IEnumerable<string> ForeignImports(SourceFile file)
    {
        if (FeatureOf(file.Path) is not { } feature || feature == "Demo") return [];
        return Import().Matches(file.Text).Select(m => m.Groups["name"].Value.Split('.')).Where(name => name[0] != feature && name[0] != "Shared" && name is not [_, "Contracts", ..]).Select(name => $"{file.Path}: {string.Join('.', name)}");
    }

    static string? FeatureOf(string path) => path.Split('/') is ["src", "App", "Features", var feature, _, ..] ? feature : null;

    static IEnumerable<string> SingleFiles(IReadOnlyList<SourceFile> files)
    {
        var folders = files.Where(f => f.Path.StartsWith("src/App/", StringComparison.Ordinal)).SelectMany(f => Entries(f.Path)).Distinct().GroupBy(e => e.Folder, e => e.IsFile);
        return folders.Where(f => !f.Key.EndsWith("/Contracts", StringComparison.Ordinal) && f.ToArray() is [true]).Select(f => f.Key);
    }

    /// <summary>What a file says about every folder above it.</summary>
    static IEnumerable<(string Folder, string Name, bool IsFile)> Entries(string path)
    {
        var parts = path.Split('/');
        for (var i = 1; i < parts.Length; i++) yield return (string.Join('/', parts[..i]), parts[i], i == parts.Length - 1);
    }

    static IEnumerable<string> PageNames(IReadOnlyList<SourceFile> files)
    {
        var pages = files.Where(f => f.Path.EndsWith(".cshtml", StringComparison.Ordinal) && f.Text.StartsWith("@page", StringComparison.Ordinal)).Select(f => f.Path).ToArray();
        var twice = pages.GroupBy(System.IO.Path.GetFileName).Where(g => g.Count() > 1).SelectMany(g => g);
        return pages.Where(p => System.IO.Path.GetFileName(p) == "Index.cshtml").Concat(twice);
    }

    static int Longest(string path) => path.EndsWith(".cshtml", StringComparison.Ordinal) ? LongestView
        : !path.EndsWith(".cs", StringComparison.Ordinal) ? int.MaxValue
        : path.StartsWith("src/App/Features/", StringComparison.Ordinal) ? LongestSlice : LongestOther;

    [GeneratedRegex(@"(?:\busing\s+(?:static\s+)?(?:\w+\s*=\s*)?|(?<!namespace\s|@namespace\s|[\w.]))App\.Features\.(?<name>\w+(?:\.\w+)*)")]
    private static partial Regex Import();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex PutOff();

    [GeneratedRegex("""\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline();

    [GeneratedRegex(@"[\t\r]| \n|\n\n\n")]
    private static partial Regex Untidy();

    [GeneratedRegex("/(Models|Services|Helpers|Common|Utils|Managers)/")]
    private static partial Regex Drawer();
}
