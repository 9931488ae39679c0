using System.Buffers.Binary;
using static App.Infrastructure.Pictures.CleanPicture;

namespace App.Infrastructure.Pictures;

/// <summary>JPEG (ITU T.81): a row of segments. Application segments and comments go, but for what colours depend on; which way up the camera was held is the one thing of Exif that stays.</summary>
static class Jpeg
{
    const byte End = 0xD9, Scan = 0xDA, Comment = 0xFE, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE;

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static CleanPicture Clean(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        var (at, width, height, orientation) = (2, 0, 0, 1);
        while (Marker(file, ref at) is not End and var marker)
        {
            var segment = file.Slice(at, 2 + Two(file[(at + 2)..]));
            var data = segment[4..];
            if (IsFrame(marker)) (height, width) = (Two(data[1..]), Two(data[3..]));
            if (marker == App1 && data.StartsWith("Exif\0\0"u8)) orientation = Orientation(data[6..]);
            // The small picture that may stand in here shows what was cut away from the large one.
            if (marker == App0 && data.StartsWith("JFIF\0"u8)) kept.Write([0xFF, App0, 0, 16, .. data[..12], 0, 0]);
            else if (Draws(marker, data)) kept.Write(segment);
            at += segment.Length;
            if (marker != Scan) continue;
            var end = EndOfScan(file, at);
            kept.Write(file[at..end]);
            at = end;
        }
        if (width == 0 || height == 0) throw new BrokenPictureException();
        if (orientation >= 5) (width, height) = (height, width);
        return new("image/jpeg", "jpg", width, height, [0xFF, 0xD8, .. orientation == 1 ? [] : Turned(orientation), .. kept.ToArray(), 0xFF, End]);
    }

    static byte Marker(ReadOnlySpan<byte> file, ref int at)
    {
        while (true)
        {
            if (file[at] != 0xFF) throw new BrokenPictureException();
            while (file[at + 1] == 0xFF) at++;
            if (file[at + 1] is not (0x01 or (>= 0xD0 and <= 0xD7))) return file[at + 1];
            at += 2; // these stand alone
        }
    }

    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static bool Draws(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        App2 => data.StartsWith("ICC_PROFILE\0"u8),
        App14 => data.StartsWith("Adobe"u8),
        >= App0 and <= 0xEF or Comment => false,
        _ => true,
    };

    /// <summary>Where a marker comes that is neither a stuffed FF nor a restart.</summary>
    static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (true)
        {
            at += file[at..].IndexOf((byte)0xFF) is >= 0 and var next ? next : throw new BrokenPictureException();
            if (file[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7))) return at;
            at += file[at + 1] == 0xFF ? 1 : 2;
        }
    }

    /// <summary>1 … 8 (TIFF 6.0, tag 274); 1 where it isn't said as it should be.</summary>
    static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14) return 1;
        var little = tiff[0] == 'I';
        var first = (int)Math.Min(int.MaxValue, little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]));
        if (first > tiff.Length - 2) return 1;
        var count = Short(tiff[first..]);
        for (var i = 0; i < count && first + 2 + i * 12 + 12 <= tiff.Length; i++)
        {
            var entry = tiff.Slice(first + 2 + i * 12, 12);
            if (Short(entry) == 0x0112) return Short(entry[8..]) is >= 1 and <= 8 and var turned ? turned : 1;
        }
        return 1;

        ushort Short(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
    }

    /// <summary>Exif with that one entry.</summary>
    static byte[] Turned(int orientation) =>
        [0xFF, App1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
}
