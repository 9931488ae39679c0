using System.Text.Encodings.Web;
using App.Features.Content.Package;

namespace App.Tests.Features.Content;

/// <summary>Whatever somebody writes into Markdown, nothing of it runs, nobody else is asked for anything, and no link leads where a link may not. The software before Foyer let raw HTML through (plaza.md §5.13).</summary>
public sealed class CopyMarkupTests
{
    static string Html(string markdown)
    {
        using var to = new StringWriter();
        CopyMarkup.Html(markdown, l => l.Target, _ => null, w => w).WriteTo(to, HtmlEncoder.Default);
        return to.ToString();
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<div style=\"position:fixed\">x</div>")]
    [InlineData("<iframe srcdoc=\"x\"></iframe>")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("text <b onclick=x>bold</b>")]
    [InlineData("<!-- comment --><style>*{}</style>")]
    [InlineData("<p hx-get=/office hx-trigger=load>")]
    [InlineData("# head {onclick=alert(1)}")]
    public void Html_is_words(string markdown) => System.Text.RegularExpressions.Regex.Count(Html(markdown), "<(?!/?(p|h2|em|strong)>)").ShouldBe(0, Html(markdown));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JAVASCRIPT:alert(1))")]
    [InlineData("[x](java&#115;cript:alert(1))")]
    [InlineData("[x](<java\tscript:alert(1)>)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://spy.example/1.png)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](images/none.png)")]
    public void What_may_not_be_a_link_or_a_picture_is_its_words(string markdown)
    {
        var html = Html(markdown);
        html.ShouldNotContain("href=");
        html.ShouldNotContain("src=");
        html.ShouldContain(markdown[0] == '<' ? "alert" : "x");
    }

    [Theory]
    [InlineData("[x](https://a.example/?q=1)", "href=\"https://a.example/?q=1\"")]
    [InlineData("[x](mailto:a@b.example)", "href=\"mailto:a@b.example\"")]
    [InlineData("[x](/help)", "href=\"/help\"")]
    [InlineData("https://a.example/", "href=\"https://a.example/\"")]
    public void What_may_be_a_link_is_one(string markdown, string href) => Html(markdown).ShouldContain(href);

    [Fact]
    public void A_title_cannot_bring_an_attribute() => Html("[x](https://a.example \"y\\\" onmouseover=\\\"alert(1)\")").ShouldNotContain("onmouseover");

    [Fact]
    public void Headings_begin_at_the_second_level_and_skip_none() => Html("#### A\n\n###### B\n").ReplaceLineEndings("").ShouldBe("<h2>A</h2><h3>B</h3>");

    [Fact]
    public void Names_are_words_and_not_Markdown()
    {
        using var to = new StringWriter();
        CopyMarkup.Html("Hello {event}", l => l.Target, _ => null, w => w.Replace("{event}", "<b>[x](javascript:1)", StringComparison.Ordinal)).WriteTo(to, HtmlEncoder.Default);
        to.ToString().ReplaceLineEndings("").ShouldBe("<p>Hello &lt;b&gt;[x](javascript:1)</p>");
    }
}
