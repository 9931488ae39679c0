using System.Text;

namespace App.Infrastructure.Pdf;

public enum PdfFace { Regular, Bold }

/// <summary>How a text comes out. Whole: every letter's font is in the file. Readers: some are left to the reader's own font. Gaps: some can't be drawn at all.</summary>
public enum PdfLetters { Whole, Readers, Gaps }

/// <summary>Neighbouring glyphs of one font. <paramref name="Font"/> is null for Chinese, Japanese and Korean, whose codes are UTF-16.</summary>
sealed record PdfRun(TrueTypeFont? Font, string? Collection, List<(int Code, string Text)> Glyphs)
{
    public int Width => Glyphs.Sum(g => Font?.Advance(g.Code) ?? 1000);
}

/// <summary>
/// One line of text, shaped and in the order of paper. Latin, Greek, Cyrillic, Arabic and Hebrew are drawn by fonts that travel in the file. Chinese, Japanese and Korean are embedded like the others where the
/// machine has a font for them (<see cref="EastAsianFonts"/>); else those letters are named by one of the collections that every PDF reader knows, and drawn in the reader's own font. What remains unknown is drawn as
/// U+FFFD. The true text goes along in every case (ActualText), for copying, searching and reading aloud.
/// </summary>
sealed class PdfText
{
    const int Longest = 300;
    static readonly TrueTypeFont[] Regular = [.. Families("Regular")], Bold = [.. Families("Bold")];

    PdfText(string text, IReadOnlyList<PdfRun> runs) => (Text, Runs) = (text, runs);

    public string Text { get; }
    public IReadOnlyList<PdfRun> Runs { get; }
    public double Width(double size) => Runs.Sum(r => r.Width) * size / 1000;

    public static PdfText Of(string text, PdfFace face)
    {
        text = Clean(text);
        var fonts = face == PdfFace.Bold ? Bold : Regular;
        var runs = new List<PdfRun>();
        foreach (var rune in TextOrder.Visual(ArabicForms.Join(text)).EnumerateRunes())
        {
            var font = Array.Find(fonts, f => f.Glyph(rune) != 0) ?? (IsEastAsian(rune) ? EastAsianFonts.Installed.Found.FirstOrDefault(f => f.Glyph(rune) != 0) : null);
            var collection = font is null && IsEastAsian(rune) ? CollectionOf(text) : null;
            if (collection is null) font ??= fonts[0];
            if (runs.Count == 0 || runs[^1].Font != font || runs[^1].Collection != collection) runs.Add(new(font, collection, []));
            var glyph = font is null ? rune.Value : font.Glyph(rune) is > 0 and var known ? known : font.Glyph(Rune.ReplacementChar);
            runs[^1].Glyphs.Add((glyph, rune.ToString().Normalize(NormalizationForm.FormKC)));
        }
        return new(text, runs);
    }

    /// <summary>Asked before a file is offered; texts of Latin letters alone, which nearly all are, cost nothing.</summary>
    public static PdfLetters Letters(string text, IReadOnlyList<TrueTypeFont> eastAsian)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0) return PdfLetters.Whole;
        var letters = PdfLetters.Whole;
        foreach (var rune in ArabicForms.Join(Clean(text)).EnumerateRunes())
        {
            if (Array.Exists(Regular, f => f.Glyph(rune) != 0)) continue;
            if (!IsEastAsian(rune)) return PdfLetters.Gaps;
            if (!eastAsian.Any(f => f.Glyph(rune) != 0)) letters = PdfLetters.Readers;
        }
        return letters;
    }

    /// <summary>The line as it is, or its beginning and an ellipsis where it is too wide.</summary>
    public static PdfText Fit(string text, PdfFace face, double size, double width)
    {
        var line = Of(text, face);
        for (var length = line.Text.Length - 1; line.Width(size) > width && length > 0; length--) line = Of(Cut(line.Text, length).TrimEnd() + "…", face);
        return line;
    }

    /// <summary>At most so many lines, broken at spaces; the last one takes what is left and is cut to fit.</summary>
    public static IReadOnlyList<PdfText> Wrap(string text, PdfFace face, double size, double width, int most)
    {
        var (lines, current) = (new List<PdfText>(), "");
        var words = new Queue<string>(Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        while (words.TryPeek(out var word))
        {
            var longer = current.Length == 0 ? word : current + " " + word;
            if (lines.Count == most - 1) { current = current.Length == 0 ? string.Join(' ', words) : current + " " + string.Join(' ', words); break; }
            if (current.Length > 0 && Of(longer, face).Width(size) > width) { lines.Add(Of(current, face)); current = ""; continue; }
            current = longer;
            words.Dequeue();
        }
        if (current.Length > 0) lines.Add(Fit(current, face, size, width));
        return lines;
    }

    static string Clean(string text)
    {
        // Runes first: half a surrogate pair, which Normalize would throw at, becomes U+FFFD.
        var plain = string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) || Rune.IsWhiteSpace(r) ? " " : IsMark(r) ? "" : r.ToString()));
        return Cut(plain.Normalize().Trim(), Longest);
    }

    // Marks of direction and joining: the order is worked out anew, and nothing may turn it around.
    static bool IsMark(Rune r) => r.Value is 0x200B or 0x200C or 0x200D or 0x200E or 0x200F or 0xFEFF or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F);

    static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    static bool IsEastAsian(Rune r) => r.Value is (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);

    static string CollectionOf(string text) =>
        text.Any(c => c is >= '\u1100' and <= '\u11FF' or >= '\uAC00' and <= '\uD7AF') ? "Korea1"
        : text.Any(c => c is >= '\u3040' and <= '\u30FF') ? "Japan1" : "GB1";

    static IEnumerable<TrueTypeFont> Families(string weight) => new[] { "NotoSans", "NotoSansArabic", "NotoSansHebrew" }.Select(f => TrueTypeFont.Embedded($"{f}-{weight}"));
}
