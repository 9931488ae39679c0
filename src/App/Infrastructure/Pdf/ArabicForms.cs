using System.Globalization;
using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>
/// Arabic letters in the form that joins their neighbours, as Unicode's presentation forms: enough for Arabic, Persian and Urdu words. Vowel marks, which would need placing, are left out.
/// </summary>
static class ArabicForms
{
    const char Tatweel = 'ـ', Lam = 'ل';
    const int Isolated = 0, Final = 1, Initial = 2, Medial = 3;

    // Unicode lists a letter's forms one after the other: isolated, final, and for letters that join on both sides initial, medial. So the blocks themselves are the table.
    static readonly Dictionary<string, char[]> Forms = Enumerable.Range(0xFB50, 0xFBE8 - 0xFB50).Concat(Enumerable.Range(0xFBFC, 4)).Concat(Enumerable.Range(0xFE80, 0xFEFD - 0xFE80))
        .Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter)
        .GroupBy(c => c.ToString().Normalize(NormalizationForm.FormKC), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Distinct().Take(4).ToArray(), StringComparer.Ordinal);

    public static string Join(string text)
    {
        if (!text.Any(IsArabic)) return text;
        var letters = Ligate([.. text.Where(c => !IsMark(c)).Select(c => c.ToString())]);
        var joined = new StringBuilder(text.Length);
        for (var i = 0; i < letters.Count; i++)
        {
            if (Forms.GetValueOrDefault(letters[i]) is not { } forms) { joined.Append(letters[i]); continue; }
            var before = i > 0 && JoinsNext(letters[i - 1]) && forms.Length > 1;
            var after = i + 1 < letters.Count && forms.Length == 4 && JoinsPrevious(letters[i + 1]);
            joined.Append(forms[before ? after ? Medial : Final : after ? Initial : Isolated]);
        }
        return joined.ToString();
    }

    public static bool IsArabic(char c) => c is >= '\u0600' and <= '\u07BF' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';

    /// <summary>Lam and alef are written as one.</summary>
    static List<string> Ligate(List<string> letters)
    {
        for (var i = 0; i + 1 < letters.Count; i++)
        {
            if (letters[i][0] != Lam || !Forms.ContainsKey(letters[i] + letters[i + 1])) continue;
            letters[i] += letters[i + 1];
            letters.RemoveAt(i + 1);
        }
        return letters;
    }

    static bool JoinsNext(string letter) => letter[0] == Tatweel || Forms.GetValueOrDefault(letter)?.Length == 4;
    static bool JoinsPrevious(string letter) => letter[0] == Tatweel || Forms.GetValueOrDefault(letter)?.Length > 1;
    static bool IsMark(char c) => IsArabic(c) && char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
