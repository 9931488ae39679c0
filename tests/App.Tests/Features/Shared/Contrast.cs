using System.Globalization;

namespace App.Tests.Features.Shared;

/// <summary>WCAG 2.2: how much lighter one colour is than another, 1 to 21.</summary>
static class Contrast
{
    public static double Of(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    static double Luminance(string hex) => .2126 * Channel(hex, 1) + .7152 * Channel(hex, 3) + .0722 * Channel(hex, 5);

    static double Channel(string hex, int at)
    {
        var v = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return v <= .04045 ? v / 12.92 : Math.Pow((v + .055) / 1.055, 2.4);
    }
}
