using System.Net;
using System.Text.RegularExpressions;
using App.Features.Organizations;
using App.Features.Shared;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Organizations;

/// <summary>Deeds for which being signed in isn't enough (security.md S19), and what is kept of what was typed when a sign-in is over (S20).</summary>
[Collection(WaysIn.Name)]
public sealed class StepUpTests(WaysIn house)
{
    AppHost App => house.App;

    [Fact]
    public async Task A_file_with_more_than_a_thousand_people_wants_a_passkey_shown_freshly_and_who_has_none_makes_one_there()
    {
        using var key = new SoftwareAuthenticator();
        using var browser = await Somebody();
        var export = await Export(INamesPeople.Many + 1);
        var asked = (await browser.Get(export)).Location!;
        asked.ShouldBe("/account/prove/people?returnUrl=" + Uri.EscapeDataString(export));
        var page = await browser.Get(asked);
        page.Text.ShouldContain("This file names more than 1,000 people.");
        page.Text.ShouldContain("you have none yet. Make one now");
        page.Html.ShouldNotContain("name=\"password\"", customMessage: "a password alone is not enough, however fresh");
        (await browser.PostForm("/account/prove/people", ("password", StaffBrowser.Password), ("returnUrl", export))).Location.ShouldBe(asked, "it was right, and isn't enough");
        (await browser.Get(export)).Location.ShouldBe(asked);
        (await browser.PostForm("/account/prove/people?handler=passkeyoptions", ("proof", "not this one, surely"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var made = await browser.PostForm("/account/prove/people?handler=addpasskey", ("credential", key.Create(await Options(browser))), ("returnUrl", export));
        made.Location.ShouldBe(asked);
        (await browser.Get(asked)).Html.ShouldContain($"href=\"{WebUtility.HtmlEncode(export)}\"");
        (await browser.Get(export)).Html.Split('\n').Length.ShouldBeGreaterThan(INamesPeople.Many);

        App.Clock.Now += StepUp.Lasts;
        (await browser.Get(export)).Location.ShouldBe(asked, "ten minutes later somebody else may sit there");
        (await browser.Get(asked)).Text.ShouldContain("Use your passkey");
        (await browser.PostForm("/account/prove/people?handler=passkey", ("credential", key.Get(await Options(browser))), ("returnUrl", export))).Location.ShouldBe(asked);
        (await browser.Get(export)).Status.ShouldBe(HttpStatusCode.OK);

        using var other = await Somebody();
        var refused = await other.PostForm("/account/prove/people?handler=passkey", ("credential", key.Get("""{"challenge":"AAAA"}""")), ("returnUrl", export));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "it is somebody else's");
        (await other.Get(export)).Location.ShouldBe(asked);
    }

    [Fact]
    public async Task Up_to_a_thousand_people_nothing_is_asked()
    {
        using var browser = await Somebody();
        App.Clock.Now += StepUp.Lasts;
        (await browser.Get(await Export(INamesPeople.Many))).Header("Content-Type")!.ShouldStartWith("text/csv");
    }

    [Fact]
    public async Task In_a_demo_the_password_is_enough_and_it_is_asked_again_too()
    {
        await using var demo = await AppHost.Start(connection: App.Connection, clock: App.Clock, settings: ["--StepUp:PasswordIsEnough=true"]);
        var (export, email) = (await Export(INamesPeople.Many + 1), await Owner());
        using var browser = demo.Browser();
        await browser.SignIn(email, StaffBrowser.Password);
        (await browser.Get(export)).Status.ShouldBe(HttpStatusCode.OK, "signed in just now");
        App.Clock.Now += StepUp.Lasts;
        var asked = (await browser.Get(export)).Location!;
        (await browser.Get(asked)).Html.ShouldContain("name=\"password\"");
        var wrong = await browser.PostForm("/account/prove/people", ("password", "not this one, surely"), ("returnUrl", export));
        (wrong.Status, wrong.Text.Contains("This isn't your password now", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await browser.PostForm("/account/prove/people", ("password", StaffBrowser.Password), ("returnUrl", export))).Location.ShouldBe(asked);
        (await browser.Get(export)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_gets_into_the_office_is_changed_after_a_fresh_sign_in_only_and_what_was_typed_is_kept()
    {
        using var browser = await Somebody();
        var newcomer = house.Address();
        await browser.Get("/office/members");
        App.Clock.Now += StepUp.Lasts;
        (await browser.Get("/office/members")).Status.ShouldBe(HttpStatusCode.OK, "looking is free");
        var asked = (await browser.PostForm("/office/members", ("name", "Marta & Reis"), ("email", newcomer), ("role", StaffRole.Promoter))).Location!;
        asked.ShouldStartWith("/account/prove/keys?returnUrl=%2Faccount%2Fheld%2F");
        (await App.Get<Members>().Of(house.Show.OrganizationId, default)).ShouldNotContain(m => m.Email == newcomer);

        (await browser.Get(asked)).Text.ShouldContain("This changes who gets into the office.");
        var held = (await browser.PostForm("/account/prove/keys", ("password", StaffBrowser.Password), ("returnUrl", Uri.UnescapeDataString(asked.Split('=')[1])))).Location!;
        var sent = await SendOn(browser, held, "/office/members");
        sent.Text.ShouldContain("Marta & Reis signs in with this password, once:");
    }

    [Theory]
    [InlineData("/account/prove/other", HttpStatusCode.NotFound)]
    [InlineData("/account/prove/keys?returnUrl=https://evil.example/", HttpStatusCode.OK)]
    public async Task The_page_that_asks_leads_nowhere_else(string path, HttpStatusCode status)
    {
        using var browser = await Somebody();
        var page = await browser.Get(path);
        (page.Status, page.Html.Contains("evil", StringComparison.Ordinal)).ShouldBe((status, false));
        (await browser.PostForm("/account/prove/keys", ("password", StaffBrowser.Password), ("returnUrl", "//evil.example/"))).Location.ShouldBe("/office");
    }

    [Fact]
    public async Task Changing_the_organization_shows_nobody_anything()
    {
        var email = await Owner();
        var other = (await App.AddOrganization("second-" + email.Split('@')[0])).Id;
        await App.AddMember(other, StaffRole.Owner, email);
        using var browser = App.Browser();
        await browser.SignIn(email, StaffBrowser.Password);
        App.Clock.Now += StepUp.Lasts;
        var there = (await browser.Get("/account")).Html.Contains(other.ToString(), StringComparison.Ordinal) ? other : house.Show.OrganizationId;
        (await browser.PostForm("/account?handler=organization", ("organizationId", there.ToString()))).Location.ShouldBe("/office");
        (await browser.PostForm("/office/members?handler=role", ("memberId", Guid.Empty.ToString()), ("role", "owner"))).Location!.ShouldStartWith("/account/prove/keys");
    }

    [Fact]
    public async Task What_is_sent_after_half_an_hour_of_typing_is_kept_until_its_sender_has_signed_in_again_and_for_nobody_else()
    {
        var email = await Owner();
        using var browser = App.Browser();
        await browser.SignIn(email, StaffBrowser.Password);
        await browser.Get("/office/events/new");
        App.Clock.Now += Sessions.Idle + TimeSpan.FromSeconds(1);
        var asked = (await browser.PostForm("/office/events/new", ("title", "A long evening\nof <b>words</b>"), ("wifiPassword", "tell nobody"))).Location!;
        asked.ShouldStartWith("/sign-in?returnUrl=%2Faccount%2Fheld%2F");
        (await App.Db.Query<string>("select body from organizations_held_forms", default)).ShouldNotContain(b => b.Contains("evening", StringComparison.Ordinal), "encrypted");
        (await browser.Get(asked)).Text.ShouldContain("What you sent is kept for a quarter of an hour");
        var held = Uri.UnescapeDataString(asked.Split('=')[1]);

        using var stranger = await Somebody();
        (await stranger.Get(held)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.SignIn(email, StaffBrowser.Password, held)).Address.AbsolutePath.ShouldBe(held);
        var page = await browser.Get(held);
        page.Html.ShouldNotContain("tell nobody");
        var sent = await SendOn(browser, held, "/office/events/new");
        sent.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "it lacks what the form wants");
        WebUtility.HtmlDecode(sent.Html).ShouldContain("of <b>words</b>");

        App.Clock.Now += HeldForms.Lives;
        await browser.SignIn(email, StaffBrowser.Password);
        (await browser.Get(held)).Text.ShouldContain("No longer kept");
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_strangers_form_and_a_part_of_a_page_takes_nobody_away_from_their_typing()
    {
        using var stranger = App.Browser();
        (await stranger.Post("/office/events/new", [("title", "X")])).Location!.ShouldContain("/sign-in?returnUrl=%2Foffice%2Fevents%2Fnew");
        using var browser = await Somebody();
        App.Clock.Now += Sessions.Idle + TimeSpan.FromSeconds(1);
        browser.Headers["HX-Request"] = "true";
        var part = await browser.Post($"/office/events/{house.Show.EventId}/edit?handler=preview", [("title", "X")]);
        (part.Status, part.Header("HX-Redirect")).ShouldBe((HttpStatusCode.NoContent, null));
    }

    /// <summary>Presses the button of the page that holds a form.</summary>
    static async Task<WebPage> SendOn(Browser browser, string held, string to)
    {
        var page = await browser.Get(held);
        page.Html.ShouldContain($"action=\"{to}\"");
        var fields = Regex.Matches(page.Html, "<input type=\"hidden\" name=\"(?<name>[^\"_]+)\" value=\"(?<value>[^\"]*)\"").Select(m => (WebUtility.HtmlDecode(m.Groups["name"].Value), WebUtility.HtmlDecode(m.Groups["value"].Value)));
        return await browser.PostForm(to, fields);
    }

    static async Task<string> Options(Browser browser)
    {
        var answer = await browser.PostForm("/account/prove/people?handler=passkeyoptions", ("proof", StaffBrowser.Password));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Html;
    }

    async Task<string> Owner() => await App.AddMember(house.Show.OrganizationId, StaffRole.Owner, house.Address());

    async Task<Browser> Somebody()
    {
        var (browser, email) = (App.Browser(), await Owner());
        (await browser.SignIn(email, StaffBrowser.Password)).Address.AbsolutePath.ShouldBe("/office");
        return browser;
    }

    /// <summary>The file of an event with so many orders.</summary>
    async Task<string> Export(int orders)
    {
        var show = await App.AddShow(slug: "many-" + house.Address().Split('@')[0]);
        await App.Db.Query<Guid>("""
            insert into checkout_orders (id, event_id, organization_id, code, status, tickets, total, currency, placed_at) select gen_random_uuid(), $1, $2, 'C' || n, 'paid', 1, 100, 'EUR', $4 from generate_series(1, $3) n returning id
            """, default, show.EventId, show.OrganizationId, orders, App.Clock.Now);
        return $"/office/events/{show.EventId}/orders?handler=export&status=paid";
    }
}
