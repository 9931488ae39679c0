using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sandbox;

/// <summary>PNG files as they are written, for pictures that are drawn here and for files that tests make.</summary>
public static class PngFile
{
    public const byte Grey = 0, Colour = 2;

    /// <param name="kind">Of <see cref="Grey"/> and <see cref="Colour"/>, eight bits each.</param>
    /// <param name="lines">Each begins with its filter; 0 is none.</param>
    /// <param name="between">What stands before the picture.</param>
    public static byte[] Write(int width, int height, byte kind, byte[] lines, params ReadOnlySpan<(string Type, byte[] Data)> between)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", [.. Four(width), .. Four(height), 8, kind, 0, 0, 0])]);
        foreach (var (type, data) in between) file.Write(Chunk(type, data));
        file.Write([.. Chunk("IDAT", Packed(lines)), .. Chunk("IEND", [])]);
        return file.ToArray();
    }

    static byte[] Packed(byte[] lines)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(lines);
        return packed.ToArray();
    }

    static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Four(data.Length), .. named, .. Four((int)Crc(named))];
    }

    static byte[] Four(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
