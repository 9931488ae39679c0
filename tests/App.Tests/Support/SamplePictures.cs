using System.Buffers.Binary;
using System.Text;
using Sandbox;

namespace App.Tests.Support;

/// <summary>Picture files made here, with secrets in every place where cameras and programs put them. The PNG can be drawn; of the others the structure is real and the pixels aren't.</summary>
public static class SamplePictures
{
    public const string Secret = "38.7169N-9.1399W";

    public static byte[] Png(int width = 1600, int height = 1000)
    {
        var lines = new byte[height * (width + 1)]; // grey, no filter
        return [.. PngFile.Write(width, height, PngFile.Grey, lines, ("tEXt", Text("Comment\0" + Secret)), ("eXIf", Text("MM\0*" + Secret))), .. Text(Secret)];
    }

    /// <param name="orientation">As cameras write it: 6 is a portrait that lies on its side.</param>
    public static byte[] Jpeg(int width = 1600, int height = 1000, int orientation = 1)
    {
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. Text(Secret)];
        byte[] frame = [8, .. Four(height)[2..], .. Four(width)[2..], 1, 1, 0x11, 0];
        return
        [
            0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 72, 0, 72, 1, 1, 1, 2, 3]), .. Segment(0xE1, exif), .. Segment(0xE1, Text("http://ns.adobe.com/xap/1.0/\0" + Secret)), .. Segment(0xED, Text("Photoshop 3.0\0" + Secret)), .. Segment(0xFE, Text(Secret)),
            .. Segment(0xE2, Text("ICC_PROFILE\0colours")), .. Segment(0xDB, new byte[65]), .. Segment(0xC0, frame), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9, .. Text(Secret),
        ];
    }

    public static byte[] Webp(int width = 1600, int height = 1000)
    {
        byte[] size = [(byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0];
        byte[] chunks = [.. "WEBP"u8, .. Riff("VP8X", [0x2C, 0, 0, 0, .. size]), .. Riff("ICCP", Text("colours")), .. Riff("VP8 ", new byte[20]), .. Riff("EXIF", Text("II*\0" + Secret)), .. Riff("XMP ", Text(Secret)), .. Riff("note", Text(Secret))];
        return [.. "RIFF"u8, .. Little(chunks.Length), .. chunks];
    }

    public static byte[] Avif(int width = 1600, int height = 1000)
    {
        byte[] Full(string type, byte version, params byte[] data) => Box(type, [version, 0, 0, 0, .. data]);
        var type = Box("ftyp", [.. "avif"u8, 0, 0, 0, 0, .. "avifmif1"u8]);
        byte[] Meta(int at) => Full("meta", 0,
        [
            .. Full("iinf", 0, [0, 2, .. Full("infe", 2, [0, 1, 0, 0, .. "av01"u8, 0]), .. Full("infe", 2, [0, 2, 0, 0, .. "Exif"u8, 0])]),
            .. Full("iloc", 0, [0x44, 0, 0, 2, 0, 1, 0, 0, 0, 1, .. Four(at), .. Four(4), 0, 2, 0, 0, 0, 1, .. Four(at + 4), .. Four(Secret.Length)]),
            .. Box("iprp", Box("ipco", Full("ispe", 0, [.. Four(width), .. Four(height)]))),
        ]);
        return [.. type, .. Meta(type.Length + Meta(0).Length + 8), .. Box("mdat", [1, 2, 3, 4, .. Text(Secret)])];
    }

    static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
    static byte[] Box(string type, byte[] data) => [.. Four(data.Length + 8), .. Text(type), .. data];
    static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, .. Four(data.Length + 2)[2..], .. data];
    static byte[] Riff(string type, byte[] data) => [.. Text(type), .. Little(data.Length), .. data, .. data.Length % 2 == 1 ? new byte[1] : []];

    static byte[] Four(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
