using System.Globalization;

namespace App.Features.Shared;

/// <summary>A colour in OKLCH (CSS Color 4), for where CSS can't compute it: mails, icons, what a wallet wants. Outside sRGB each channel is clipped, as browsers do.</summary>
/// <param name="L">0 … 1.</param>
/// <param name="H">Degrees.</param>
public readonly record struct Oklch(double L, double C, double H)
{
    /// <summary>The dark band that carries an organization's name: its hue at the lightness of the design's <c>house</c> role.</summary>
    public static Oklch House(int hue, double chroma) => new(.245, .42 * chroma, hue);

    /// <summary>The one deed's colour on white: the design's <c>brand</c> role.</summary>
    public static Oklch Brand(int hue, double chroma) => new(.45, chroma, hue);

    /// <summary>The accent on the dark band: the design's <c>glow</c> role.</summary>
    public static Oklch Glow(int hue, double chroma) => new(.86, .85 * chroma, hue);

    public string ToHex()
    {
        var (a, b) = (C * Math.Cos(H * Math.PI / 180), C * Math.Sin(H * Math.PI / 180));
        var l = Cube(L + 0.3963377774 * a + 0.2158037573 * b);
        var m = Cube(L - 0.1055613458 * a - 0.0638541728 * b);
        var s = Cube(L - 0.0894841775 * a - 1.2914855480 * b);
        return string.Create(CultureInfo.InvariantCulture,
            $"#{Channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s):x2}{Channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s):x2}{Channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s):x2}");
    }

    static double Cube(double x) => x * x * x;

    static byte Channel(double linear)
    {
        var v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (byte)Math.Round(Math.Clamp(v, 0, 1) * 255);
    }
}
