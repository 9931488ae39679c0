using System.Globalization;
using System.Text;

namespace App.Features.Shared;

/// <summary>Readable addresses: lower case, ASCII, unique among those taken. An address once given stays, whatever its thing is called later.</summary>
public static class Slugs
{
    const int Longest = 60;

    /// <param name="fallback">For what can't be written in ASCII letters.</param>
    public static string Unique(string text, string fallback, HashSet<string> taken)
    {
        var slug = Of(text) is { Length: > 1 } readable ? readable : Of(fallback);
        var unique = slug;
        for (var i = 2; !taken.Add(unique); i++) unique = string.Create(CultureInfo.InvariantCulture, $"{slug}-{i}");
        return unique;
    }

    public static string Of(string text)
    {
        var to = new StringBuilder(Longest);
        foreach (var c in Spelled(text).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(c)) to.Append(char.ToLowerInvariant(c));
            else if (c is '\'' or '’' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            else if (to.Length > 0 && to[^1] != '-') to.Append('-');
            if (to.Length > Longest) break;
        }
        var slug = to.ToString();
        if (slug.Length > Longest && slug.LastIndexOf('-', Longest) is > Longest / 2 and var word) slug = slug[..word];
        return slug.Trim('-');
    }

    // Letters that decompose into nothing readable.
    static string Spelled(string text) => text.Replace("ß", "ss", StringComparison.Ordinal).Replace("ø", "o", StringComparison.OrdinalIgnoreCase).Replace("æ", "ae", StringComparison.OrdinalIgnoreCase).Replace("œ", "oe", StringComparison.OrdinalIgnoreCase)
        .Replace("ł", "l", StringComparison.OrdinalIgnoreCase).Replace("đ", "d", StringComparison.OrdinalIgnoreCase).Replace("ı", "i", StringComparison.Ordinal).Replace("c++", "cpp", StringComparison.OrdinalIgnoreCase).Replace("c#", "csharp", StringComparison.OrdinalIgnoreCase);
}
