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
    public async Task A_passkey_is_added_once_for_each_device()
    {
        // Browsers have passkeys for names, and for localhost by http; not for the house's number.
        var address = $"http://localhost:{House.FreePort()}";
        await using var host = await AppHost.Start(settings: [$"--urls={address}", $"--PublicUrl={address}"]);
        var show = await host.AddShow(isConference: true);
        await using var visitor = await house.Visit(Device.Desk, host);
        await SignIn(visitor, host, show);
        await AddAuthenticator(visitor.Page);

        await visitor.Open(show.Path + "/profile");
        await visitor.Page.GetByLabel("Name of the new passkey").FillAsync("This laptop");
        await visitor.Button("Add a passkey").ClickAsync();
        await Expect(visitor.Page.Locator(".notice.ok")).ToHaveTextAsync("Passkey added.");
        await Expect(visitor.Button("Take away the passkey This laptop")).ToBeVisibleAsync();
        (await EveryPageTests.Check(visitor.Page, "attendee-passkeys", Device.Narrow, false)).ShouldBeEmpty();
        await visitor.Button("Add a passkey").ClickAsync();
        await Expect(visitor.Page.Locator("form[data-passkey] [role=status]")).ToHaveTextAsync("This device has a passkey of yours already.");
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

    /// <summary>A laptop with a finger on its reader.</summary>
    static async Task AddAuthenticator(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
    }
}
