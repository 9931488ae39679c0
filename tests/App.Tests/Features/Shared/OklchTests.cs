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

    /// <summary>More than WCAG asks: a mail's band, a pass and an icon carry names in it. What mails write on what: <c>MailColoursTests</c>.</summary>
    [Fact]
    public void White_stands_out_on_every_organizations_house_colour()
    {
        for (var hue = 0; hue < 360; hue += 3)
            for (var step = 0; step <= 17; step++) Contrast.Of("#ffffff", Oklch.House(hue, step / 100.0).ToHex()).ShouldBeGreaterThan(9);
    }
}
