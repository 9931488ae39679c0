using System.Buffers.Binary;
using System.IO.Compression;

namespace App.Infrastructure.Vendors.Apple;

/// <summary>The arches as PNG in three colours, drawn when asked for: passes want the promoter's colours and every size anew, and a drawing of two arches needs no imaging package.</summary>
public static class PassImage
{
    const int Grid = 32, Fine = 4; // the mark's own units; samples a pixel and direction
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => { var c = (uint)n; for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1; return c; })];

    /// <summary>All that a pass shows, by file name.</summary>
    /// <param name="ground">Of the icon; the logo lies on the pass's own.</param>
    public static Dictionary<string, byte[]> All(string ground, string outer, string inner) => new(StringComparer.Ordinal)
    {
        ["icon.png"] = Draw(29, ground, outer, inner), ["icon@2x.png"] = Draw(58, ground, outer, inner), ["icon@3x.png"] = Draw(87, ground, outer, inner),
        ["logo.png"] = Draw(50, null, outer, inner), ["logo@2x.png"] = Draw(100, null, outer, inner), ["logo@3x.png"] = Draw(150, null, outer, inner),
    };

    /// <param name="ground">Hexadecimal, like the others; null lets through what lies below.</param>
    public static byte[] Draw(int side, string? ground, string outer, string inner)
    {
        byte[][] colours = [Rgba(ground), Rgba(outer), Rgba(inner)];
        var rows = new byte[side * (1 + side * 4)]; // each begins with its filter: none
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++) Blend(rows.AsSpan(y * (1 + side * 4) + 1 + x * 4, 4), colours, x, y, side);
        return Write(side, rows);
    }

    static void Blend(Span<byte> pixel, byte[][] colours, int x, int y, int side)
    {
        Span<int> sum = stackalloc int[4];
        for (var i = 0; i < Fine * Fine; i++)
        {
            var colour = colours[Layer((x + (i % Fine + .5) / Fine) * Grid / side, (y + (i / Fine + .5) / Fine) * Grid / side)];
            for (var c = 0; c < 3; c++) sum[c] += colour[c] * colour[3];
            sum[3] += colour[3];
        }
        for (var c = 0; c < 3; c++) pixel[c] = (byte)(sum[3] == 0 ? 0 : sum[c] / sum[3]);
        pixel[3] = (byte)(sum[3] / (Fine * Fine));
    }

    static int Layer(double x, double y) => IsIn(x, y, 16.5, 3.5) ? 2 : IsIn(x, y, 15, 9) ? 1 : 0;

    /// <summary>An arch on the floor at 28, half round above <paramref name="spring"/>.</summary>
    static bool IsIn(double x, double y, double spring, double radius) =>
        y >= spring ? y < 28 && Math.Abs(x - 16) < radius : (x - 16) * (x - 16) + (y - spring) * (y - spring) < radius * radius;

    static byte[] Rgba(string? hex) => hex is null ? [0, 0, 0, 0] : [.. Convert.FromHexString(hex.AsSpan(1)), 255];

    static byte[] Write(int side, byte[] rows)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, side);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), side);
        (head[8], head[9]) = (8, 6); // eight bits a channel, with alpha
        Chunk(png, "IHDR"u8, head);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(rows);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = uint.MaxValue;
        foreach (var b in (ReadOnlySpan<byte>)[.. type, .. data]) crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }
}
