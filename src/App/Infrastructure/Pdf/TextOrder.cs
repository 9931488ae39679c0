using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>The order in which a line's characters stand on paper, from left to right: the Unicode bidirectional algorithm without its explicit marks, which names and titles don't need.</summary>
static class TextOrder
{
    enum Kind { Left, Right, Digit, Neutral }

    public static string Visual(string text)
    {
        if (!text.Any(c => KindOf(c) == Kind.Right)) return text;
        var kinds = text.Select(KindOf).ToArray();
        var baseLevel = kinds.FirstOrDefault(k => k is Kind.Left or Kind.Right) == Kind.Right ? 1 : 0;
        SettleBrackets(text, kinds, baseLevel == 1 ? Kind.Right : Kind.Left);
        return Reorder(text, Levels(kinds, baseLevel));
    }

    /// <summary>A pair of brackets goes one way (UAX #9, N0): the line's, unless all within and the word before go the other.</summary>
    static void SettleBrackets(string text, Kind[] kinds, Kind line)
    {
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '[') open.Push(i);
            if (text[i] is not (')' or ']') || !open.TryPop(out var start)) continue;
            var within = kinds[start..i].Where(k => k is Kind.Left or Kind.Right).ToArray();
            if (within.Length == 0) continue;
            var before = kinds[..start].LastOrDefault(k => k is Kind.Left or Kind.Right, line);
            kinds[start] = kinds[i] = within.Contains(line) ? line : before;
        }
    }

    /// <summary>True when the first letter that has a direction goes from right to left.</summary>
    public static bool IsRightToLeft(string text) => text.Select(KindOf).FirstOrDefault(k => k is Kind.Left or Kind.Right) == Kind.Right;

    static int[] Levels(Kind[] kinds, int baseLevel)
    {
        var levels = new int[kinds.Length];
        var strong = baseLevel == 1 ? Kind.Right : Kind.Left;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.Left or Kind.Right) strong = kinds[i];
            levels[i] = kinds[i] switch
            {
                Kind.Right => 1,
                Kind.Left => baseLevel * 2,
                Kind.Digit => baseLevel == 1 || strong == Kind.Right ? 2 : 0,
                _ => -1,
            };
        }
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] >= 0) continue;
            var end = Array.FindIndex(levels, i, l => l >= 0);
            if (end < 0) end = levels.Length;
            var (before, after) = (i > 0 ? levels[i - 1] : baseLevel, end < levels.Length ? levels[end] : baseLevel);
            Array.Fill(levels, before == after ? before : Math.Min(before, after) >= 1 ? 1 : baseLevel, i, end - i);
        }
        return levels;
    }

    static string Reorder(string text, int[] levels)
    {
        var line = text.Select((c, i) => (Char: levels[i] % 2 == 1 ? Mirror(c) : c, Level: levels[i])).ToArray();
        for (var level = levels.Max(); level > 0; level--)
        {
            for (var i = 0; i < line.Length; i++)
            {
                var end = i;
                while (end < line.Length && line[end].Level >= level) end++;
                if (end - i > 1) Array.Reverse(line, i, end - i);
                i = Math.Max(i, end);
            }
        }
        var visual = new StringBuilder(line.Length);
        foreach (var (c, _) in line) visual.Append(c);
        return visual.ToString();
    }

    static char Mirror(char c) => c switch { '(' => ')', ')' => '(', '[' => ']', ']' => '[', '<' => '>', '>' => '<', '«' => '»', '»' => '«', _ => c };

    static Kind KindOf(char c) => c switch
    {
        >= '0' and <= '9' or >= '٠' and <= '٩' or >= '۰' and <= '۹' => Kind.Digit,
        >= '\u0590' and <= '\u07BF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC' => Kind.Right,
        _ when char.IsLetter(c) || char.IsSurrogate(c) => Kind.Left,
        _ => Kind.Neutral,
    };
}
