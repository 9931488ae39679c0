using System.Globalization;
using System.Text.RegularExpressions;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Shared;

/// <summary>Contrast by WCAG over every brand an organization can choose: the promise that lets the editor's hue slider go without a warning (look.md §4).</summary>
public sealed partial class TokensTests
{
    static readonly string Css = Repository.Read("src", "App", "wwwroot", "css", "tokens.css");
    static readonly Dictionary<string, Role> Light = Roles(Css[..Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)]);
    static readonly Dictionary<string, Role> Dark = Merge(Light, Roles(Css[Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)..]));

    /// <summary>oklch(L, C or a share of the brand's, H or the brand's).</summary>
    sealed record Role(double L, double C, double Share, double? H)
    {
        public Oklch At(int hue, double chroma) => new(L, C + Share * chroma, H ?? hue);
    }

    [Theory] // foreground, background, least contrast in the light and in the dark
    [InlineData("on-brand", "brand", 5.8, 9.2)]
    [InlineData("on-brand", "brand-strong", 5.8, 9.2)]
    [InlineData("brand-ink", "brand-wash", 5.6, 7.9)]
    [InlineData("brand-ink", "paper", 5.6, 7.9)]
    [InlineData("brand-ink", "sheet", 5.6, 7.9)]
    [InlineData("soft", "paper", 5.8, 6.4)]
    [InlineData("soft", "sheet", 5.8, 6.4)]
    [InlineData("soft", "well", 5.8, 6.4)]
    [InlineData("ink", "well", 12, 12)]
    [InlineData("glow", "house", 8.9, 8.9)]
    [InlineData("on-house", "house", 12, 12)]
    [InlineData("on-house-soft", "house", 7, 7)]
    [InlineData("on-house", "house-2", 7, 7)]
    [InlineData("edge", "paper", 3.3, 4.0)]
    [InlineData("edge", "sheet", 3.3, 4.0)]
    [InlineData("edge", "well", 3.3, 4.0)]
    [InlineData("ok-ink", "ok-wash", 4.5, 4.5)]
    [InlineData("warn-ink", "warn-wash", 4.5, 4.5)]
    [InlineData("bad-ink", "bad-wash", 4.5, 4.5)]
    [InlineData("on-warn", "warn", 4.5, 4.5)]
    public void Every_brand_can_be_read(string front, string back, double light, double dark)
    {
        Worst(Light, front, back).ShouldBeGreaterThanOrEqualTo(light, $"{front} on {back}, light");
        Worst(Dark, front, back).ShouldBeGreaterThanOrEqualTo(dark, $"{front} on {back}, dark");
    }

    [Fact]
    public void A_pair_that_is_too_close_would_be_found() => Worst(Light, "line", "paper").ShouldBeLessThan(3);

    static double Worst(Dictionary<string, Role> roles, string front, string back)
    {
        var worst = double.MaxValue;
        for (var hue = 0; hue < 360; hue += 3)
            for (var step = 0; step <= 17; step++)
                worst = Math.Min(worst, Contrast.Of(roles[front].At(hue, step / 100.0).ToHex(), roles[back].At(hue, step / 100.0).ToHex()));
        return worst;
    }

    static Dictionary<string, Role> Roles(string css) => Token().Matches(css).GroupBy(m => m.Groups["name"].Value).ToDictionary(g => g.Key, g => Read(g.Last()));

    static Role Read(Match token)
    {
        var share = token.Groups["share"];
        return new(Number(token.Groups["l"]), token.Groups["c"].Success ? Number(token.Groups["c"]) : 0, share.Success ? Number(share) : token.Groups["c"].Success ? 0 : 1, token.Groups["h"].Success ? Number(token.Groups["h"]) : null);
    }

    static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    static Dictionary<string, Role> Merge(Dictionary<string, Role> under, Dictionary<string, Role> over)
    {
        var all = new Dictionary<string, Role>(under);
        foreach (var (name, role) in over) all[name] = role;
        return all;
    }

    [GeneratedRegex(@"--(?<name>[a-z0-9-]+): oklch\((?<l>[\d.]+) (?:(?<c>[\d.]+)|var\(--chroma\)|calc\(var\(--chroma\) \* (?<share>[\d.]+)\)) (?:(?<h>[\d.]+)|var\(--hue\))\);")]
    private static partial Regex Token();
}
