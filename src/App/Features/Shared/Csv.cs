namespace App.Features.Shared;

/// <summary>Cells of a table that a spreadsheet opens (RFC 4180).</summary>
public static class Csv
{
    /// <summary>What a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // Also after blanks, which some programs skip.
        if (text.TrimStart(' ') is [('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'), ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n'") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
