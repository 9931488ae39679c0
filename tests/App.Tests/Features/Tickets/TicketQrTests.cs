using App.Features.Tickets.Contracts;
using App.Features.Tickets;
using App.Infrastructure.Web;

namespace App.Tests.Features.Tickets;

public sealed class TicketQrTests
{
    static readonly string Code = Base45.Encode([.. Enumerable.Range(0, TicketCode.Length).Select(i => (byte)(i * 37 + 11))]);

    [Fact]
    public void A_code_fits_version_6_since_it_is_written_as_letters_and_digits() =>
        // As bytes its 131 characters would need version 8 (49 modules).
        QrSymbol.Modules(Code).Length.ShouldBe(41);

    [Fact]
    public void A_scanner_reads_the_code_that_was_written() => QrReader.Read(QrSymbol.Modules(Code)).ShouldBe(Code);

    [Fact]
    public void The_picture_is_the_same_symbol_with_four_quiet_modules_black_on_white()
    {
        var (modules, svg) = (QrSymbol.Modules(Code), QrSymbol.Svg(Code, "Entry code \"K7PD\" <4MXR>"));
        svg.ShouldContain("viewBox=\"0 0 49 49\"");
        svg.ShouldContain("role=\"img\" aria-label=\"Entry code &quot;K7PD&quot; &lt;4MXR&gt;\"");
        svg.ShouldContain("shape-rendering=\"crispEdges\"");
        svg.ShouldNotContain("style");
        var drawn = System.Text.RegularExpressions.Regex.Matches(svg, @"M(\d+) (\d+)h(\d+)v1").Sum(m => int.Parse(m.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture));
        drawn.ShouldBe(modules.Sum(row => row.Count(black => black)));
        System.Xml.Linq.XDocument.Parse(svg);
    }

    [Fact]
    public void The_png_is_490_pixels_wide_and_small()
    {
        var png = QrSymbol.Png(Code);
        png.Length.ShouldBeLessThan(4096);
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe(490);
    }
}

/// <summary>Reads an undamaged QR symbol of version 6-M in alphanumeric mode, by the standard's own steps: mask off, zigzag, blocks apart, bits to characters.</summary>
static class QrReader
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    public static string Read(bool[][] m)
    {
        // 6-M: four blocks of 27 data codewords, interleaved.
        var words = Codewords(m);
        var data = Enumerable.Range(0, 4).SelectMany(block => Enumerable.Range(0, 27).Select(i => words[i * 4 + block])).ToArray();
        var at = 0;
        int Bits(int n) { var v = 0; for (; n > 0; n--, at++) v = v << 1 | data[at / 8] >> (7 - at % 8) & 1; return v; }
        Bits(4).ShouldBe(2, "the mode is alphanumeric");
        var length = Bits(9);
        var text = new System.Text.StringBuilder();
        for (; length >= 2; length -= 2) { var pair = Bits(11); text.Append(Alphabet[pair / 45]).Append(Alphabet[pair % 45]); }
        if (length == 1) text.Append(Alphabet[Bits(6)]);
        return text.ToString();
    }

    static byte[] Codewords(bool[][] m)
    {
        var size = m.Length;
        // The mask is in the format bits, themselves masked by 101.
        var mask = ((m[8][2] ? 4 : 0) | (m[8][3] ? 2 : 0) | (m[8][4] ? 1 : 0)) ^ 0b101;
        var bits = new List<bool>();
        var up = true;
        for (var right = size - 1; right > 0; right -= 2, up = !up)
        {
            if (right == 6) right--;
            for (var i = 0; i < size; i++)
                foreach (var x in new[] { right, right - 1 })
                {
                    var y = up ? size - 1 - i : i;
                    if (!IsFunction(x, y, size)) bits.Add(m[y][x] ^ Mask(mask, x, y));
                }
        }
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => (byte)b.Aggregate(0, (v, bit) => v << 1 | (bit ? 1 : 0)))];
    }

    static bool IsFunction(int x, int y, int size) =>
        (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8) || x == 6 || y == 6 || (x >= 32 && x <= 36 && y >= 32 && y <= 36);

    static bool Mask(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => (y / 2 + x / 3) % 2 == 0,
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3) % 2 == 0,
        _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
    };
}
