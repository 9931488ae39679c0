using System.Text.RegularExpressions;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Tests.Features.Shared;

namespace App.Tests.Infrastructure.Mail;

/// <summary>WCAG 1.4.3 for what mails write on what they paint, read off the compiled templates, over every colour an organization can choose; in the light and where a mailbox is dark.</summary>
public sealed partial class MailColoursTests
{
    const double Least = 4.5;

    public static TheoryData<string> Templates => [.. typeof(MailTemplates).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("mail/", StringComparison.Ordinal) && n.EndsWith(".hbs", StringComparison.Ordinal) && !n.EndsWith(".txt.hbs", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Templates))]
    public void Every_word_is_readable_on_its_ground(string template)
    {
        using var reader = new StreamReader(typeof(MailTemplates).Assembly.GetManifestResourceStream(template)!);
        var html = reader.ReadToEnd();
        var written = Written(html);
        foreach (var ground in new[] { "{{house}}", "{{brand}}", "#ffffff" }) written.Select(w => w.Ground).ShouldContain(ground, "the band, the button and the page are there to be looked at");
        var (light, dark) = (html[html.IndexOf(":root", StringComparison.Ordinal)..html.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal)], Dark().Match(html));
        written.UnionWith(Colour().Matches(light).Select(m => (m.Groups["word"].Value, "#ffffff")));
        // A dark mailbox paints the page and its words anew; the button keeps its ground, the band both.
        written.UnionWith([(dark.Groups["word"].Value, dark.Groups["ground"].Value), (dark.Groups["word"].Value, "{{brand}}")]);
        foreach (var (word, ground) in written) Worst(word, ground).ShouldBeGreaterThanOrEqualTo(Least, $"{word} on {ground}");
    }

    [Fact]
    public void A_pair_that_is_too_close_would_be_found()
    {
        Written("<body style=\"background-color:#ffffff\"><p style=\"color:#777777\">a<br>b</p><td bgcolor=\"#fff\" style=\"background:{{brand}};color:#999999\"> <a href=\"x\">c</a></td>d</body>")
            .ShouldBe([("#777777", "#ffffff"), ("#999999", "{{brand}}"), ("#000000", "#ffffff")], ignoreOrder: true);
        (Worst("#777777", "#ffffff") < Least, Worst("#999999", "{{brand}}") < Least).ShouldBe((true, true));
    }

    static double Worst(string word, string ground)
    {
        var worst = double.MaxValue;
        for (var hue = 0; hue < 360; hue += 3)
            for (var step = 0; step <= 17; step++)
                worst = Math.Min(worst, Contrast.Of(Resolve(word, hue, step / 100.0), Resolve(ground, hue, step / 100.0)));
        return worst;
    }

    static string Resolve(string colour, int hue, double chroma) => colour switch
    {
        "{{house}}" => Oklch.House(hue, chroma).ToHex(),
        "{{brand}}" => Oklch.Brand(hue, chroma).ToHex(),
        _ => colour,
    };

    /// <summary>Each colour in which something is written, and what it stands on.</summary>
    static HashSet<(string Word, string Ground)> Written(string html)
    {
        var body = Unseen().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], "");
        var (written, open) = (new HashSet<(string, string)>(), new Stack<(string Tag, string Word, string Ground)>([("", "#000000", "#ffffff")]));
        foreach (Match part in Part().Matches(body))
        {
            var (tag, within) = (part.Groups["tag"].Value, open.Peek());
            if (tag.Length == 0) { if (part.Value.Trim().Length > 0) written.Add((within.Word, within.Ground)); }
            else if (part.Value[1] == '/') { while (open.Count > 1 && open.Pop().Tag != tag) { } }
            else if (tag is not ("img" or "br")) open.Push((tag, Last(Colour(), part.Value, "word") ?? within.Word, Last(Ground(), part.Value, "ground") ?? within.Ground));
        }
        return written;
    }

    static string? Last(Regex colour, string tag, string group) => colour.Matches(tag) is [.., var last] ? last.Groups[group].Value : null;

    /// <summary>What only Outlook reads, and the line that only lists of mails show.</summary>
    [GeneratedRegex("<!--.*?-->|<div[^>]*display:none[^>]*>[^<]*</div>", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("</?(?<tag>[a-z0-9]+)[^>]*>|[^<]+")]
    private static partial Regex Part();

    [GeneratedRegex("(?<![-\\w])color:\\s*(?<word>#[0-9a-f]{6}|\\{\\{\\w+\\}\\})")]
    private static partial Regex Colour();

    [GeneratedRegex("background(-color)?:\\s*(?<ground>#[0-9a-f]{6}|\\{\\{\\w+\\}\\})")]
    private static partial Regex Ground();

    [GeneratedRegex("prefers-color-scheme: dark\\) \\{.*?background-color: (?<ground>#[0-9a-f]{6}) !important.*?[^-]color: (?<word>#[0-9a-f]{6}) !important", RegexOptions.Singleline)]
    private static partial Regex Dark();
}
