using System.Security.Cryptography;
using System.Text;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Edit;

/// <summary>Links as people type them: one a line, a few words and then the address; before them, in brackets, the language of what it leads to (<c>[es]</c>), if it is in one only.</summary>
static class LinkLines
{
    public static string Of(IEnumerable<SessionLink> links) => string.Join('\n', links.Select(l => $"{(l.Language.Length > 0 ? $"[{l.Language}] " : "")}{l.Title} {l.Url}".Trim()));

    /// <param name="had">Links there are: what kind they are was said by their source, or is seen from the address.</param>
    /// <param name="faults">What isn't understood is added, by the field <c>links</c>.</param>
    /// <param name="spoken">Codes that are taken for a language besides those that everybody knows: a signed one.</param>
    public static SessionLink[] Read(string? text, IReadOnlyList<SessionLink> had, List<(string Field, string Message)> faults, IEnumerable<string>? spoken = null)
    {
        var (found, known) = (new List<SessionLink>(), (spoken ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase));
        foreach (var line in (text ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The last word is the address, whatever other address stands inside it.
            var at = line.LastIndexOfAny([' ', '\t', '\u00A0']) + 1;
            if (!Uri.TryCreate(line[at..].Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) { faults.Add(("links", $"{line}: the line must end with an address, https://…")); continue; }
            var url = line[at..].Trim();
            var same = had.FirstOrDefault(l => l.Url == url);
            var (language, title) = Split(line[..at].Trim(), code => known.Contains(code) || Language.IsKnown(code), same?.Language ?? "");
            found.Add(same is not null ? same with { Title = title, Language = language, Kind = same.Kind == LinkKind.Related ? SourceTexts.KindOf(url) : same.Kind } : new(url, title, SourceTexts.KindOf(url), language));
        }
        return [.. found];
    }

    /// <summary>Brackets around anything else are part of the words.</summary>
    static (string Language, string Title) Split(string words, Predicate<string> isLanguage, string had)
    {
        if (words.Length == 0 || words[0] != '[' || words.IndexOf(']', StringComparison.Ordinal) is not (> 1 and var end)) return ("", words);
        var (typed, rest) = (words[1..end].Trim(), words[(end + 1)..].Trim());
        if (typed == had) return (had, rest);
        return SourceTexts.Language(typed) is { Length: > 0 } code && isLanguage(code) ? (code, rest) : ("", words);
    }

    /// <summary>The field in which a link's title is written in other languages. A link is known by its address.</summary>
    public static string Field(SessionLink link) => "link-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link.Url)).AsSpan(0, 5));

    /// <summary>With its title in other languages as they were typed.</summary>
    /// <param name="had">As it was; null: it is new.</param>
    /// <param name="clean">Of a field's name and what was typed there.</param>
    public static SessionLink Titled(SessionLink link, SessionLink? had, TranslationForm others, Func<string, string, string> clean)
    {
        if (link.Title.Length == 0) return link with { Titles = null };
        var (field, of) = (Field(link), had?.Titles?.Of ?? others.Of);
        // In the language of the form's own texts there is no field for it: what was there stays.
        string In(string language) => language == others.Of ? had?.Titles?.Find(language) ?? "" : clean($"{field}-{language}", others[field, language]);
        var titles = Translations.Chosen(others.Offered.Where(l => l != of).Select(l => KeyValuePair.Create(l, In(l))).Prepend(new(of, link.Title)), of).Others;
        return link with { Titles = titles is { In.Count: > 0 } || had?.Titles is not null ? titles : null };
    }
}
