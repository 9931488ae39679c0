using System.Net;
using System.Text.Json;
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
        foreach (var denied in new[] { "geolocation", "microphone", "usb", "serial", "hid", "midi", "display-capture", "payment", "fullscreen" }) page.Header("Permissions-Policy")!.Split(", ").ShouldContain(denied + "=()", path);
        page.Header("Strict-Transport-Security").ShouldBeNull(path); // this house's address is http
        // htmx 4 asks for its own origin only, unless told otherwise, and evaluates nothing: what there is to loosen isn't loosened.
        var htmx = JsonDocument.Parse(WebUtility.HtmlDecode(Regex.Match(page.Html, "<meta name=\"htmx-config\" content='([^']+)'").Groups[1].Value)).RootElement;
        htmx.EnumerateObject().Select(o => o.Name).ShouldBe(["includeIndicatorCSS", "history"], ignoreOrder: true, path);
        htmx.GetProperty("includeIndicatorCSS").GetBoolean().ShouldBeFalse(path);
        htmx.GetProperty("history").GetString().ShouldBe("reload", path);
        Regex.Match(page.Html, @"<[^>]+\s(?:style|on[a-z]+)\s*=", RegexOptions.IgnoreCase).Value.ShouldBeEmpty(path);
        Regex.Match(page.Html, @"<style|<script(?![^>]*\ssrc=|\stype=""application/ld\+json"")", RegexOptions.IgnoreCase).Value.ShouldBeEmpty(path);
        Regex.Match(page.Html, @"hx-on|js:").Value.ShouldBeEmpty(path);
    }

    [Fact]
    public async Task With_an_https_address_every_cookie_is_this_hosts_alone_and_every_answer_asks_for_https()
    {
        await using var app = await AppHost.Start(settings: "--PublicUrl=https://foyer.example");
        var show = await app.AddShow();
        using var owner = app.Browser();
        owner.Headers["X-Forwarded-Proto"] = "https";
        await owner.SignIn(await app.AddMember(show.OrganizationId, StaffRole.Owner), StaffBrowser.Password);
        await owner.Get("/office/operations");
        await owner.PostForm("/office/operations?handler=retryall", ("type", "nothing"));
        await owner.Get(show.Path + "?lang=de");

        owner.SetCookies.Select(c => c[..c.IndexOf('=')]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["__Host-af", "__Host-lang", "__Host-said", "__Host-sid"]);
        foreach (var cookie in owner.SetCookies)
        {
            var attributes = cookie.Split("; ").Skip(1).Select(a => a.ToLowerInvariant()).ToArray();
            attributes.ShouldContain("secure", cookie);
            attributes.ShouldContain("httponly", cookie);
            attributes.ShouldContain("path=/", cookie);
            attributes.ShouldContain(a => a == "samesite=lax" || a == "samesite=strict", cookie);
            attributes.ShouldNotContain(a => a.StartsWith("domain", StringComparison.Ordinal), cookie);
        }
        foreach (var path in new[] { show.Path, "/office", "/no/such/page", "/health/live", "/js/offline.js" })
            (await owner.Get(path)).Header("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains", path);
    }

    [Fact]
    public async Task More_than_a_megabyte_is_refused_before_it_is_read_and_pages_that_take_pictures_take_more()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var anybody = app.Browser();
        using var owner = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        var held = (await anybody.PostForm(show.Path, (show.Field, "1"))).Location!;
        foreach (var (browser, path) in new[] { (anybody, "/sign-in"), (anybody, show.Path), (anybody, held), (owner, "/office/members") })
            (await SendTooMuch(browser, path)).ShouldBe(HttpStatusCode.RequestEntityTooLarge, path);
        (await owner.Upload($"/office/events/{show.EventId}/edit?handler=art", [], "night.jpg", new byte[1_100_000])).Status.ShouldNotBe(HttpStatusCode.RequestEntityTooLarge);
        (await anybody.Get(held)).Status.ShouldBe(HttpStatusCode.OK);

        // Waits to be told to go on before it sends what it has, so that the answer is heard however early it comes.
        async Task<HttpStatusCode> SendTooMuch(Browser who, string path)
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, path)) { Content = new ByteArrayContent(new byte[1_100_000]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } } };
            request.Headers.ExpectContinue = true;
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            if (who.Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", who.Cookies.Select(c => $"{c.Key}={c.Value}")));
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
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
    public async Task When_the_database_is_away_a_form_comes_back_with_what_wwhotyped_and_one_button()
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
