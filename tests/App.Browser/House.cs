using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Links;
using App.Features.Demo;
using App.Features.Events.Contracts;
using App.Features.Organizations;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Tests.Support;
using Microsoft.Playwright;

namespace App.Browser;

/// <summary>
/// The whole application with its demo, the vendors' stand-ins and one Chromium: for all tests of this project, which take turns. Its clock is the real one, by which the sandbox signs;
/// a test that moves time starts an application of its own.
/// </summary>
public sealed class House : IAsyncLifetime
{
    const string Organization = "open-hall";
    static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    // The shell is Chromium without the browser around it, and takes half the processor's time.
    static readonly string Whole = Environment.GetEnvironmentVariable("FOYER_CHROMIUM") ?? "/usr/bin/chromium", Shell = Environment.GetEnvironmentVariable("FOYER_CHROMIUM_SHELL") ?? Whole;
    readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new(StringComparer.Ordinal);
    IPlaywright playwright = null!;
    IBrowser browser = null!;

    public SandboxHost Sandbox { get; private set; } = null!;
    public AppHost Host { get; private set; } = null!;

    /// <summary>Two days, prices from free to three figures, tickets at once.</summary>
    public CatalogueEvent Conference { get; private set; } = null!;

    /// <summary>One night, seats, tickets that come a day before.</summary>
    public CatalogueEvent Concert { get; private set; } = null!;

