using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Coming in without a mail, with a real browser: a passkey, and a yes on another device.</summary>
[Collection(HouseCollection.Name)]
public sealed class PasskeyTests(House house)
{
    [Fact]
    public async Task A_passkey_is_added_once_for_each_device_and_signs_in_by_the_button_and_by_the_fields_suggestion()
    {
        // Browsers have passkeys for names, and for localhost by http; not for the house's number.
        var address = $"http://localhost:{House.FreePort()}";
        await using var host = await AppHost.Start(settings: [$"--urls={address}", $"--PublicUrl={address}"]);
        var show = await host.AddShow(isConference: true);
        await using var visitor = await house.Visit(Device.Desk, host);
        await SignIn(visitor, host, show);
        var finger = await AddAuthenticator(visitor.Page);
        // Says when the field's suggestion has reached the browser, and the button's question too.
        await visitor.Page.AddInitScriptAsync("(() => { const { credentials } = navigator, get = credentials.get.bind(credentials); window.asked = []; credentials.get = wanted => { window.asked.push(wanted.mediation ?? 'button'); return get(wanted); }; })()");

        await visitor.Open(show.Path + "/profile");
        await visitor.Page.GetByLabel("Name of the new passkey").FillAsync("This laptop");
        await visitor.Button("Add a passkey").ClickAsync();
        await Expect(visitor.Page.Locator(".notice.ok")).ToHaveTextAsync("Passkey added.");
        await Expect(visitor.Button("Take away the passkey This laptop")).ToBeVisibleAsync();
        (await EveryPageTests.Check(visitor.Page, "attendee-passkeys", Device.Narrow)).ShouldBeEmpty();
        await visitor.Button("Add a passkey").ClickAsync();
        await Expect(visitor.Page.Locator("form[data-passkey] [role=status]")).ToHaveTextAsync("This device has a passkey of yours already.");

        // Nobody touches the reader: the suggestion waits, as it does for people, until the button is pressed; then its question is over and the button's is asked, with a finger on the reader.
        // What an authenticator was asked without a finger it would never answer: hence only once the first is over.
        await finger.Lift(true);
        await visitor.Button("Sign out", exact: true).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in");
        await visitor.Page.WaitForFunctionAsync("() => window.asked.includes('conditional')");
        (await EveryPageTests.Check(visitor.Page, "attendee-sign-in-passkey", Device.Narrow)).ShouldBeEmpty();
        await visitor.Page.RouteAsync("**/sign-in?handler=passkeyoptions", async route => { await finger.Lift(false); await route.ContinueAsync(); });
        await visitor.Button("Sign in with a passkey").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/profile");
        await Expect(visitor.Page.GetByText("by a passkey")).ToBeVisibleAsync();

        // With a finger there from the start, this authenticator takes the suggestion: nothing is pressed.
        await visitor.Page.UnrouteAsync("**/sign-in?handler=passkeyoptions");
        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Button("Sign out", exact: true).ClickAsync(), answer => answer.Url.EndsWith("/sign-in?handler=passkey", StringComparison.Ordinal));
        await visitor.Page.WaitForURLAsync("**/profile");
        await Expect(visitor.Page.GetByText("by a passkey")).ToBeVisibleAsync();
        visitor.HasNoComplaints();
    }

    [Fact]
    public async Task The_screen_that_waits_goes_on_by_itself_when_another_device_says_yes()
    {
        const string email = "ada.elsewhere@example.org";
        await house.Attend(email);
        await using var desk = await house.Visit(Device.Desk);
        await using var phone = await house.Visit(Device.Phone);
        await desk.Open(house.ConferencePath + "/sign-in");
        await desk.Page.GetByLabel("Email").FillAsync(email);
        await desk.Button("Mail me a link").ClickAsync();
        var number = await desk.Page.Locator("#waiting strong").InnerTextAsync();
        Guid? mailed = null;
        await Eventually.Is(async () => (mailed = await house.Host.Db.QueryFirst<Guid?>("select id from registration_sign_ins where email = $1 and attendee_id is not null", default, email)) is not null, seconds: 60);

        await phone.Open($"{house.ConferencePath}/sign-in/{house.Host.Get<SignIns>().Token(mailed!.Value)}");
        await phone.Page.GetByLabel("Number on the other screen").FillAsync(number);
        await phone.Button("Yes, sign me in there").ClickAsync();
        await Expect(phone.Heading).ToHaveTextAsync("Approved");
        await desk.Page.WaitForURLAsync("**/profile");
        await Expect(desk.Page.GetByText("approved on another device")).ToBeVisibleAsync();
        desk.HasNoComplaints();
        phone.HasNoComplaints();
    }

    static async Task SignIn(Visitor visitor, AppHost host, Show show)
    {
        const string email = "ada.attendee@example.org";
        await host.Bus.InvokeAsync(new AdmitPerson(show.EventId, email, "Ada Attendee", [new(GroundKind.Invitation, "invitation:passkey")]), default);
        var answer = new DefaultHttpContext();
        await host.Get<AttendeeSessions>().Start(answer, show.EventId, (await AttendeeCard.Find(show.EventId, email, host.Db, default))!.Id, "link", null, default);
        var cookie = answer.Response.Headers.SetCookie[0]!.Split(';')[0].Split('=', 2);
        await visitor.Page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = host.Address.ToString() }]);
    }

    sealed record Finger(ICDPSession Session, string Authenticator)
    {
        public Task Lift(bool isLifted) => Session.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = Authenticator, ["enabled"] = !isLifted });
    }

    /// <summary>A laptop with a finger on its reader.</summary>
    static async Task<Finger> AddAuthenticator(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }
}
