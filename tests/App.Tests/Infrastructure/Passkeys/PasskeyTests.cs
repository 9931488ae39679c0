using System.Net;
using System.Text.Json;
using App.Features.Organizations;
using App.Features.Registration;
using App.Features.Shared;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Web;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Passkeys;

/// <summary>Passkeys of attendees and of staff (security.md S19), with an authenticator that says what a test wants it to say.</summary>
[Collection(WaysIn.Name)]
public sealed class PasskeyTests(WaysIn house)
{
    const string Over = "longer than five minutes", Unknown = "opens nothing here", NoAccess = "no access any more", NotAdded = "was not added";

    [Fact]
    public async Task A_passkey_is_added_signs_in_as_a_link_does_and_is_taken_away()
    {
        var (key, card) = await Added("Pixel");
        using var browser = house.App.Browser();
        (await SignIn(browser, key)).Location.ShouldBe(house.Profile);
        var page = await browser.Get(house.Profile);
        page.Text.ShouldContain("Pixel , added");
        page.Text.ShouldContain("last used Tue 12 January 2027");
        page.Text.ShouldContain("by a passkey");
        (await house.Sessions(card)).Select(s => s.Way).ShouldBe(["passkey", "link"], ignoreOrder: true);

        (await browser.PostForm(house.Profile + "?handler=removepasskey", ("passkey", (await Of(card)).Single().Number))).Location.ShouldBe(house.Profile);
        (await browser.Get(house.Profile)).Text.ShouldNotContain("Pixel");
        using var later = house.App.Browser();
        (await Refused(SignIn(later, key))).ShouldContain(Unknown);
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("another port")]
    [InlineData("a frame")]
    [InlineData("another domain")]
    [InlineData("nobody verified")]
    [InlineData("another key")]
    [InlineData("a counter that goes back")]
    [InlineData("an answer to another question")]
    public async Task Is_refused(string fault)
    {
        var (key, card) = await Added();
        using (var browser = house.App.Browser()) (await SignIn(browser, key)).Location.ShouldBe(house.Profile);
        var before = key.Counter;
        switch (fault)
        {
            case "another site": key.Origin = "https://evil.example"; break;
            case "another port": key.Origin = "http://localhost:5081"; break;
            case "a frame": key.IsFramed = true; break;
            case "another domain": key.Domain = "evil.example"; break;
            case "nobody verified": key.Verifies = false; break;
            case "another key": key.IsForged = true; break;
            case "a counter that goes back": key.Counter = before - 1; break;
            default: key.Kind = "webauthn.create"; break;
        }
        using var thief = house.App.Browser();
        (await Refused(SignIn(thief, key))).ShouldContain(Unknown);
        (await thief.Get(house.Profile)).Location!.ShouldStartWith(house.SignIn);
        (await house.Sessions(card)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("another domain")]
    [InlineData("nobody verified")]
    public async Task Is_not_added(string fault)
    {
        var card = await house.Admit();
        using var browser = await house.SignedIn(card);
        using var key = new SoftwareAuthenticator { Origin = fault == "another site" ? "https://evil.example" : "http://localhost:5080", Domain = fault == "another domain" ? "evil.example" : "localhost", Verifies = fault != "nobody verified" };
        (await Refused(Add(browser, house.Profile, key, "Bent"))).ShouldContain(NotAdded);
        (await Of(card)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_is_answered_once_within_five_minutes_by_the_browser_that_got_it()
    {
        var (key, card) = await Added();
        using var browser = house.App.Browser();
        var answer = key.Get(await Options(browser, house.SignIn));
        using var other = house.App.Browser();
        await Options(other, house.SignIn);
        (await Refused(other.PostForm(house.SignIn + "?handler=passkey", ("credential", answer)))).ShouldContain(Over);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.PostForm(house.SignIn + "?handler=passkey", ("credential", answer))));
        all.Count(p => p.Location == house.Profile).ShouldBe(1);
        (await house.Sessions(card)).Count.ShouldBe(2);

        using var late = house.App.Browser();
        answer = key.Get(await Options(late, house.SignIn));
        house.App.Clock.Now += PasskeyCeremonies.Lives;
        (await Refused(late.PostForm(house.SignIn + "?handler=passkey", ("credential", answer)))).ShouldContain(Over);
        foreach (var nonsense in new[] { "", "{}", "[1]", "null", """{"response":{"clientDataJSON":"AAAA"}}""", """{"response":{"clientDataJSON":7}}""" })
            (await Refused(late.PostForm(house.SignIn + "?handler=passkey", ("credential", nonsense)))).ShouldContain(Over);
    }

    [Fact]
    public async Task A_question_about_signing_in_is_none_about_adding()
    {
        var card = await house.Admit();
        using var browser = await house.SignedIn(card);
        using var key = new SoftwareAuthenticator();
        using var stranger = house.App.Browser();
        var wanted = System.Text.Json.Nodes.JsonNode.Parse(await Options(stranger, house.SignIn))!;
        wanted["user"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "AAAA" };
        await browser.Get(house.Profile);
        browser.Cookies["foyer-pk"] = stranger.Cookies["foyer-pk"];
        (await Refused(browser.PostForm(house.Profile + "?handler=addpasskey", ("credential", key.Create(wanted.ToJsonString()))))).ShouldContain(Over);
    }

    [Fact]
    public async Task Whoever_lost_their_access_is_told_so_and_stays_outside()
    {
        var (key, card) = await Added();
        await house.App.Bus.InvokeAsync(new TakeAccessAway(card.EventId, card.Id), default);
        using var browser = house.App.Browser();
        (await Refused(SignIn(browser, key))).ShouldContain(NoAccess);
        (await browser.Get(house.Profile)).Location!.ShouldStartWith(house.SignIn);
    }

    [Fact]
    public async Task It_opens_every_conference_of_the_same_address_and_no_other()
    {
        var (key, card) = await Added("Phone");
        using var stranger = house.App.Browser();
        (await Refused(SignIn(stranger, key, house.Other.Path + "/sign-in"))).ShouldContain(NoAccess);
        var there = await house.Admit(card.Email, house.Other);
        using var browser = house.App.Browser();
        (await SignIn(browser, key, house.Other.Path + "/sign-in")).Location.ShouldBe(house.Other.Path + "/profile");
        (await house.App.Get<AttendeePasskeys>().Of(there, default)).ShouldHaveSingleItem().Name.ShouldBe("Phone");
        // An authenticator that has one makes no second.
        var wanted = JsonDocument.Parse(await Options(browser, house.Other.Path + "/profile")).RootElement;
        wanted.GetProperty("excludeCredentials")[0].GetProperty("id").GetString().ShouldBe(App.Infrastructure.Ids.ToText(key.Id));
        (wanted.GetProperty("user").GetProperty("name").GetString(), wanted.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString()).ShouldBe((card.Email, "required"));
    }

    [Fact]
    public async Task A_persons_file_names_them_and_with_the_person_they_go()
    {
        var (key, card) = await Added("Pixel");
        using var browser = await house.SignedIn(card);
        var file = await browser.Get(house.Profile + "?handler=export");
        var mine = JsonDocument.Parse(file.Html).RootElement.GetProperty("passkeys").EnumerateArray().ShouldHaveSingleItem();
        (mine.GetProperty("name").GetString(), mine.GetProperty("id").GetString()).ShouldBe(("Pixel", App.Infrastructure.Ids.ToText(key.Id)));
        mine.EnumerateObject().Select(p => p.Name).ShouldBe(["name", "id", "added", "lastUsed"], ignoreOrder: true, customMessage: "nothing of the key");

        await house.App.Bus.InvokeAsync(new EraseAttendee(card.Id), default);
        (await house.App.Db.QueryFirst<long>("select count(*) from passkeys where holder = $1", default, card.Id)).ShouldBe(0);
        using var later = house.App.Browser();
        (await Refused(SignIn(later, key))).ShouldContain(Unknown);
    }

    [Fact]
    public async Task Nobody_takes_away_somebody_elses_and_ten_are_the_most()
    {
        var (_, card) = await Added();
        var other = await house.Admit();
        using var browser = await house.SignedIn(other);
        await browser.Get(house.Profile);
        await browser.PostForm(house.Profile + "?handler=removepasskey", ("passkey", (await Of(card)).Single().Number));
        (await Of(card)).ShouldHaveSingleItem();
        for (var i = 0; i < PasskeyStore.Most; i++) (await Add(browser, house.Profile, new SoftwareAuthenticator(), "")).Location.ShouldBe(house.Profile);
        (await Refused(Add(browser, house.Profile, new SoftwareAuthenticator(), ""))).ShouldContain("10 passkeys are the most");
        (await Of(other)).Count.ShouldBe(PasskeyStore.Most);
    }

    [Fact]
    public async Task Questions_are_rationed_by_where_they_come_from_and_keep_no_address()
    {
        await using var rationed = await AppHost.Start(connection: house.App.Connection, clock: house.App.Clock, settings: ["--Passkeys:OpenPerOrigin=0"]);
        using var browser = rationed.Browser();
        (await browser.PostForm(house.SignIn + "?handler=passkeyoptions")).Text.ShouldContain("Many people on your network");
        var (_, card) = await Added();
        using var theirs = await house.SignedIn(card);
        await Options(theirs, house.Profile);
        (await house.App.Db.QueryFirst<long>("select count(*) from passkey_challenges c where c::text ilike $1", default, $"%{card.Email}%")).ShouldBe(0);
    }

    [Theory]
    [InlineData("https://tickets.example", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://tickets.example", false)]
    [InlineData("https://192.0.2.7", false)]
    [InlineData("http://127.0.0.1:5080", false)]
    public void They_are_offered_where_browsers_have_them(string address, bool are) =>
        new PasskeyCeremonies(null!, null!, null!, null!, new SiteOptions(new Uri(address)), new(), TimeProvider.System).AreOffered.ShouldBe(are);

    [Fact]
    public async Task A_member_adds_one_with_their_password_and_signs_in_without()
    {
        var (app, email) = (house.App, house.Address());
        await app.AddMember(house.Show.OrganizationId, StaffRole.Promoter, email);
        using var desk = app.Browser();
        await desk.SignIn(email, StaffBrowser.Password);
        await desk.Get("/account");
        var without = await desk.PostForm("/account?handler=passkeyoptions", ("proof", "not this one, surely"));
        (without.Status, without.Html).ShouldBe((HttpStatusCode.UnprocessableEntity, "This isn't your password now"));
        using var key = new SoftwareAuthenticator();
        (await Refused(desk.PostForm("/account?handler=addpasskey", ("credential", key.Create("""{"challenge":"AAAA","user":{"id":"AAAA"}}"""))))).ShouldContain(Over);
        (await Add(desk, "/account", key, "Desk key")).Location.ShouldBe("/account");
        (await desk.Get("/account")).Text.ShouldContain("Desk key , added");

        using var phone = app.Browser();
        (await SignIn(phone, key, "/sign-in")).Location.ShouldBe("/office");
        (await phone.Get("/account")).Text.ShouldContain("by a passkey");
        using var stranger = app.Browser();
        (await Refused(SignIn(stranger, key))).ShouldContain(Unknown, customMessage: "the office's passkey opens no conference");

        var members = app.Get<Members>();
        await members.Remove(house.Show.OrganizationId, (await members.Of(house.Show.OrganizationId, default)).Single(m => m.Email == email).Id, default);
        using var later = app.Browser();
        (await Refused(SignIn(later, key, "/sign-in"))).ShouldContain(Unknown);
    }

    [Fact]
    public async Task An_attendees_passkey_opens_no_office()
    {
        var (key, _) = await Added();
        using var browser = house.App.Browser();
        (await Refused(SignIn(browser, key, "/sign-in"))).ShouldContain(Unknown);
        (await browser.Get("/office")).Location!.ShouldContain("/sign-in");
    }

    async Task<(SoftwareAuthenticator Key, AttendeeCard Card)> Added(string name = "Phone")
    {
        var (card, key) = (await house.Admit(), new SoftwareAuthenticator());
        using var browser = await house.SignedIn(card);
        (await Add(browser, house.Profile, key, name)).Location.ShouldBe(house.Profile);
        return (key, card);
    }

    Task<IReadOnlyList<Passkey>> Of(AttendeeCard card) => house.App.Get<AttendeePasskeys>().Of(card, default);

    static async Task<string> Options(Browser browser, string path)
    {
        await browser.Get(path);
        var page = await browser.PostForm(path + "?handler=passkeyoptions", ("proof", StaffBrowser.Password));
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        return page.Html;
    }

    static async Task<WebPage> Add(Browser browser, string path, SoftwareAuthenticator key, string name) =>
        await browser.PostForm(path + "?handler=addpasskey", ("credential", key.Create(await Options(browser, path))), ("passkeyName", name));

    async Task<WebPage> SignIn(Browser browser, SoftwareAuthenticator key, string? path = null) =>
        await browser.PostForm((path ?? house.SignIn) + "?handler=passkey", ("credential", key.Get(await Options(browser, path ?? house.SignIn))));

    static async Task<string> Refused(Task<WebPage> page)
    {
        var answer = await page;
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Text);
        return answer.Text;
    }
}
