using App.Features.Shared;

namespace App.Tests.Features.Shared;

public sealed class OklchTests
{
    [Theory] // CSS Color 4 and its web-platform tests: the corners of sRGB, a grey, and what lies outside
    [InlineData(1, 0, 0, "#ffffff")]
    [InlineData(0, 0, 0, "#000000")]
    [InlineData(0.627955, 0.257683, 29.234, "#ff0000")]
    [InlineData(0.866440, 0.294827, 142.495, "#00ff00")]
    [InlineData(0.452014, 0.313214, 264.052, "#0000ff")]
    [InlineData(0.519752, 0.176859, 142.495, "#008000")]
    [InlineData(0.599871, 0, 0, "#808080")]
    public void Known_colours_come_out(double l, double c, double h, string hex) => new Oklch(l, c, h).ToHex().ShouldBe(hex);

    [Fact]
    public void White_is_readable_on_every_organizations_house_colour()
    {
        for (var hue = 0; hue < 360; hue += 3)
            for (var chroma = 0.0; chroma <= .17; chroma += .01)
                (1.05 / (Luminance(Oklch.House(hue, chroma).ToHex()) + .05)).ShouldBeGreaterThan(9);
    }

    [Fact]
    public void White_is_readable_on_every_organizations_button()
    {
        for (var hue = 0; hue < 360; hue += 3)
            for (var chroma = 0.0; chroma <= .17; chroma += .01)
                (1.05 / (Luminance(Oklch.Brand(hue, chroma).ToHex()) + .05)).ShouldBeGreaterThan(4.5);
    }

    static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var v = Convert.ToInt32(hex.Substring(at, 2), 16) / 255.0;
            return v <= .04045 ? v / 12.92 : Math.Pow((v + .055) / 1.055, 2.4);
        }
        return .2126 * Channel(1) + .7152 * Channel(3) + .0722 * Channel(5);
    }
}
