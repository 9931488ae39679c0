using System.Globalization;
using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>A font as one document uses it: which glyphs, and what each stands for.</summary>
sealed class PdfEmbeddedFont(string name, TrueTypeFont font)
{
    readonly SortedDictionary<int, string> used = [];

    public string Name { get; } = name;
    public void Use(int glyph, string text) => used[glyph] = text;

    public int Write(PdfDocument pdf)
    {
        var file = pdf.AddStream("", font.Subset(used.Keys));
        // Six letters mark a subset (PDF 32000-1, 9.6.4); they need only differ within the file.
        var subset = $"FOYER{(char)('A' + Name[^1] - '0')}+{font.Name}";
        var box = string.Join(' ', font.Box.Select(b => b.ToString(CultureInfo.InvariantCulture)));
        var descriptor = pdf.Add($"<</Type/FontDescriptor/FontName/{subset}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {font.Ascent}/Descent {font.Descent}/CapHeight 714/StemV 90/FontFile2 {file} 0 R>>");
        var widths = string.Concat(used.Keys.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g}[{font.Advance(g)}]")));
        var cid = pdf.Add($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{subset}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/W[{widths}]/FontDescriptor {descriptor} 0 R>>");
        var meaning = pdf.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        return pdf.Add($"<</Type/Font/Subtype/Type0/BaseFont/{subset}/Encoding/Identity-H/DescendantFonts[{cid} 0 R]/ToUnicode {meaning} 0 R>>");
    }

    string ToUnicode()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Foyer def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var block in used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, text) in block) map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap end end").ToString();
    }
}
