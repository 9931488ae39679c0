using System.Buffers.Binary;
using System.Text;

namespace App.Infrastructure.Pdf;

/// <summary>The parts of a TrueType file that a PDF needs: which glyph a character has, how wide it is, and a copy with only the glyphs in use. Fonts are our own or this machine's, never a user's.</summary>
sealed class TrueTypeFont
{
    readonly byte[] data;
    readonly Dictionary<string, (int Offset, int Length)> tables = new(StringComparer.Ordinal);
    readonly Dictionary<int, int> glyphs = [];
    readonly int unitsPerEm, glyphCount, metricCount;
    readonly bool longLoca;

    TrueTypeFont(string name, byte[] data)
    {
        (Name, this.data) = (name, data);
        for (var i = 0; i < U16(4); i++)
            tables[Encoding.ASCII.GetString(data, 12 + i * 16, 4)] = ((int)U32(12 + i * 16 + 8), (int)U32(12 + i * 16 + 12));
        var (head, hhea) = (tables["head"].Offset, tables["hhea"].Offset);
        (unitsPerEm, longLoca) = (U16(head + 18), U16(head + 50) == 1);
        (glyphCount, metricCount) = (U16(tables["maxp"].Offset + 4), U16(hhea + 34));
        Box = [.. Enumerable.Range(0, 4).Select(i => PerMille(S16(head + 36 + i * 2)))];
        (Ascent, Descent) = (PerMille(S16(hhea + 4)), PerMille(S16(hhea + 6)));
        ReadCharacters(tables["cmap"].Offset);
    }

    public string Name { get; }
    public int[] Box { get; }
    public int Ascent { get; }
    public int Descent { get; }

    public static TrueTypeFont Embedded(string name)
    {
        using var stream = typeof(TrueTypeFont).Assembly.GetManifestResourceStream($"fonts/{name}.ttf") ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new(name, copy.ToArray());
    }

    /// <summary>A font of this machine's. Null: it isn't there, can't be read or has no TrueType outlines.</summary>
    public static TrueTypeFont? Installed(string path)
    {
        try
        {
            var font = new TrueTypeFont(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path));
            return font.tables.ContainsKey("glyf") ? font : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>0: it has none.</summary>
    public int Glyph(Rune rune) => glyphs.GetValueOrDefault(rune.Value);

    /// <summary>In thousandths of the font size.</summary>
    public int Advance(int glyph) => PerMille(U16(tables["hmtx"].Offset + Math.Min(glyph, metricCount - 1) * 4));

    /// <summary>The same glyph numbers, with outlines only for those given (and what they are made of).</summary>
    public byte[] Subset(IEnumerable<int> wanted)
    {
        var kept = new SortedSet<int> { 0 };
        foreach (var glyph in wanted) Keep(glyph, kept);
        using var outlines = new MemoryStream();
        var loca = new byte[(glyphCount + 1) * 4];
        var hmtx = new byte[metricCount * 4 + (glyphCount - metricCount) * 2];
        for (var glyph = 0; glyph < glyphCount; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(glyph * 4), (int)outlines.Length);
            if (!kept.Contains(glyph)) continue;
            outlines.Write(Outline(glyph));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
            CopyMetric(glyph, hmtx);
        }
        BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(glyphCount * 4), (int)outlines.Length);
        var head = Table("head").ToArray();
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return Assemble([("glyf", outlines.ToArray()), ("head", head), ("hhea", Table("hhea").ToArray()), ("hmtx", hmtx), ("loca", loca), ("maxp", Table("maxp").ToArray())]);
    }

    /// <summary>Where all that follow are as wide as one, they have only their side bearing: the one's width is needed too.</summary>
    void CopyMetric(int glyph, byte[] hmtx)
    {
        var source = Table("hmtx");
        var (wide, bearing) = (Math.Min(glyph, metricCount - 1) * 4, metricCount * 4 + (glyph - metricCount) * 2);
        source.Slice(wide, 4).CopyTo(hmtx.AsSpan(wide));
        if (glyph >= metricCount) source.Slice(bearing, 2).CopyTo(hmtx.AsSpan(bearing));
    }

    void Keep(int glyph, SortedSet<int> kept)
    {
        if (!kept.Add(glyph)) return;
        var outline = Outline(glyph);
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return;
        const int words = 0x1, scale = 0x8, more = 0x20, scales = 0x40, matrix = 0x80;
        for (int at = 10, flags = more; (flags & more) != 0;)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Keep(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]), kept);
            at += 4 + ((flags & words) != 0 ? 4 : 2) + ((flags & scale) != 0 ? 2 : (flags & scales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
        }
    }

    ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = tables["loca"].Offset;
        var (from, to) = longLoca ? ((int)U32(loca + glyph * 4), (int)U32(loca + glyph * 4 + 4)) : (U16(loca + glyph * 2) * 2, U16(loca + glyph * 2 + 2) * 2);
        return data.AsSpan(tables["glyf"].Offset + from, to - from);
    }

    static byte[] Assemble((string Tag, byte[] Data)[] parts)
    {
        using var file = new MemoryStream();
        Span<byte> entry = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(entry, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(entry[4..], (ushort)parts.Length);
        BinaryPrimitives.WriteUInt16BigEndian(entry[6..], 64);
        BinaryPrimitives.WriteUInt16BigEndian(entry[8..], 2);
        BinaryPrimitives.WriteUInt16BigEndian(entry[10..], (ushort)(parts.Length * 16 - 64));
        file.Write(entry[..12]);
        var at = 12 + parts.Length * 16;
        foreach (var (tag, data) in parts)
        {
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(data));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], data.Length);
            file.Write(entry);
            at += (data.Length + 3) & ~3;
        }
        foreach (var (_, data) in parts)
        {
            file.Write(data);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }
        return file.ToArray();
    }

    static uint Checksum(ReadOnlySpan<byte> table)
    {
        var sum = 0u;
        Span<byte> word = stackalloc byte[4];
        for (; table.Length > 0; table = table[Math.Min(4, table.Length)..])
        {
            word.Clear();
            table[..Math.Min(4, table.Length)].CopyTo(word);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(word));
        }
        return sum;
    }

    /// <summary>Format 4: every font of this kind has it. What lies past U+FFFF is left out.</summary>
    void ReadCharacters(int cmap)
    {
        var at = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + (int)U32(cmap + 4 + i * 8 + 4)).First(offset => U16(offset) == 4);
        var segments = U16(at + 6) / 2;
        var (ends, starts, deltas, ranges) = (at + 14, at + 16 + segments * 2, at + 16 + segments * 4, at + 16 + segments * 6);
        for (var s = 0; s < segments; s++)
        {
            var (start, end, delta, range) = (U16(starts + s * 2), U16(ends + s * 2), U16(deltas + s * 2), U16(ranges + s * 2));
            for (var c = start; c <= end && c != 0xFFFF; c++)
            {
                var glyph = range == 0 ? c : U16(ranges + s * 2 + range + (c - start) * 2);
                if (range == 0 || glyph != 0) glyph = (glyph + delta) & 0xFFFF;
                if (glyph != 0) glyphs[c] = glyph;
            }
        }
    }

    int PerMille(int units) => (int)Math.Round(units * 1000.0 / unitsPerEm);
    ReadOnlySpan<byte> Table(string tag) => data.AsSpan(tables[tag].Offset, tables[tag].Length);
    int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));
    int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(data.AsSpan(at));
    uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));
}
