using System.Globalization;
using System.Text;

namespace App.Features.Schedule.Pages;

/// <summary>Text as people type it who have other keyboards: small letters without accents. Remembers where each letter came from, so that what was found can be shown in the words as they were written.</summary>
public sealed class FoldedText
{
    readonly int[] from;

    public FoldedText(string text)
    {
        var (to, origin) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var i = 0; i < text.Length; i++)
            foreach (var c in Fold(text, i)) { to.Append(c); origin.Add(i); }
        (Original, Text, from) = (text, to.ToString(), [.. origin]);
    }

    public string Original { get; }
    public string Text { get; }

    public static string Of(string text)
    {
        var to = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++) to.Append(Fold(text, i));
        return to.ToString();
    }

    static string Fold(string text, int at)
    {
        var c = text[at];
        if (c < 128) return char.ToLowerInvariant(c).ToString();
        switch (char.ToLowerInvariant(c))
        {
            case 'ß': return "ss";
            case 'ø': return "o";
            case 'æ': return "ae";
            case 'œ': return "oe";
            case 'ł': return "l";
            case 'đ' or 'ð': return "d";
            case 'ı': return "i";
            case 'þ': return "th";
        }
        if (char.IsSurrogate(c)) return c.ToString(); // half a letter can't be taken apart
        return string.Concat(c.ToString().Normalize(NormalizationForm.FormKD).Where(d => char.GetUnicodeCategory(d) != UnicodeCategory.NonSpacingMark).Select(char.ToLowerInvariant));
    }

    /// <summary>Where a word begins with <paramref name="term"/>, in the folded text; −1: nowhere.</summary>
    public int Find(string term, int start = 0)
    {
        for (var at = Text.IndexOf(term, start, StringComparison.Ordinal); at >= 0; at = at + 1 < Text.Length ? Text.IndexOf(term, at + 1, StringComparison.Ordinal) : -1)
            if (at == 0 || !char.IsLetterOrDigit(Text[at - 1])) return at;
        return -1;
    }

    /// <summary>Its runs of letters and digits, as often as they stand there.</summary>
    public IEnumerable<string> Words()
    {
        for (var at = 0; at < Text.Length; at++)
        {
            if (!char.IsLetterOrDigit(Text[at])) continue;
            var end = at + 1;
            while (!EndsWord(end)) end++;
            yield return Text[at..end];
            at = end;
        }
    }

    /// <summary>They differ by one letter: one more, one less, another one, or two neighbours swapped.</summary>
    public static bool IsNear(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var same = a.CommonPrefixLength(b);
        var x = a[same..];
        var y = b[same..];
        if (x.Length != y.Length) return x.Length > y.Length ? x[1..].SequenceEqual(y) : y[1..].SequenceEqual(x);
        return !x.IsEmpty && (x[1..].SequenceEqual(y[1..]) || (x.Length > 1 && x[0] == y[1] && x[1] == y[0] && x[2..].SequenceEqual(y[2..])));
    }

    public bool EndsWord(int end) => end >= Text.Length || !char.IsLetterOrDigit(Text[end]);

    /// <summary>Where in the original the found letters stand: from, to.</summary>
    public (int From, int To) Origin(int at, int length) => (from[at], at + length < from.Length ? from[at + length - 1] + 1 : Original.Length);
}
