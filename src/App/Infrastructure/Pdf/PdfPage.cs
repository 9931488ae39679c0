using System.Globalization;
using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>What stands on a page. Measures are points from its upper left corner; a text's <c>y</c> is its baseline.</summary>
public sealed class PdfPage
{
    readonly PdfDocument document;
    readonly StringBuilder content = new();

    internal PdfPage(PdfDocument document, double width, double height) => (this.document, Width, Height) = (document, width, height);

    public double Width { get; }
    public double Height { get; }
    internal string Content => content.ToString();

    /// <summary>One line, cut with an ellipsis where it is wider than <paramref name="width"/>. Returns the width it took.</summary>
    public double Text(double x, double y, double size, PdfFace face, string text, double width = double.MaxValue, double grey = 0) =>
        Draw(PdfText.Fit(text, face, size, width), x, y, size, grey);

    public void Centered(double middle, double y, double size, PdfFace face, string text, double width, double grey = 0)
    {
        var line = PdfText.Fit(text, face, size, width);
        Draw(line, middle - line.Width(size) / 2, y, size, grey);
    }

    public void Right(double right, double y, double size, PdfFace face, string text, double width, double grey = 0)
    {
        var line = PdfText.Fit(text, face, size, width);
        Draw(line, right - line.Width(size), y, size, grey);
    }

    /// <summary>Up to <paramref name="lines"/> lines, each so far below the last. Returns the baseline where a next one would stand.</summary>
    /// <param name="fromRight">Lines end below each other, as Arabic is written.</param>
    public double Paragraph(double x, double y, double size, PdfFace face, string text, double width, int lines, double leading, double grey = 0, bool fromRight = false)
    {
        foreach (var line in PdfText.Wrap(text, face, size, width, lines))
        {
            Draw(line, fromRight ? x + width - line.Width(size) : x, y, size, grey);
            y += leading;
        }
        return y;
    }

    public void Line(double x1, double y1, double x2, double y2, double thickness, string dash = "") =>
        Write($"q {thickness:0.##} w 1 J [{dash}] 0 d {x1:0.##} {Up(y1):0.##} m {x2:0.##} {Up(y2):0.##} l S Q\n");

    /// <summary>An outline from a list of moves: <c>m x y</c>, <c>l x y</c>, <c>c x1 y1 x2 y2 x y</c>.</summary>
    public void Outline(double thickness, params ReadOnlySpan<(char Move, double[] Points)> path)
    {
        Write($"q {thickness:0.##} w 1 j\n");
        foreach (var (move, points) in path)
        {
            for (var i = 0; i < points.Length; i += 2) Write($"{points[i]:0.###} {Up(points[i + 1]):0.###} ");
            Write($"{move}\n");
        }
        Write($"s Q\n");
    }

    /// <summary>Rows of black squares as one shape, so that no hairline shows between neighbours; counted in squares, which takes a third of the bytes that points would.</summary>
    public void Squares(double left, double top, double side, IEnumerable<(int X, int Y, int Length)> rows)
    {
        Write($"q {side:0.#####} 0 0 {-side:0.#####} {left:0.##} {Up(top):0.##} cm\n");
        foreach (var (x, y, length) in rows) Write($"{x} {y} {length} 1 re\n");
        Write($"f Q\n");
    }

    double Draw(PdfText line, double x, double y, double size, double grey)
    {
        if (line.Runs.Count == 0) return 0;
        Write($"/Span<</ActualText<{PdfDocument.Hex(line.Text)}>>>BDC BT {grey:0.##} g {x:0.##} {Up(y):0.##} Td ");
        foreach (var run in line.Runs)
        {
            Write($"/{document.NameOf(run)} {size:0.##} Tf <");
            foreach (var (code, _) in run.Glyphs) content.Append(run.Font is null ? Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(new Rune(code).ToString())) : code.ToString("X4", CultureInfo.InvariantCulture));
            content.Append("> Tj ");
        }
        Write($"ET EMC 0 g\n");
        return line.Width(size);
    }

    double Up(double y) => Height - y;
    void Write(FormattableString text) => content.Append(text.ToString(CultureInfo.InvariantCulture));
}
