using static App.Infrastructure.Pictures.CleanPicture;

namespace App.Infrastructure.Pictures;

/// <summary>PNG (W3C, third edition): a row of chunks. Those that draw stay (animation and colour among them); words, times, Exif and what programs keep for themselves go.</summary>
static class Png
{
    static readonly string[] Drawing = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    public static CleanPicture Clean(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..8]);
        var (width, height) = (0, 0);
        for (var at = 8; ;)
        {
            var chunk = file.Slice(at, checked(12 + Four(file[at..])));
            var type = System.Text.Encoding.Latin1.GetString(chunk[4..8]);
            if ((type == "IHDR") != (at == 8)) throw new BrokenPictureException();
            if (at == 8) (width, height) = (Four(chunk[8..]), Four(chunk[12..]));
            if (Drawing.Contains(type)) kept.Write(chunk);
            else if (char.IsUpper(type[0])) throw new BrokenPictureException(); // says of itself that it can't be left out
            if (type == "IEND") break;
            at += chunk.Length;
        }
        return width > 0 && height > 0 ? new("image/png", "png", width, height, kept.ToArray()) : throw new BrokenPictureException();
    }
}
