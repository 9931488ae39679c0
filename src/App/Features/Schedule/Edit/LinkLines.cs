using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;

namespace App.Features.Schedule.Edit;

/// <summary>Links as people type them: one a line, a few words and then the address.</summary>
static class LinkLines
{
    public static string Of(IEnumerable<SessionLink> links) => string.Join('\n', links.Select(l => $"{l.Title} {l.Url}".Trim()));

    /// <param name="had">Links there are: what kind they are was said by their source, or is seen from the address.</param>
    /// <param name="faults">What isn't understood is added, by the field <c>links</c>.</param>
    public static SessionLink[] Read(string? text, IReadOnlyList<SessionLink> had, List<(string Field, string Message)> faults)
    {
        var found = new List<SessionLink>();
        foreach (var line in (text ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The last word is the address, whatever other address stands inside it.
            var at = line.LastIndexOfAny([' ', '\t', '\u00A0']) + 1;
            if (!Uri.TryCreate(line[at..].Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) { faults.Add(("links", $"{line}: the line must end with an address, https://…")); continue; }
            var (url, title) = (line[at..].Trim(), line[..at].Trim());
            found.Add(had.FirstOrDefault(l => l.Url == url) is { } same ? same with { Title = title, Kind = same.Kind == LinkKind.Related ? SourceTexts.KindOf(url) : same.Kind } : new(url, title, SourceTexts.KindOf(url)));
        }
        return [.. found];
    }
}
