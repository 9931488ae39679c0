using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace App.Features.Events;

/// <summary>Named seats as promoters write them: a line a row, the row's name and its numbers. <c>A 1-20</c>, <c>Box 3 1-4, 6</c>, <c>B 01-24</c>; a seat is then called <c>A 7</c>, <c>B 07</c>.</summary>
public static partial class SeatRows
{
    public const int Most = 5_000;
    const int LongestRow = 20;

    /// <param name="Faults">By line, from 1.</param>
    public sealed record Rows(string[] Seats, IReadOnlyList<(int Line, string Message)> Faults);

    public static Rows Read(string text)
    {
        var (seats, lines, faults) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal), new List<(int, string)>());
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (SeatsOf(line.Trim()) is not { } named) { faults.Add((number, "write a row and its numbers, like A 1-20")); continue; }
            if (named.Find(s => !lines.TryAdd(s, number)) is { } twice) { faults.Add((number, lines[twice] == number ? $"{twice} stands there twice" : $"{twice} stands in line {lines[twice]} too")); continue; }
            seats.AddRange(named);
            if (seats.Count <= Most) continue;
            faults.Add((number, $"up to here there are more than {Most.ToString("N0", CultureInfo.InvariantCulture)} seats; spread them over several kinds"));
            break;
        }
        return new([.. seats], faults);
    }

    /// <summary>Null: not understood.</summary>
    static List<string>? SeatsOf(string line)
    {
        // "A 1 - 20" is meant as it reads.
        line = Dash().Replace(line, "-");
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        var first = (comma < 0 ? line : line[..comma]).TrimEnd();
        var space = first.LastIndexOf(' ');
        if (space <= 0) return null;
        var row = first[..space].Trim();
        if (row.Length is 0 or > LongestRow || row.Any(char.IsControl)) return null;
        var seats = new List<string>();
        foreach (var part in line[space..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('-') is not { Length: 1 or 2 } ends || Numbers(ends) is not { } numbers) return null;
            seats.AddRange(numbers.Select(n => $"{row} {n}"));
        }
        return seats.Count > 0 ? seats : null;
    }

    static IEnumerable<string>? Numbers(string[] ends)
    {
        if (Number(ends[0]) is not { } from || Number(ends[^1]) is not { } to || to < from || to - from >= Most) return null;
        var format = ends[0].StartsWith('0') ? "D" + ends[0].Length : "D";
        return Enumerable.Range(from, to - from + 1).Select(n => n.ToString(format, CultureInfo.InvariantCulture));
    }

    static int? Number(string text) => text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The other way round: neighbours drawn together, in the order they have.</summary>
    public static string Write(IReadOnlyList<string> seats)
    {
        var (text, row) = (new StringBuilder(), "");
        for (var i = 0; i < seats.Count;)
        {
            var space = seats[i].LastIndexOf(' ');
            var (name, start) = space < 0 ? (seats[i], "") : (seats[i][..space], seats[i][(space + 1)..]);
            var last = i;
            while (last + 1 < seats.Count && Number(start) is { } from && seats[last + 1] == $"{name} {(from + last + 1 - i).ToString(start.StartsWith('0') ? "D" + start.Length : "D", CultureInfo.InvariantCulture)}") last++;
            text.Append(name == row && i > 0 ? ", " : (i > 0 ? "\n" : "") + name + (start.Length > 0 ? " " : "")).Append(start);
            if (last > i) text.Append('-').Append(seats[last][(space + 1)..]);
            (row, i) = (name, last + 1);
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\s*[-–]\s*")]
    private static partial Regex Dash();
}