    public string ConferencePath => $"/e/{Organization}/{Conference.Slug}";
    public string ConcertPath => $"/e/teatro-salitre/{Concert.Slug}";

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxHost.Start();
        Host = await Start(Sandbox, "--environment=Development", "--Demo:Seed=true", "--Push:PrivateHosts:0=127.0.0.1", $"--Sound:WhipUrl={Sandbox.BaseUrl}whip/{{channel}}", $"--Sound:WhepUrl={Sandbox.BaseUrl}whep/{{channel}}", "--Sound:Token=sound-token", "--Sound:PrivateHosts:0=127.0.0.1",
            $"--Wallet:Google:ServiceAccount={GoogleAccount()}", "--Wallet:Google:IssuerId=3388000000012345678");
        var catalogue = Host.Get<EventCatalogue>();
        Conference = (await catalogue.Find(Organization, "fosdem-2024", default))!;
        Concert = (await catalogue.Find("teatro-salitre", "slow-harbour", default))!;
        playwright = await Playwright.CreateAsync();
        browser = await Launch(Shell);
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    /// <summary>An application whose links lead to itself: the provider sends people back to them.</summary>
    public static Task<AppHost> Start(SandboxHost? sandbox = null, params string[] settings)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        return AppHost.Start(sandbox, more: builder => { if (sandbox is not null) builder.Services.AddSingleton(TimeProvider.System); }, settings: [$"--urls={address}", $"--PublicUrl={address}", .. settings]);
    }

    /// <summary>As Google's console would give it out; its key is known to nobody.</summary>
    static string GoogleAccount()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var path = Path.Combine(Directory.CreateTempSubdirectory("foyer-wallet").FullName, "account.json");
        File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(new { client_email = "tickets@foyer.example", private_key = key.ExportPkcs8PrivateKeyPem() }));
        return path;
    }

    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Somebody at the door of <paramref name="at"/>, or of this house.</summary>
    public async Task<Visitor> Visit(Device device, AppHost? at = null, string? state = null) => await Visitor.In(await Context(browser, device, at, state));

    async Task<IBrowserContext> Context(IBrowser browser, Device device, AppHost? at = null, string? state = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = (at ?? Host).Address.ToString(),
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = device.Script,
            HasTouch = device.Touch,
            Locale = "en-GB",
            StorageState = state,
        });
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>Somebody who works for the conference, signed in once for all tests.</summary>
    /// <param name="role">owner, promoter or door.</param>
    public async Task<Visitor> Staff(string role, Device device) => await Visit(device, state: await StateOf(role));

    /// <summary>The same in a browser of their own, a whole one, started with more flags; it ends with them.</summary>
    public async Task<Visitor> StaffWith(string role, Device device, params string[] flags) => await InTheirOwn(device, await StateOf(role), flags);

    /// <summary>Somebody whose browser does what a shell can't: ask its person for leave, ring, hear.</summary>
    public Task<Visitor> VisitWhole(Device device) => InTheirOwn(device, null);

    async Task<Visitor> InTheirOwn(Device device, string? state, params string[] flags)
    {
        var own = await Launch(Whole, flags);
        var context = await Context(own, device, state: state);
        context.Close += (_, _) => _ = own.DisposeAsync().AsTask();
        return await Visitor.In(context);
    }

    Task<IBrowser> Launch(string program, params string[] flags) => playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = [.. Flags, .. flags] });

    Task<string> StateOf(string role) => signedIn.GetOrAdd(role, _ => new(async () =>
    {
        await using var visitor = await Visit(Device.Desk);
        await SignInStaff(visitor, role);
        return await visitor.Page.Context.StorageStateAsync();
    })).Value;

    /// <summary>A sign-in of their own, which a test may do to as it likes.</summary>
    public async Task SignInStaff(Visitor visitor, string role)
    {
        await visitor.Open("/sign-in");
        await visitor.Page.GetByLabel("Email").FillAsync($"{role}@{Organization}.example");
        await visitor.Page.GetByLabel("Password").FillAsync(DemoAccounts.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(role == "door" ? "**/door" : "**/office");
    }

    /// <summary>What the owner had typed when a sign-in of theirs was over; answers its number.</summary>
    public async Task<Guid> HeldForm()
    {
        var (context, owner) = (new Microsoft.AspNetCore.Http.DefaultHttpContext(), await Host.Db.QueryFirst<Guid>("select id from organizations_members where email = $1", default, $"owner@{Organization}.example"));
        (context.Request.Method, context.Request.Path, context.Request.ContentType) = ("POST", "/office/events/new", "application/x-www-form-urlencoded");
        context.Request.Body = new MemoryStream("title=A+long+evening"u8.ToArray());
        var kept = await Host.Get<HeldForms>().Hold(context, new(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.NameIdentifier, owner.ToString())])));
        return Guid.Parse(kept!.Split('/')[^1]);
    }

    /// <summary>Somebody who may come to the conference; answers their id.</summary>
    public async Task<Guid> Attend(string email = "ada.attendee@example.org")
    {
        await Host.Bus.InvokeAsync(new AdmitPerson(Conference.Id, email, "Ada Attendee", [new(GroundKind.Tito, "tito:browser:" + email, "Regular"), new(GroundKind.Invitation, "invitation:browser:" + email)]), default);
        return (await AttendeeCard.Find(Conference.Id, email, Host.Db, default))!.Id;
    }

    /// <summary>A link that no browser of these asked for.</summary>
    public async Task<string> SignInLink()
    {
        var id = Ids.New(Host.Get<TimeProvider>().GetUtcNow());
        await Host.Bus.InvokeAsync(new AskToSignIn(id, Conference.Id, "ada.attendee@example.org", "asked", new byte[32], "Firefox on Linux", null), default);
        return $"{ConferencePath}/sign-in/{Host.Get<SignIns>().Token(id)}";
    }

    public async Task SignInAttendee(Visitor visitor)
    {
        var answer = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        await Host.Get<AttendeeSessions>().Start(answer, Conference.Id, await Attend(), "link", null, default);
        var cookie = answer.Response.Headers.SetCookie[0]!.Split(';')[0].Split('=', 2);
        await visitor.Page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = Host.Address.ToString() }]);
    }

    /// <summary>The link of a mail that shows whose an order is.</summary>
    public async Task<string> ProofOf(Guid orderId)
    {
        var id = Ids.New(Host.Get<TimeProvider>().GetUtcNow());
        await Host.Bus.InvokeAsync(new AskForProof(id, orderId), default);
        return $"{OrderPath(orderId)}/prove/{Host.Get<LinkProofs>().Word((await Host.Get<LinkProofs>().Find(id, default))!)}";
    }

    /// <summary>The browser in which the order was bought.</summary>
    public async Task Own(Visitor visitor, Guid orderId)
    {
        var answer = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        Host.Get<OrderAccess>().Keep(answer, orderId, OrderAccess.ByMail);
        var cookie = answer.Response.Headers.SetCookie[0]!.Split(';')[0].Split('=', 2);
        await visitor.Page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = Host.Address.ToString() }]);
    }

    public TicketType Kind(string name, CatalogueEvent? of = null) => (of ?? Conference).Types.Single(t => t.Name == name);

    /// <summary>Takes places as a page would; answers the order's id.</summary>
    public Task<Guid> Hold(string kind, int count = 1, CatalogueEvent? of = null) => Host.Bus.InvokeAsync<Guid>(new HoldPlaces((of ?? Conference).Id, [new(Kind(kind, of).Id, count)]), default);

    /// <summary>An order whose buyer went to pay; answers its id.</summary>
    public async Task<Guid> Place(string kind)
    {
        var orderId = await Hold(kind);
        await Host.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(orderId, new(orderId, "Ada Lovelace", "ada@example.org"), Hosted: false, "https://foyer.example/", "https://foyer.example/"), default);
        return orderId;
    }

    /// <summary>An order that is paid, with its tickets; answers its id.</summary>
    public async Task<Guid> Sell(string kind, int count = 1, CatalogueEvent? of = null, string email = "ines@example.org")
    {
        var orderId = await Hold(kind, count, of);
        var begun = await Host.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(orderId, new(orderId, "Inês Duarte", email), Hosted: false, "https://foyer.example/", "https://foyer.example/"), default);
        if (!begun.Complete) await Sandbox.Pay((await Order(orderId)).PaymentId!);
        await Eventually.Is(async () => (await Order(orderId)).Status == OrderStatus.Paid, seconds: 60);
        await Host.HandleDueMessages();
        return orderId;
    }

    public async Task<Order> Order(Guid orderId) => (await Host.Db.FoldFresh<Order>(orderId, default)).State;
    public string CheckoutPath(Guid orderId) => Host.Get<OrderLinks>().CheckoutPath(orderId);
    public string OrderPath(Guid orderId) => Host.Get<OrderLinks>().OrderPath(orderId);

    /// <summary>The order whose page, checkout or confirmation, somebody is on.</summary>
    public Guid OrderOn(IPage page) => Host.Get<OrderLinks>().Read(new Uri(page.Url).Segments[^1])!.Value;

    /// <summary>How often money was taken for an order.</summary>
    public async Task<int> Charges(Guid orderId)
    {
        var payment = (await Order(orderId)).PaymentId;
        return (await Sandbox.Ledger()).GetProperty("charges").EnumerateArray().Count(c => c.TryGetProperty("payment_intent", out var of) && of.GetString() == payment);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (Host is not null) await Host.DisposeAsync();
        if (Sandbox is not null) await Sandbox.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class HouseCollection : ICollectionFixture<House>
{
    public const string Name = "house";
}
