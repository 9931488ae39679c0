using static App.Infrastructure.Pictures.CleanPicture;

namespace App.Infrastructure.Pictures;

/// <summary>
/// AVIF (ISO/IEC 23008-12 in boxes of 14496-12): items, and a table of where in the file each lies. Taking one out would move all others, so the bytes of Exif and XMP are blanked where they lie.
/// Boxes that aren't needed to draw are blanked whole.
/// </summary>
static class Avif
{
    public static bool Is(ReadOnlySpan<byte> file) => file.Length > 16 && file[4..].StartsWith("ftyp"u8) && file[8..Math.Min(file.Length, Math.Max(16, Four(file)))].IndexOf("avif"u8) >= 0;

    public static CleanPicture Clean(ReadOnlySpan<byte> file)
    {
        var bytes = file.ToArray();
        var (width, height) = (0, 0);
        var secret = new HashSet<int>();
        foreach (var (type, start, length) in Boxes(file, 0, file.Length))
        {
            if (type is "free" or "skip" or "uuid") bytes.AsSpan(start, length).Clear();
            if (type != "meta") continue;
            foreach (var (inner, at, size) in Boxes(file, start + 4, start + length))
            {
                if (inner == "iinf") secret = Secrets(file, at, size);
                if (inner == "iprp") (width, height) = Size(file, at, size);
            }
            foreach (var (inner, at, _) in Boxes(file, start + 4, start + length))
                if (inner == "iloc") Blank(file, at, secret, bytes);
        }
        return width > 0 && height > 0 ? new("image/avif", "avif", width, height, bytes) : throw new BrokenPictureException();
    }

    /// <summary>Type, and where what it holds begins and how long that is.</summary>
    static List<(string Type, int Start, int Length)> Boxes(ReadOnlySpan<byte> file, int from, int to)
    {
        var boxes = new List<(string, int, int)>();
        for (var at = from; at + 8 <= to;)
        {
            var (size, head) = (Four(file[at..]), 8);
            if (size == 1) (size, head) = (checked((int)System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(file[(at + 8)..])), 16);
            if (size == 0) size = to - at; // to the end
            if (size < head || at + size > to) throw new BrokenPictureException();
            boxes.Add((System.Text.Encoding.Latin1.GetString(file.Slice(at + 4, 4)), at + head, size - head));
            at += size;
        }
        return boxes;
    }

    static (int, int) Size(ReadOnlySpan<byte> file, int start, int length)
    {
        var (width, height) = (0, 0);
        foreach (var (type, at, size) in Boxes(file, start, start + length))
        {
            if (type != "ipco") continue;
            foreach (var (property, p, _) in Boxes(file, at, at + size))
                if (property == "ispe") (width, height) = (Math.Max(width, Four(file[(p + 4)..])), Math.Max(height, Four(file[(p + 8)..])));
        }
        return (width, height);
    }

    /// <summary>The items that tell of the picture instead of being part of it: Exif, and XMP as a MIME item.</summary>
    static HashSet<int> Secrets(ReadOnlySpan<byte> file, int start, int length)
    {
        var found = new HashSet<int>();
        var head = file[start] == 0 ? 6 : 8;
        foreach (var (type, at, _) in Boxes(file, start + head, start + length))
        {
            if (type != "infe") continue;
            var wide = file[at] >= 3;
            var id = wide ? Four(file[(at + 4)..]) : Two(file[(at + 4)..]);
            var kind = file.Slice(at + (wide ? 10 : 8), 4);
            if (file[at] < 2 || kind.SequenceEqual("Exif"u8) || kind.SequenceEqual("mime"u8)) found.Add(id);
        }
        return found;
    }

    static void Blank(ReadOnlySpan<byte> file, int at, HashSet<int> items, byte[] bytes)
    {
        var version = file[at];
        var (offsetSize, lengthSize, baseSize, indexSize) = (file[at + 4] >> 4, file[at + 4] & 15, file[at + 5] >> 4, version == 0 ? 0 : file[at + 5] & 15);
        at += 6;
        for (var left = Number(file, ref at, version < 2 ? 2 : 4); left > 0; left--)
        {
            var id = Number(file, ref at, version < 2 ? 2 : 4);
            var method = version == 0 ? 0 : Number(file, ref at, 2) & 15;
            at += 2;
            var from = Number(file, ref at, baseSize);
            for (var extents = Number(file, ref at, 2); extents > 0; extents--)
            {
                at += indexSize;
                var offset = checked(from + Number(file, ref at, offsetSize));
                var length = Number(file, ref at, lengthSize);
                if (!items.Contains(id)) continue;
                // Inside another box, or "to the end": never seen for Exif, and then not understood.
                if (method != 0 || length == 0) throw new BrokenPictureException();
                bytes.AsSpan(offset, length).Clear();
            }
        }
    }

    static int Number(ReadOnlySpan<byte> file, ref int at, int size)
    {
        var number = 0L;
        for (var i = 0; i < size; i++) number = checked(number << 8 | file[at++]);
        return checked((int)number);
    }
}
