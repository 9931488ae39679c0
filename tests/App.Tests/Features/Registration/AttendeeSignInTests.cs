using System.Net;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>Links and codes, security.md S15–S18. What the old system did instead (plaza.md §5): a link that works again and again for half an hour, finished by looking at it (13), and an answer that tells who has a ticket (6).</summary>
public sealed class AttendeeSignInTests : WithInes
{
    Task<long> SignIns() => App.Db.QueryFirst<long>("select count(*) from registration_sessions", default);

    [Fact]
    public async Task Looking_at_a_link_uses_nothing_up_and_a_press_signs_in_once()
    {
        using var browser = App.Browser();
        var (link, _) = (await App.AskForLink(browser, Show, " Ines@EXAMPLE.org ")).ShouldNotBeNull();
        using var scanner = App.Browser();
        for (var i = 0; i < 3; i++) (await scanner.Get(link)).Status.ShouldBe(HttpStatusCode.OK, "mail scanners open links");
        var page = await browser.Get(link);
        page.Text.ShouldContain("One press");
        (page.Header("Referrer-Policy"), page.Header("Cache-Control")).ShouldBe(("no-referrer", "no-store"));
        (await SignIns()).ShouldBe(0);

        (await browser.PostForm(link)).Location.ShouldBe(Show.Path + "/profile");
        (await SignIns()).ShouldBe(1);
        (await browser.Get(SignIn)).Location.ShouldBe(Show.Path + "/profile", "signed in already");
        using var again = App.Browser();
        foreach (var (name, value) in browser.Cookies) if (name.EndsWith("asks", StringComparison.Ordinal)) again.Cookies[name] = value;
        await again.Get(SignIn);
        (await again.PostForm(link)).Status.ShouldBe(HttpStatusCode.Gone, "single use");
        (await App.Attendee(Show, Ines))!.ToAttendee().Tickets.ShouldBe(["Standing"]);
    }

    [Fact]
    public async Task Ten_presses_at_once_sign_in_once()
    {
        using var browser = App.Browser();
        var (link, _) = (await App.AskForLink(browser, Show, Ines)).ShouldNotBeNull();
        await browser.Get(link);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.PostForm(link)));
        all.Count(p => p.Location is not null).ShouldBe(1);
        (await SignIns()).ShouldBe(1);
    }

    [Fact]
    public async Task Another_browser_needs_the_code_as_well()
    {
        using var browser = App.Browser();
        var (link, code) = (await App.AskForLink(browser, Show, Ines)).ShouldNotBeNull();
        using var other = App.Browser();
        (await other.PostForm(link)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.PostForm(link, ("code", "000000"))).Text.ShouldContain("isn't the code");
        (await SignIns()).ShouldBe(0);
        (await other.PostForm(link, ("code", code))).Location.ShouldBe(Show.Path + "/profile");
        (await browser.Get(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task The_code_signs_in_where_it_was_asked_for_and_five_wrong_ones_end_it()
    {
        using var browser = App.Browser();
        var (_, code) = (await App.AskForLink(browser, Show, Ines)).ShouldNotBeNull();
        var asks = await browser.Get(SignIn + "?step=code");
        asks.Html.ShouldContain("autocomplete=\"one-time-code\"");
        (await browser.PostForm(SignIn + "?handler=code", ("code", code))).Location.ShouldBe(Show.Path + "/profile");

        using var guesser = App.Browser();
        var (_, right) = (await App.AskForLink(guesser, Show, Ines)).ShouldNotBeNull();
        var wrong = right == "123 456" ? "654321" : "123456";
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => guesser.PostForm(SignIn + "?handler=code", ("code", wrong))));
        (await guesser.PostForm(SignIn + "?handler=code", ("code", right))).Text.ShouldContain("This code is over");
    }

    [Fact]
    public async Task A_newer_link_ends_the_older_and_ten_minutes_end_each()
    {
        using var browser = App.Browser();
        var (old, _) = (await App.AskForLink(browser, Show, Ines)).ShouldNotBeNull();
        var (link, code) = (await App.AskForLink(browser, Show, Ines)).ShouldNotBeNull();
        (await browser.Get(old)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.Get(link)).Status.ShouldBe(HttpStatusCode.OK);
        App.Clock.Now += TimeSpan.FromMinutes(10);
        (await browser.PostForm(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.PostForm(SignIn + "?handler=code", ("code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SignIns()).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_learns_who_has_access_and_a_stranger_gets_no_mail()
    {
        using var known = App.Browser();
        using var unknown = App.Browser();
        var (asked, strange) = (await known.PostForm(SignIn, ("email", Ines)), await unknown.PostForm(SignIn, ("email", "stranger@example.org")));
        (strange.Status, strange.Location).ShouldBe((asked.Status, asked.Location));
        await App.HandleDueMessages();
        App.Mails.Where(m => m.Key.StartsWith("sign-in.", StringComparison.Ordinal)).Select(m => m.To).ShouldBe([Ines]);
        var (mine, theirs) = (await known.Get(SignIn + "?step=code"), await unknown.Get(SignIn + "?step=code"));
        Alike(theirs.Text.Replace("stranger@example.org", Ines, StringComparison.Ordinal)).ShouldBe(Alike(mine.Text));
        (await unknown.PostForm(SignIn + "?handler=code", ("code", "123456"))).Text.ShouldContain("isn't the code");

        // Each request has its own number.
        static string Alike(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"number: \d\d", "number: 42");
    }

    [Fact]
    public async Task Asking_too_often_is_refused_by_address_whether_it_is_known_or_not()
    {
        foreach (var email in new[] { Ines, "stranger@example.org" })
        {
            for (var i = 0; i < SignInAllowance.PerAddress; i++) (await App.Browser().PostForm(SignIn, ("email", email))).Status.ShouldBe(HttpStatusCode.Redirect);
            var page = await App.Browser().PostForm(SignIn, ("email", email));
            page.Status.ShouldBe(HttpStatusCode.TooManyRequests);
            page.Header("Retry-After").ShouldBe("900");
        }
        (await App.Browser().PostForm(SignIn, ("email", "no address"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        App.Clock.Now += SignInAllowance.Window;
        (await App.Browser().PostForm(SignIn, ("email", Ines))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Staff_come_in_by_asking_and_are_admins()
    {
        var email = await App.AddMember(Show.OrganizationId, StaffRole.Promoter);
        using var browser = await App.SignedInAttendee(Show, email);
        (await App.Attendee(Show, email))!.ToAttendee().Roles.ShouldBe([AttendeeRole.Admin]);
    }

    [Fact]
    public async Task A_return_address_leads_only_below_the_conference()
    {
        foreach (var (wanted, got) in new[] { (Show.Path + "/sessions/lamps", Show.Path + "/sessions/lamps"), ("https://evil.example/", Show.Path + "/profile"), ("//evil.example", Show.Path + "/profile"), (Show.Path + "/../../office", Show.Path + "/profile"), ("/office", Show.Path + "/profile") })
        {
            App.Clock.Now += SignInAllowance.Window;
            using var browser = App.Browser();
            await browser.PostForm(SignIn, ("email", Ines), ("returnUrl", wanted));
            await App.HandleDueMessages();
            (await browser.PostForm(Conferences.Read(App.Mails[^1]).Link)).Location.ShouldBe(got);
        }
    }
}
