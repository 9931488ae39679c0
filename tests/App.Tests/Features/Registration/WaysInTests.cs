using System.Net;
using System.Text.RegularExpressions;
using App.Features.Registration;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>A link opened elsewhere (security.md S16), what is the same for everybody (S18), and staff's sign-ins (S20). Links and codes themselves: <see cref="AttendeeSignInTests"/>; passkeys: PasskeyTests.</summary>
[Collection(WaysIn.Name)]
public sealed partial class WaysInTests(WaysIn house)
{
    [Fact]
    public async Task Another_device_says_yes_with_the_number_shown_and_only_the_browser_that_asked_goes_in()
    {
        var card = await house.Admit();
        var (desk, phone, link, number) = await Asked(card.Email);
        var page = await phone.Get(link);
        page.Text.ShouldContain("Was that you?");
        page.Text.ShouldContain("Firefox on Linux");
        page.Text.ShouldContain("Lisbon time");
        page.Text.ShouldNotContain("127.0.0.1");
        (await Waiting(desk)).Text.ShouldContain(number, customMessage: "looking at the link changed nothing");

        (await phone.PostForm(link + "?handler=approve", ("number", number))).Location.ShouldBe(link);
        (await phone.Get(link)).Text.ShouldContain("it goes on by itself");
        (await phone.Get(house.Profile)).Location!.ShouldStartWith(house.SignIn, customMessage: "nothing changes where it was approved");
        (await phone.PostForm(house.SignIn + "?handler=approved")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var told = await Waiting(desk);
        told.Html.ShouldContain("data-goes");
        (await house.Sessions(card)).ShouldBeEmpty("the browser that asked is told by a GET, which signs nobody in");
        (await desk.PostForm(house.SignIn + "?handler=approved")).Location.ShouldBe(house.Profile);
        (await house.Sessions(card)).ShouldHaveSingleItem().Way.ShouldBe("approved");
        (await phone.Get(link)).Status.ShouldBe(HttpStatusCode.Gone, "single use");
        (await phone.PostForm(link + "?handler=approve", ("number", number))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Whoever_did_not_ask_says_no_and_the_request_is_dead()
    {
        var card = await house.Admit();
        var (desk, phone, link, number) = await Asked(card.Email);
        await phone.Get(link);
        (await phone.PostForm(link + "?handler=stop")).Text.ShouldContain("nobody is signed in by it");
        (await Waiting(desk)).Text.ShouldContain("This request is over");
        (await phone.PostForm(link + "?handler=approve", ("number", number))).Status.ShouldBe(HttpStatusCode.Gone);
        (await desk.PostForm(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await desk.PostForm(house.SignIn + "?handler=approved")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await house.Sessions(card)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_yes_can_be_taken_back_until_it_is_used()
    {
        var card = await house.Admit();
        var (desk, phone, link, number) = await Asked(card.Email);
        await phone.Get(link);
        await phone.PostForm(link + "?handler=approve", ("number", number));
        await phone.PostForm(link + "?handler=stop");
        (await desk.PostForm(house.SignIn + "?handler=approved")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await house.Sessions(card)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_cannot_see_the_other_screen_approves_nothing_and_five_guesses_end_it()
    {
        var card = await house.Admit();
        var (desk, phone, link, number) = await Asked(card.Email);
        await phone.Get(link);
        for (var i = 0; i < SignIns.MostTries; i++) (await phone.PostForm(link + "?handler=approve", ("number", i == 0 ? "" : number == "10" ? "11" : "10"))).Location.ShouldBeNull();
        (await phone.PostForm(link + "?handler=approve", ("number", number))).Status.ShouldBe(HttpStatusCode.Gone);
        (await Waiting(desk)).Html.ShouldNotContain("data-goes");
    }

    [Fact]
    public async Task An_approval_is_over_with_its_ten_minutes_and_scanners_change_nothing()
    {
        var card = await house.Admit();
        var (desk, phone, link, number) = await Asked(card.Email);
        using var http = new HttpClient { BaseAddress = house.App.Address };
        foreach (var path in new[] { link, link + "?handler=approve&number=" + number, link + "?handler=stop" })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await http.SendAsync(request);
            }
        (await Waiting(desk)).Text.ShouldContain(number);
        await phone.Get(link);
        (await phone.PostForm(link + "?handler=approve", ("number", number))).Location.ShouldBe(link);
        house.App.Clock.Now += SignIns.Lives;
        (await desk.PostForm(house.SignIn + "?handler=approved")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await house.Sessions(card)).ShouldBeEmpty();
    }

    /// <summary>S18, by structure: the table that says who may come in can't be read, and the answer comes nevertheless, the same, before any mail. The times themselves: <c>bin/bench signin</c>.</summary>
    [Fact]
    public async Task Asking_looks_nobody_up_and_writes_the_same_for_everybody()
    {
        var (app, card, stranger) = (house.App, await house.Admit(), house.Address());
        await using var connection = new Npgsql.NpgsqlConnection(app.Connection);
        await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var closed = new Npgsql.NpgsqlCommand("lock table doc_attendee in access exclusive mode", connection)) await closed.ExecuteNonQueryAsync();
            using var known = app.Browser();
            using var unknown = app.Browser();
            var (one, other) = (await known.PostForm(house.SignIn, ("email", card.Email)), await unknown.PostForm(house.SignIn, ("email", stranger)));
            (other.Status, other.Location, other.Html).ShouldBe((one.Status, one.Location, one.Html));
            Shape(other).ShouldBe(Shape(one));
            app.Mails.Count(m => m.To == card.Email || m.To == stranger).ShouldBe(0, "the mail is made after the answer");
            (await Written(stranger)).ShouldBe(await Written(card.Email));
            (await Written(stranger)).ShouldNotBeNull();
        }
        await app.HandleDueMessages();
        app.Mails.Count(m => m.To == card.Email).ShouldBe(1);
        app.Mails.Count(m => m.To == stranger).ShouldBe(0);

        // Rows and messages: all that differs is numbers of the same length.
        Task<string?> Written(string email) => app.Db.QueryFirst<string>("""
            select jsonb_build_object('kind', kind, 'hash', length(token_hash), 'browser', length(browser_hash), 'who', attendee_id, 'returns', return_url, 'lives', ends_at - asked_at, 'tries', tries,
                'messages', (select count(*) from messages m where m.type = 'send-sign-in' and m.body ->> 'signInId' = s.id::text))::text
            from registration_sign_ins s where email = $1
            """, default, email);

        static string Shape(WebPage page) => string.Join('\n', page.Response.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {Secret().Replace(string.Join(", ", h.Value), "=…;")}"));
    }

    [Fact]
    public async Task Of_a_link_only_its_hash_is_kept_and_of_a_sign_in_only_its_cookies()
    {
        var card = await house.Admit();
        var (desk, _, link, _) = await Asked(card.Email);
        var token = System.Buffers.Text.Base64Url.DecodeFromChars(link.AsSpan(link.LastIndexOf('/') + 1));
        token.Length.ShouldBe(32);
        (await house.App.Db.QueryFirst<byte[]>("select token_hash from registration_sign_ins where email = $1", default, card.Email)).ShouldBe(System.Security.Cryptography.SHA256.HashData(token));
        await desk.PostForm(link);
        var cookie = desk.Cookies.Single(c => c.Key.StartsWith("foyer-at-", StringComparison.Ordinal)).Value;
        (await house.App.Db.QueryFirst<byte[]>("select id from registration_sessions where attendee_id = $1", default, card.Id)).ShouldBe(System.Security.Cryptography.SHA256.HashData(System.Buffers.Text.Base64Url.DecodeFromChars(cookie)));
    }

    [Fact]
    public async Task A_new_sign_in_ends_the_one_that_the_browser_had()
    {
        var card = await house.Admit();
        using var browser = await house.SignedIn(card);
        await browser.Get(house.Profile); // the page that asks sends on whoever is in already
        using var copy = house.App.Browser();
        foreach (var (name, value) in browser.Cookies) copy.Cookies[name] = value;
        var (link, _) = (await house.App.AskForLink(browser, house.Show, card.Email)).ShouldNotBeNull();
        (await browser.PostForm(link)).Location.ShouldBe(house.Profile);
        (await house.Sessions(card)).ShouldHaveSingleItem();
        (await copy.Get(house.Profile)).Location!.ShouldStartWith(house.SignIn);
    }

    [Fact]
    public async Task The_limits_by_address_and_by_origin_do_not_know_each_other()
    {
        await using var app = await AppHost.Start(connection: house.App.Connection, clock: house.App.Clock, settings: ["--Registration:SignInsPerOrigin=0"]);
        using var browser = app.Browser();
        (await browser.PostForm(house.SignIn, ("email", house.Address()))).Status.ShouldBe(HttpStatusCode.TooManyRequests, "this origin is over its limit, whichever address it names");
        var email = house.Address();
        for (var i = 0; i < SignInAllowance.PerAddress; i++) (await browser.PostForm(house.SignIn, ("email", email))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        using var elsewhere = house.App.Browser();
        (await elsewhere.PostForm(house.SignIn, ("email", email))).Status.ShouldBe(HttpStatusCode.TooManyRequests, "and what it named counts for the address, wherever it is named next");
        (await house.App.Db.QueryFirst<long>("select count(*) from allowances where length(key) <> 32", default)).ShouldBe(0, "hashes, no addresses");
    }

    [Fact]
    public async Task Nothing_is_puzzled_over_and_fields_say_what_they_are()
    {
        using var browser = house.App.Browser();
        var page = await browser.Get(house.SignIn);
        page.Html.ShouldContain("autocomplete=\"username webauthn\"");
        page.Html.ShouldContain("data-passkey=\"get\"");
        Regex.IsMatch(page.Html, "<form[^>]*data-passkey=\"get\"[^>]* hidden").ShouldBeTrue("shown by the script that it needs");
        await browser.PostForm(house.SignIn, ("email", house.Address()));
        (await browser.Get(house.SignIn + "?step=code")).Html.ShouldContain("autocomplete=\"one-time-code\"");
        (await browser.Get("/sign-in")).Html.ShouldContain("autocomplete=\"current-password\"");
    }

    [Theory]
    [InlineData("es", "Enviadme un enlace", "es tu código", "ltr")]
    [InlineData("de", "Link mailen", "ist Ihr Code", "ltr")]
    [InlineData("fr", "Envoyez-moi un lien", "est votre code", "ltr")]
    [InlineData("ar", "أرسل إليّ رابطًا", "هو رمزك", "rtl")]
    public async Task Pages_of_attendees_and_the_mail_they_ask_for_speak_their_language(string language, string words, string subject, string direction)
    {
        var (card, app) = (await house.Admit(), house.App);
        using var browser = app.Browser();
        (await browser.Get($"{house.SignIn}?lang={language}")).Text.ShouldContain(words);
        await browser.PostForm(house.SignIn, ("email", card.Email));
        await app.HandleDueMessages();
        var mail = app.Mails.Single(m => m.To == card.Email);
        mail.Subject.ShouldContain(subject);
        mail.Text.ShouldNotContain("Press the button");
        mail.Html.ShouldNotBeNull().ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\"");
        (await browser.PostForm(Conferences.Read(mail).Link)).Location.ShouldBe(house.Profile);
        (await browser.Get(house.Profile)).Text.ShouldNotContain("Delete me");
    }

    [Fact]
    public async Task Staff_see_where_they_are_signed_in_and_end_it_there()
    {
        var (app, email) = (house.App, house.Address());
        await app.AddMember(house.Show.OrganizationId, StaffRole.Promoter, email);
        using var desk = app.Browser();
        using var phone = app.Browser();
        phone.Headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        await phone.SignIn(email, StaffBrowser.Password);
        await desk.SignIn(email, StaffBrowser.Password);
        var page = await desk.Get("/account");
        page.Text.ShouldContain("Safari on iPhone");
        page.Text.ShouldContain("(here)");
        var number = Regex.Match(page.Html, "name=\"number\" value=\"([^\"]+)\"").Groups[1].Value;
        (await desk.PostForm("/account?handler=end", ("number", number))).Location.ShouldBe("/account");
        (await phone.Get("/office")).Location!.ShouldContain("/sign-in");
        (await desk.Get("/office")).Status.ShouldBe(HttpStatusCode.OK);

        using var other = await app.SignedIn(house.Show.OrganizationId, StaffRole.Owner);
        await other.Get("/account");
        var theirs = await app.Db.QueryFirst<Guid>("select s.number from organizations_sessions s join organizations_members m on m.id = s.member_id where m.email = $1", default, email);
        await other.PostForm("/account?handler=end", ("number", theirs.ToString()));
        (await desk.Get("/office")).Status.ShouldBe(HttpStatusCode.OK, "only of one's own");
    }

    async Task<(Browser Desk, Browser Phone, string Link, string Number)> Asked(string email)
    {
        var (desk, phone) = (house.App.Browser(), house.App.Browser());
        desk.Headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        var (link, _) = (await house.App.AskForLink(desk, house.Show, email)).ShouldNotBeNull();
        return (desk, phone, link, Number().Match((await desk.Get(house.SignIn + "?step=code")).Text).Groups[1].Value);
    }

    Task<WebPage> Waiting(Browser browser) => browser.Get(house.SignIn + "?handler=waiting");

    [GeneratedRegex(@"give this number: (\d\d)")]
    private static partial Regex Number();

    [GeneratedRegex("=[A-Za-z0-9_-]{20,};")]
    private static partial Regex Secret();
}
