using System.Buffers.Binary;

namespace App.Infrastructure.Pictures;

/// <summary>WebP (RFC 9649): chunks in a RIFF container. Exif, XMP and unknown chunks go, and the header that announces them says so no longer.</summary>
static class Webp
{
    const byte SaysExif = 0x08, SaysXmp = 0x04;

    public static bool Is(ReadOnlySpan<byte> file) => file.Length > 20 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    public static CleanPicture Clean(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..12]);
        var (width, height) = (0, 0);
        var end = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8);
        for (var at = 12; at + 8 <= end;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]));
            var chunk = file.Slice(at, checked(8 + length + (length & 1)));
            var type = System.Text.Encoding.Latin1.GetString(chunk[..4]);
            var data = chunk.Slice(8, length);
            if (width == 0 && Size(type, data) is { } size) (width, height) = size;
            if (type == "VP8X") kept.Write([.. chunk[..8], (byte)(data[0] & ~(SaysExif | SaysXmp)), .. chunk[9..]]);
            else if (type is "VP8 " or "VP8L" or "ALPH" or "ANIM" or "ANMF" or "ICCP") kept.Write(chunk);
            at += chunk.Length;
        }
        if (width == 0 || height == 0) throw new BrokenPictureException();
        var bytes = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return new("image/webp", "webp", width, height, bytes);
    }

    static (int, int)? Size(string type, ReadOnlySpan<byte> data) => type switch
    {
        "VP8X" => (1 + Three(data[4..]), 1 + Three(data[7..])),
        "VP8 " => (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF),
        "VP8L" => BinaryPrimitives.ReadUInt32LittleEndian(data[1..]) is var bits ? ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1) : null,
        _ => null,
    };

    static int Three(ReadOnlySpan<byte> at) => at[0] | at[1] << 8 | at[2] << 16;
}
