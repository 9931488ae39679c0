using System.Net;
using System.Text.RegularExpressions;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Organizations;

/// <summary>What holds for each page whatever it shows.</summary>
public sealed class PagesTests
{
    [Fact]
    public async Task Every_page_carries_the_headers_no_inline_script_or_style_and_no_private_one_is_kept()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2);
        using var owner = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        using var anybody = app.Browser();
        string[] office =
        [
            "/office", "/office/events/new", $"/office/events/{show.EventId}", $"/office/events/{show.EventId}?period=all", $"/office/events/{show.EventId}/orders", $"/office/events/{show.EventId}/orders?q=in", $"/office/events/{show.EventId}/edit",
            $"/office/orders/{order}", $"/office/orders/{order}/refund", "/office/members", "/office/operations", "/door", $"/door/{show.EventId}", $"/door/{show.EventId}?q=in", "/account",
        ];
        foreach (var path in office)
        {
            var page = await owner.Get(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            Check(page, path);
            page.Header("Cache-Control").ShouldBe("no-store", path);
            page.Header("Referrer-Policy").ShouldBe("no-referrer", path);
        }
        foreach (var path in new[] { show.Path, "/sign-in", "/help", "/privacy", "/no/such/page", "/error" }) Check(await anybody.Get(path), path);
    }

    static void Check(WebPage page, string path)
    {
        var policy = page.Header("Content-Security-Policy");
        policy.ShouldNotBeNull(path);
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-inline");
        page.Header("X-Content-Type-Options").ShouldBe("nosniff", path);
        page.Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin", path);
        Regex.Match(page.Html, @"<[^>]+\s(?:style|on[a-z]+)\s*=", RegexOptions.IgnoreCase).Value.ShouldBeEmpty(path);
        Regex.Match(page.Html, @"<style|<script(?![^>]*\ssrc=|\stype=""application/ld\+json"")", RegexOptions.IgnoreCase).Value.ShouldBeEmpty(path);
        Regex.Match(page.Html, @"hx-on|js:").Value.ShouldBeEmpty(path);
    }

    [Fact]
    public async Task A_lost_page_says_so_and_a_program_gets_problem_details()
    {
        await using var app = await AppHost.Start();
        using var browser = app.Browser();
        var lost = await browser.Get("/no/such/page");
        lost.Status.ShouldBe(HttpStatusCode.NotFound);
        lost.Text.ShouldContain("This door leads nowhere");

        browser.Headers["Accept"] = "application/json";
        var problem = await browser.Get("/no/such/page");
        problem.Status.ShouldBe(HttpStatusCode.NotFound);
        problem.Header("Content-Type")!.ShouldStartWith("application/problem+json");
    }

    [Fact]
    public async Task When_the_database_is_away_a_form_comes_back_with_what_was_typed_and_one_button()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = app.Browser();
        var held = await browser.PostForm(show.Path, (show.Field, "2"));
        using var owner = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        await owner.Get("/office/events/new");
        await Databases.Close(app.Connection);

        var away = await browser.PostForm(held.Location!, ("email", "ines@example.org"), ("name", "Inês “Duarte” <b>"));

        away.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Header("Retry-After").ShouldNotBeNull();
        away.Html.ShouldContain("name=\"email\" value=\"ines@example.org\"");
        away.Text.ShouldContain("Back in a moment");
        away.Html.ShouldNotContain("<b>");
        // Nor does being signed in need the database to be told so.
        (await owner.Get("/office")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
