namespace App.Tests.Support;

/// <summary>The sources this test was built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>Files below a folder by their path from the root, with '/', without what a build makes.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path(folder), "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/wwwroot/lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "App.sln"))) return folder.FullName;
        throw new InvalidOperationException("These tests read the sources: run them from a checkout.");
    }
}
