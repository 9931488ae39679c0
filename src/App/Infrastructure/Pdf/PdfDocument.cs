using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>
/// A small PDF 1.7 writer: pages of text, lines and filled squares, in managed code alone, so nothing native ever sees what a user typed. Text reaches the file as hexadecimal only.
/// Only the glyphs in use are embedded. Not for use by two threads at once. No images, no forms, no encryption.
/// </summary>
public sealed class PdfDocument(string title, string language)
{
    readonly List<PdfPage> pages = [];
    readonly Dictionary<TrueTypeFont, PdfEmbeddedFont> embedded = [];
    readonly SortedSet<string> collections = new(StringComparer.Ordinal);
    readonly List<byte[]> objects = [];

    /// <param name="width">In points (1/72 inch); A4 is 595 by 842.</param>
    public PdfPage AddPage(double width, double height)
    {
        var page = new PdfPage(this, width, height);
        pages.Add(page);
        return page;
    }

    internal string NameOf(PdfRun run)
    {
        if (run.Font is null)
        {
            collections.Add(run.Collection!);
            return run.Collection!;
        }
        if (!embedded.TryGetValue(run.Font, out var font)) embedded.Add(run.Font, font = new($"F{embedded.Count + 1}", run.Font));
        foreach (var (code, text) in run.Glyphs) font.Use(code, text);
        return font.Name;
    }

    public byte[] Save()
    {
        objects.Clear();
        var (catalog, tree, info) = (Reserve(), Reserve(), Reserve());
        var fonts = string.Concat(embedded.Values.Select(f => $"/{f.Name} {f.Write(this)} 0 R ").Concat(collections.Select(c => $"/{c} {WriteCollection(c)} 0 R ")));
        var kids = pages.Select(p =>
        {
            var content = AddStream("", Encoding.ASCII.GetBytes(p.Content));
            return Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {p.Width:0.##} {p.Height:0.##}]/Resources<</Font<<{fonts}>>>>/Contents {content} 0 R>>"));
        }).ToArray();
        Set(catalog, $"<</Type/Catalog/Pages {tree} 0 R/Lang<{Hex(language)}>/ViewerPreferences<</DisplayDocTitle true>>>>");
        Set(tree, $"<</Type/Pages/Count {kids.Length}/Kids[{string.Join(' ', kids.Select(k => $"{k} 0 R"))}]>>");
        Set(info, $"<</Title<{Hex(title)}>/Producer<{Hex("Foyer")}>>>");
        return Assemble(catalog, info);
    }

    internal int Reserve()
    {
        objects.Add([]);
        return objects.Count;
    }

    internal int Add(string body)
    {
        objects.Add(Encoding.ASCII.GetBytes(body));
        return objects.Count;
    }

    internal int AddStream(string entries, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(content);
        objects.Add([.. Encoding.ASCII.GetBytes($"<<{entries}/Filter/FlateDecode/Length {packed.Length}>>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8]);
        return objects.Count;
    }

    /// <summary>UTF-16 with its mark, as every PDF string that people read.</summary>
    internal static string Hex(string text) => "FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    void Set(int number, string body) => objects[number - 1] = Encoding.ASCII.GetBytes(body);

    /// <summary>A font the reader brings, by Adobe's character collections (PDF 32000-1, 9.7.5.2).</summary>
    int WriteCollection(string collection)
    {
        var (font, map) = collection switch { "Japan1" => ("HeiseiKakuGo-W5", "UniJIS-UTF16-H"), "Korea1" => ("HYGoThic-Medium", "UniKS-UTF16-H"), _ => ("STSong-Light", "UniGB-UTF16-H") };
        var descriptor = Add($"<</Type/FontDescriptor/FontName/{font}/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>");
        var cid = Add($"<</Type/Font/Subtype/CIDFontType0/BaseFont/{font}/CIDSystemInfo<</Registry(Adobe)/Ordering({collection})/Supplement 2>>/DW 1000/FontDescriptor {descriptor} 0 R>>");
        return Add($"<</Type/Font/Subtype/Type0/BaseFont/{font}-{map}/Encoding/{map}/DescendantFonts[{cid} 0 R]>>");
    }

    byte[] Assemble(int catalog, int info)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        var offsets = new List<long>(objects.Count);
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(objects[i]);
            file.Write("\nendobj\n"u8);
        }
        var start = file.Length;
        file.Write(Encoding.ASCII.GetBytes($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) file.Write(Encoding.ASCII.GetBytes($"{offset:0000000000} 00000 n \n"));
        file.Write(Encoding.ASCII.GetBytes($"trailer\n<</Size {objects.Count + 1}/Root {catalog} 0 R/Info {info} 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }
}
