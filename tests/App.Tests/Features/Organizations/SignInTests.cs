using System.Net;
using App.Features.Organizations;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Organizations;

public sealed class SignInTests : IAsyncLifetime
{
    AppHost app = null!;
    Guid organization;
    string email = "";

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        organization = (await app.AddOrganization("salitre")).Id;
        email = await app.AddMember(organization, StaffRole.Promoter, "ines@salitre.example");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_promoter_signs_in_and_sees_their_events()
    {
        using var browser = app.Browser();
        (await browser.SignIn(email, StaffBrowser.Password)).Text.ShouldContain("No events yet");
        browser.Cookies.Keys.ShouldContain("foyer-sid");
    }

    [Fact]
    public async Task An_address_may_be_typed_in_capitals()
    {
        using var browser = app.Browser();
        (await browser.SignIn(" INES@Salitre.example ", StaffBrowser.Password)).Address.AbsolutePath.ShouldBe("/office");
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_page()
    {
        using var one = app.Browser();
        using var other = app.Browser();
        var (wrong, unknown) = (await one.SignIn(email, "not this one, surely"), await other.SignIn("nobody@salitre.example", "not this one, surely"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unknown.Status.ShouldBe(wrong.Status);
        unknown.Text.ShouldBe(wrong.Text);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_an_unknown_address_alike_for_a_quarter_of_an_hour()
    {
        foreach (var address in new[] { email, "nobody@salitre.example" })
        {
            using var browser = app.Browser();
            for (var i = 0; i < 4; i++) (await browser.SignIn(address, $"wrong password {i}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, address);
            (await browser.SignIn(address, "wrong password 5")).Status.ShouldBe(HttpStatusCode.TooManyRequests, address);
            (await browser.SignIn(address, StaffBrowser.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests, address);
        }
        app.Clock.Now += TimeSpan.FromMinutes(16);
        using var later = app.Browser();
        (await later.SignIn(email, StaffBrowser.Password)).Address.AbsolutePath.ShouldBe("/office");
    }

    [Fact]
    public async Task The_lockout_holds_in_another_process_and_guesses_side_by_side_all_count()
    {
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var guess = rival.Browser();
            await guess.SignIn(email, $"wrong password {i}");
        }));
        using var browser = app.Browser();
        (await browser.SignIn(email, StaffBrowser.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task A_return_address_elsewhere_is_not_followed(string returnUrl)
    {
        using var browser = app.Browser();
        (await browser.SignIn(email, StaffBrowser.Password, returnUrl)).Address.AbsolutePath.ShouldBe("/office");
    }

    [Fact]
    public async Task Signing_out_ends_it_also_for_a_copy_of_the_cookie()
    {
        using var browser = await app.SignedIn(organization, StaffRole.Owner);
        using var copy = app.Browser();
        foreach (var (name, value) in browser.Cookies) copy.Cookies[name] = value;
        (await copy.Get("/office")).Status.ShouldBe(HttpStatusCode.OK);

        (await browser.PostForm("/sign-out")).Location.ShouldBe("/sign-in");

        (await copy.Get("/office")).Location!.ShouldContain("/sign-in");
        (await browser.Get("/office")).Location!.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_sign_in_ends_half_an_hour_after_its_last_use_and_after_twelve_hours_in_all()
    {
        using var busy = await app.SignedIn(organization, StaffRole.Owner);
        using var door = await app.SignedIn(organization, StaffRole.Door);
        for (var i = 0; i < 24; i++)
        {
            app.Clock.Now += TimeSpan.FromMinutes(29);
            (await busy.Get("/office")).Status.ShouldBe(HttpStatusCode.OK, $"minute {29 * (i + 1)}");
        }
        (await door.Get("/door")).Status.ShouldBe(HttpStatusCode.OK, "nobody came for hours, and now they do");
        using var idle = app.Browser();
        await idle.SignIn(email, StaffBrowser.Password);
        app.Clock.Now += TimeSpan.FromMinutes(31);
        (await idle.Get("/office")).Location!.ShouldContain("/sign-in?returnUrl=%2Foffice");
        (await busy.Get("/office")).Location!.ShouldContain("/sign-in", customMessage: "twelve hours");
        (await door.Get("/door")).Location!.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_out_of_reach_of_scripts()
    {
        using var browser = app.Browser();
        await browser.Get("/sign-in");
        var page = await browser.PostForm("/sign-in", ("email", email), ("password", StaffBrowser.Password));
        var cookie = page.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("foyer-sid=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("domain=");
    }

    [Fact]
    public async Task Somebody_added_gets_a_password_once_and_must_choose_their_own()
    {
        using var owner = await app.SignedIn(organization, StaffRole.Owner);
        await owner.Get("/office/members");
        var added = await owner.PostForm("/office/members", ("name", "Marta Reis"), ("email", "marta@salitre.example"), ("role", StaffRole.Promoter));
        var password = Secret(added);
        password.Length.ShouldBe(19);
        (await owner.Get("/office/members")).Html.ShouldNotContain(password);

        using var marta = app.Browser();
        (await marta.SignIn("marta@salitre.example", password)).Address.AbsolutePath.ShouldBe("/account");
        (await marta.Get("/office")).Location.ShouldBe("/account");
        await marta.Get("/account");
        (await marta.PostForm("/account", ("current", password), ("fresh", "short"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await marta.PostForm("/account", [("current", password), ("fresh", "the sea is calm tonight")], follow: true)).Text.ShouldContain("Password changed");
        (await marta.Get("/office")).Status.ShouldBe(HttpStatusCode.OK);

        // Forgotten: an owner makes another, and whoever sits at the old sign-in is out.
        var id = (await app.Get<Members>().Of(organization, default)).Single(m => m.Name == "Marta Reis").Id;
        var renewed = Secret(await owner.PostForm("/office/members?handler=Password", ("memberId", id.ToString())));
        (await marta.Get("/office")).Status.ShouldBe(HttpStatusCode.Redirect);
        await marta.Get("/sign-in");
        (await marta.SignIn("marta@salitre.example", "the sea is calm tonight")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await marta.SignIn("marta@salitre.example", renewed)).Address.AbsolutePath.ShouldBe("/account");

        // Who works elsewhere too isn't one owner's to let in.
        await app.AddMember((await app.AddOrganization("elsewhere")).Id, StaffRole.Owner, "marta@salitre.example");
        (await owner.PostForm("/office/members?handler=Password", ("memberId", id.ToString()))).Text.ShouldContain("works for another organization too");
    }

    static string Secret(WebPage page) => System.Text.RegularExpressions.Regex.Match(page.Html, "<code class=\"secret\">([^<]+)</code>").Groups[1].Value;

    [Fact]
    public async Task The_last_owner_stays_also_when_two_owners_remove_each_other()
    {
        var members = app.Get<Members>();
        await app.AddMember(organization, StaffRole.Owner, "a@salitre.example");
        await app.AddMember(organization, StaffRole.Owner, "b@salitre.example");
        var owners = (await members.Of(organization, default)).Where(m => m.Role == StaffRole.Owner).Select(m => m.Id).ToArray();

        await Task.WhenAll(owners.Select(async id => { try { await members.Remove(organization, id, default); } catch (App.Infrastructure.Refused) { } }));

        (await members.Of(organization, default)).Count(m => m.Role == StaffRole.Owner).ShouldBe(1);
        var last = (await members.Of(organization, default)).Single(m => m.Role == StaffRole.Owner).Id;
        await Should.ThrowAsync<App.Infrastructure.Refused>(() => members.ChangeRole(organization, last, StaffRole.Door, default));
    }

    [Fact]
    public async Task A_removed_member_is_out_at_their_next_click()
    {
        using var promoter = await app.SignedIn(organization, StaffRole.Promoter);
        var id = (await app.Get<Members>().Of(organization, default)).Single(m => m.Email.StartsWith("promoter-", StringComparison.Ordinal)).Id;
        await app.Get<Members>().Remove(organization, id, default);
        (await promoter.Get("/office")).Location!.ShouldContain("/sign-in");
    }
}
