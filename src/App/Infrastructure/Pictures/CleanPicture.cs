using System.Buffers.Binary;

namespace App.Infrastructure.Pictures;

/// <summary>
/// A picture as it may be shown to everybody. What kind it is says its content, never its name; its size is read, not believed; of the file only what draws the picture is kept: no place where it was taken,
/// no camera, no program, no earlier version, nothing behind its end. Nothing is decoded here: the pixels are as they came, so a decoder's fault is the browser's sandbox's to hold.
/// </summary>
public sealed record CleanPicture(string ContentType, string Extension, int Width, int Height, byte[] Bytes)
{
    /// <summary>Null: neither JPEG, PNG, WebP nor AVIF. Throws <see cref="BrokenPictureException"/> for one of these that ends early or contradicts itself.</summary>
    public static CleanPicture? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return Jpeg.Is(file) ? Jpeg.Clean(file) : Png.Is(file) ? Png.Clean(file) : Webp.Is(file) ? Webp.Clean(file) : Avif.Is(file) ? Avif.Clean(file) : null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException) { throw new BrokenPictureException(); }
    }

    internal static ushort Two(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16BigEndian(at);
    internal static int Four(ReadOnlySpan<byte> at) => checked((int)BinaryPrimitives.ReadUInt32BigEndian(at));
}

/// <summary>A file that begins as a picture and isn't one to its end.</summary>
public sealed class BrokenPictureException : Exception;
