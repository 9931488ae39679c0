using App.Tests.Support;

namespace App.Tests.Architecture;

public sealed class HouseRulesTests
{
    static readonly Lazy<SourceFile[]> Sources = new(() => [.. Repository.Files("src").Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal) || f.EndsWith(".sql", StringComparison.Ordinal) || f.EndsWith(".ttf", StringComparison.Ordinal))
        .Select(f => new SourceFile(f, f.EndsWith(".ttf", StringComparison.Ordinal) ? "" : Repository.Read(f)))]);

    public static TheoryData<string> Rules => [.. HouseRules.All.Keys];

    [Theory, MemberData(nameof(Rules))]
    public void The_sources_keep_the_rule(string rule) => HouseRules.All[rule](Sources.Value).ShouldBeEmpty(rule);

    /// <summary>A rule that nothing could break would hold for ever.</summary>
    [Theory]
    [InlineData("A feature knows another by its Contracts only", "src/App/Features/Tickets/Spy.cs", "using App.Features.Checkout;")]
    [InlineData("A feature knows another by its Contracts only", "src/App/Features/Tickets/Spy.cs", "class Spy { App.Features.Checkout.Order? o; }")]
    [InlineData("A feature knows another by its Contracts only", "src/App/Features/Tickets/_Spy.cshtml", "@using App.Features.Checkout")]
    [InlineData("Infrastructure names no feature", "src/App/Infrastructure/Store/Spy.cs", "using App.Features.Tickets;")]
    [InlineData("Nothing is put off in a comment", "src/App/Features/Tickets/Spy.cs", "// TO" + "DO later")]
    [InlineData("No folder holds one file", "src/App/Features/Lonely/Spy.cs", "")]
    [InlineData("A page is named for its screen, once", "src/App/Features/Tickets/Index.cshtml", "@page")]
    [InlineData("A page is named for its screen, once", "src/App/Features/Tickets/Checkout.cshtml", "@page")]
    [InlineData("A file can be read in one sitting", "src/App/Features/Tickets/Spy.cs", Long)]
    [InlineData("Views hold no inline script or style", "src/App/Features/Tickets/_Spy.cshtml", "<p style=\"color:red\">")]
    [InlineData("Views hold no inline script or style", "src/App/Features/Tickets/_Spy.cshtml", "<script>alert(1)</script>")]
    [InlineData("Views hold no inline script or style", "src/App/Features/Tickets/_Spy.cshtml", "<p onclick=\"go()\">")]
    [InlineData("A text is tidy: spaces, line feeds, nothing behind a line, one at the end", "src/App/Features/Tickets/Spy.cs", "class Spy; \n")]
    [InlineData("A text is tidy: spaces, line feeds, nothing behind a line, one at the end", "src/App/Features/Tickets/Spy.cs", "class Spy;")]
    [InlineData("No folder is a drawer for everything", "src/App/Features/Tickets/Helpers/Spy.cs", "")]
    public void A_planted_breach_is_found(string rule, string path, string text)
    {
        if (text == Long) text = new string('\n', 300);
        HouseRules.All[rule]([.. Sources.Value, new(path, text)]).ShouldNotBeEmpty();
    }

    const string Long = "(three hundred lines)";

    [Theory]
    [InlineData("using App.Features.Checkout.Contracts;")]
    [InlineData("using App.Features.Shared;")]
    [InlineData("namespace App.Features.Tickets;")]
    public void What_is_allowed_is_no_breach(string text) =>
        HouseRules.All["A feature knows another by its Contracts only"]([new("src/App/Features/Tickets/Friend.cs", text)]).ShouldBeEmpty();
}
