namespace App.Infrastructure.Pdf;

/// <summary>
/// This machine's fonts for Chinese, Japanese and Korean, which are megabytes that we don't carry: Debian's <c>fonts-droid-fallback</c>, or the TrueType files that FOYER_EAST_ASIAN_FONT names, parted by colons. Without any a PDF is
/// made all the same and leaves those letters to its reader's font.
/// </summary>
/// <param name="Unusable">Files that were named and aren't there, or aren't TrueType.</param>
sealed record EastAsianFonts(IReadOnlyList<TrueTypeFont> Found, IReadOnlyList<string> Unusable)
{
    const string Setting = "FOYER_EAST_ASIAN_FONT";
    static readonly string[] Debian = ["/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"]; // the second has Korean
    static readonly Lazy<EastAsianFonts> installed = new(() => Look(Environment.GetEnvironmentVariable(Setting)));

    public static EastAsianFonts Installed => installed.Value;

    public string Says =>
        Unusable.Count > 0 ? $"{Setting} names {string.Join(" and ", Unusable)}: not there, or no TrueType font"
        : Found.Count > 0 ? $"Chinese, Japanese and Korean from {string.Join(" and ", Found.Select(f => f.Name))}"
        : $"no East Asian font: Chinese, Japanese and Korean on PDF tickets are left to the reader's own (Debian: fonts-droid-fallback; or set {Setting})";

    /// <param name="named">The setting; null or empty: Debian's, as far as they are installed.</param>
    public static EastAsianFonts Look(string? named)
    {
        var (found, unusable) = (new List<TrueTypeFont>(), new List<string>());
        foreach (var path in string.IsNullOrEmpty(named) ? Debian.Where(File.Exists) : named.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TrueTypeFont.Installed(path) is { } font) found.Add(font); else unusable.Add(path);
        }
        return new(found, unusable);
    }
}
