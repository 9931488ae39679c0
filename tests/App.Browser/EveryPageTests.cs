using System.Collections.Concurrent;
using App.Features.Checkout;
using App.Features.Checkout.Waitlist;
using App.Features.Live.Interpretation;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Mail;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>
/// What holds for every page there is: axe finds nothing, light and dark, on a desk and on the narrowest phone, 320 px (ux.md U60); nothing scrolls sideways at 320 px or with text twice as large (U20); the console is silent and the content
/// security policy stops nothing of our own. A new page gets a line in <see cref="Pages"/>.
/// </summary>
[Collection(HouseCollection.Name)]
public sealed class EveryPageTests(House house)
{
    static readonly string Axe = Repository.Read("node_modules", "axe-core", "axe.min.js");

    /// <param name="Who">Null: anybody; else a role.</param>
    sealed record Way(string? Who, Func<House, Visitor, Task> Go);

    static Way Public(string path) => new(null, (_, v) => v.Open(path));
    static Way Public(Func<House, Visitor, Task> go) => new(null, go);
    static Way Office(Func<House, Visitor, Task> go) => new("owner", go);

    static readonly Dictionary<string, Way> All = new(StringComparer.Ordinal)
    {
        ["whats-on"] = Public("/"),
        ["organization"] = Public("/o/open-hall"),
        ["event"] = Public((h, v) => v.Open(h.ConferencePath)),
        ["event-seated"] = Public((h, v) => v.Open(h.ConcertPath)),
        ["event-chosen"] = Public((h, v) => v.Open($"{h.ConferencePath}?{Picker.FieldOf(h.Kind("Regular").Id)}=2")),
        ["event-errors"] = Public(async (h, v) =>
        {
            await v.Open(h.ConferencePath);
            await v.Page.GetByLabel("Number of tickets: Regular").FillAsync("999");
            await v.Page.Locator("#tickets button.big").ClickAsync();
            await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync();
        }),
        // A morning of it: four hundred more of the same cards would take axe a minute.
        ["schedule"] = Public(async (h, v) => { await v.Open(h.ConferencePath + "/schedule"); await v.Page.EvaluateAsync("() => document.querySelectorAll('.slot:nth-of-type(n+8)').forEach(s => s.remove())"); }),
        ["schedule-session"] = Public(async (h, v) => { await v.Open(h.ConferencePath + "/schedule"); await v.Page.Locator(".session h4 a").First.ClickAsync(); }),
        ["session-qr"] = Public((h, v) => Beside(h, v, "/qr")),
        ["schedule-search"] = Public((h, v) => v.Open(h.ConferencePath + "/search?q=postgres")),
        ["schedule-room"] = Public((h, v) => v.Open(h.ConferencePath + "/rooms/janson")),
        ["schedule-sign"] = Public((h, v) => v.Open(h.ConferencePath + "/rooms/janson/sign")),
        ["schedule-now"] = Public((h, v) => v.Open(h.ConferencePath + "/now")),
        ["collage"] = Public((h, v) => v.Open(h.ConferencePath + "/collage")),
        ["map"] = Public((h, v) => v.Open(h.ConferencePath + "/map#room-janson")),
        ["reminders"] = Public((h, v) => v.Open(h.ConferencePath + "/reminders")),
        ["announcements"] = Public((h, v) => v.Open(h.ConferencePath + "/announcements")),
        ["office-metrics"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/metrics")),
        ["office-archive"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/archive")),
        ["office-moment"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/moment")),
        ["office-announcements"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/announcements")),
        ["schedule-speaker"] = Public(async (h, v) => { await v.Open(h.ConferencePath + "/schedule"); await v.Page.Locator(".session h4 a").First.ClickAsync(); await v.Page.Locator("h3 a").First.ClickAsync(); }),
        // A screenful of its many people.
        ["speakers"] = Public(async (h, v) => { await v.Open(h.ConferencePath + "/speakers"); await v.Page.EvaluateAsync("() => document.querySelectorAll('.people > li:nth-of-type(n+20)').forEach(p => p.remove())"); }),
        ["schedule-track"] = Public(async (h, v) => { await v.Open($"{h.ConferencePath}/tracks/{(await h.Host.Get<ScheduleCatalogue>().Find(h.Conference.Id))!.Tracks[0].Slug}"); await v.Page.EvaluateAsync("() => document.querySelectorAll('.session:nth-of-type(n+20)').forEach(s => s.remove())"); }),
        ["session-links"] = Public(async (h, v) => { await h.SignInAttendee(v); await Beside(h, v, "/links"); }),
        ["session-join"] = Public(async (h, v) =>
        {
            var session = (await h.Host.Get<ScheduleCatalogue>().Find(h.Conference.Id))!.Sessions.Last(s => !s.Links.IsEmpty);
            await h.Host.Bus.InvokeAsync(new RuleSchedule(h.Conference.Id, SessionId: session.Id, Links: new(LinkAccess.Attendees, null, [], false)), default);
            await h.SignInAttendee(v);
            await v.Open($"{h.ConferencePath}/schedule/{session.Slug}/join/0/passed-on");
            await Expect(v.Page.GetByRole(AriaRole.Heading, new() { Name = "This link is somebody else’s" })).ToBeVisibleAsync();
        }),
        ["listen"] = Public(async (h, v) =>
        {
            await v.Open(h.ConferencePath + "/schedule");
            var path = (await v.Page.Locator(".session h4 a").First.GetAttributeAsync("href"))!;
            var session = (await h.Host.Get<ScheduleCatalogue>().Find(h.Conference.Id))!.Session(path.Split('/')[^1])!;
            await h.Host.Bus.InvokeAsync(new KeepChannel(h.Conference.Id, session.Id, "pt", "https://sound.example/pt"), default);
            await v.Open(path + "/listen");
            await Expect(v.Page.Locator("#channels")).ToContainTextAsync("Portugu", new() { IgnoreCase = true });
        }),
        ["conference-home"] = Public((h, v) => v.Open(h.ConferencePath + "/home")),
        ["content-page"] = Public((h, v) => v.Open(h.ConferencePath + "/p/code-of-conduct?lang=ar")),
        ["my-schedule-empty"] = Public((h, v) => v.Open(h.ConferencePath + "/my-schedule")),
        ["my-schedule"] = Public(async (h, v) =>
        {
            await v.Open(h.ConferencePath + "/rooms/janson");
            await v.Page.Locator(".session :is(h2, h3, h4) a").First.ClickAsync();
            await v.Button("Save to my schedule").ClickAsync();
            await Expect(v.Button("In my schedule")).ToBeVisibleAsync();
            await v.Open(h.ConferencePath + "/my-schedule");
            await v.Button("Get a calendar address").ClickAsync();
            await Expect(v.Page.GetByLabel("Calendar address")).ToBeVisibleAsync();
        }),
        ["checkout"] = Public(async (h, v) => { await v.Open(h.CheckoutPath(await h.Hold("Regular", 2))); await Expect(v.Card.Locator("#number")).ToBeVisibleAsync(); await Expect(v.Wallet("Apple Pay")).ToBeVisibleAsync(); }),
        ["checkout-wallet"] = Public(async (h, v) =>
        {
            await v.Open(h.CheckoutPath(await h.Hold("Regular", 2)));
            await v.Wallet("Google Pay").ClickAsync();
            await Expect(v.Sheet.Locator("#pay")).ToBeVisibleAsync();
        }),
        ["checkout-free"] = Public(async (h, v) => await v.Open(h.CheckoutPath(await h.Hold("Community")))),
        ["checkout-errors"] = Public(async (h, v) =>
        {
            await v.Open(h.CheckoutPath(await h.Hold("Community")));
            await v.Page.Locator("#pay").ClickAsync();
            await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync();
        }),
        ["confirmation"] = Public(async (h, v) => await v.Open(h.OrderPath(await h.Sell("Regular", 2)))),
        ["confirmation-seats-later"] = Public(async (h, v) => await v.Open(h.OrderPath(await h.Sell("Balcony, seated", 2, h.Concert, "a.very.long.address.of.somebody.who.likes.them@a-subdomain.of-a-long-name.example.org")))),
        ["order-guests"] = Public(async (h, v) =>
        {
            await Guests(h, v);
            await v.Page.Locator("#name-2").FillAsync("Rui Albuquerque Vasconcelos da Costa e Silva");
            await v.Page.Locator("#email-2").FillAsync("a.very.long.address.of.somebody.who.likes.them@a-subdomain.of-a-long-name.example.org");
            await v.Button("Give ticket 2").ClickAsync();
            await Expect(v.Button("Take ticket 2 back")).ToBeVisibleAsync();
        }),
        ["order-guests-errors"] = Public(async (h, v) => { await Guests(h, v); await v.Button("Give ticket 2").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); }),
        ["order-prove"] = Public(async (h, v) => { await v.Open(h.OrderPath(await h.Sell("Regular", 2)) + "/guests"); await Expect(v.Button("Send me the mail")).ToBeVisibleAsync(); }),
        ["order-prove-sent"] = Public(async (h, v) => { await v.Open(h.OrderPath(await h.Sell("Regular", 2)) + "/guests"); await v.Button("Send me the mail").ClickAsync(); await Expect(v.Button("Send it again")).ToBeVisibleAsync(); }),
        ["order-prove-open"] = Public(async (h, v) => await v.Open(await h.ProofOf(await h.Sell("Regular", 2)))),
        ["waitlist"] = Public(async (h, v) => await v.Open(await Gone(h))),
        ["waitlist-done"] = Public(async (h, v) => await v.Open(await Gone(h) + "?step=done")),
        ["order-unpaid"] = Public(async (h, v) => await v.Open(h.OrderPath(await h.Place("Regular")))),
        ["lost"] = Public("/nowhere"),
        ["help"] = Public("/help"),
        ["privacy"] = Public("/privacy"),
        ["sign-in"] = Public("/sign-in"),
        ["sign-in-errors"] = Public(async (_, v) => { await v.Open("/sign-in"); await v.Button("Sign in").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); }),
        ["office"] = Office((_, v) => v.Open("/office")),
        ["office-new-event"] = Office((_, v) => v.Open("/office/events/new")),
        ["office-new-event-errors"] = Office(async (_, v) => { await v.Open("/office/events/new"); await v.Button("Keep as a draft").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); }),
        ["office-sales"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}")),
        ["office-edit"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/edit")),
        ["office-edit-errors"] = Office(async (h, v) =>
        {
            await v.Open($"/office/events/{h.Conference.Id}/edit");
            await v.Page.Locator("#starts").FillAsync("");
            await v.Page.Locator("[id='kinds[0].seats']").EvaluateAsync("e => { e.closest('details').open = true; e.value = 'A 1-20\\nrubbish'; }");
            await v.Button("Publish").Last.ClickAsync();
            await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync();
        }),
        ["office-orders-send"] = Office(async (h, v) => await Choose(h, v, "Send tickets again")),
        ["office-orders-refund"] = Office(async (h, v) => await Choose(h, v, "Refund…")),
        ["office-orders-deed"] = Office(async (h, v) =>
        {
            await Choose(h, v, "Send tickets again");
            await v.Button("Send the tickets of").ClickAsync();
            await Expect(v.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("All done");
        }),
        ["office-orders"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/orders")),
        ["office-orders-none"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/orders?q=zzzz")),
        ["office-order"] = Office(async (h, v) => await v.Open($"/office/orders/{await h.Sell("Regular", 2, email: "a.very.long.address.of.somebody.who.likes.them@a-subdomain.of-a-long-name.example.org")}")),
        ["office-refund"] = Office(async (h, v) => await v.Open($"/office/orders/{await h.Sell("Regular", 2)}/refund")),
        ["office-refund-sure"] = Office(async (h, v) =>
        {
            await v.Open($"/office/orders/{await h.Sell("Regular", 2)}/refund");
            await v.Button("See what goes back").ClickAsync();
            await Expect(v.Button("Refund 2 tickets")).ToBeVisibleAsync();
        }),
        ["office-schedule"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/schedule"); await v.Page.EvaluateAsync("() => document.querySelectorAll('.slot:nth-of-type(n+8)').forEach(s => s.remove())"); }),
        ["office-schedule-import"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/schedule/import")),
        ["office-schedule-languages"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/schedule/languages?in=de")),
        ["office-schedule-source"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/schedule/source")),
        ["office-map"] = Office(async (h, v) =>
        {
            await v.Open($"/office/events/{h.Conference.Id}/schedule/map");
            await v.Page.Locator("[data-plan-sheet]").ClickAsync(new() { Position = new() { X = 20, Y = 20 } });
            await Expect(v.Page.Locator("form[data-spot] input[name=x]").First).Not.ToHaveValueAsync("");
        }),
        ["office-schedule-session"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/schedule/sessions/new"); await v.Button("Keep").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); }),
        ["office-speakers"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/schedule/speakers"); await v.Page.EvaluateAsync("() => document.querySelectorAll('#people tbody tr:nth-of-type(n+20)').forEach(r => r.remove())"); }),
        ["office-speaker"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/schedule/speakers"); await v.Page.Locator("#people th a").First.ClickAsync(); await v.Button("Keep").ClickAsync(); await Expect(v.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("is kept"); await v.Page.GetByRole(AriaRole.Link, new() { Name = "Erase…" }).ClickAsync(); }),
        ["office-speaker-errors"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/schedule/speakers/new"); await v.Button("Keep").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); }),
        ["questions"] = Public(async (h, v) =>
        {
            await h.SignInAttendee(v);
            await Beside(h, v, "/questions");
            await v.Page.GetByLabel("Your question").FillAsync("How is this run with two people, in a language that neither of them reads?");
            await v.Button("Ask the question").ClickAsync();
            await Expect(v.Page.Locator("#waiting .question").First).ToBeVisibleAsync();
        }),
        ["questions-moderate"] = Office((h, v) => Beside(h, v, "/questions/moderate")),
        ["questions-screen"] = Public((h, v) => Beside(h, v, "/questions/screen")),
        ["booth"] = Office(async (h, v) =>
        {
            await v.Open($"/office/events/{h.Conference.Id}/schedule/interpretation");
            await v.Page.GetByLabel("Language").FillAsync("es");
            await v.Page.GetByLabel("Where people listen").FillAsync("https://sound.example/es");
            await v.Button("Keep the channel").ClickAsync();
            await v.Page.GetByRole(AriaRole.Link, new() { Name = "Booth" }).First.ClickAsync();
            await v.Button("Enter the booth").ClickAsync();
            await Expect(v.Button("Leave the booth")).ToBeVisibleAsync();
        }),
        ["listen-in"] = Public(async (h, v) =>
        {
            await using (var owner = await h.Staff("owner", Device.Desk))
            {
                await owner.Open($"/office/events/{h.Conference.Id}/schedule/interpretation");
                await owner.Page.GetByLabel("Language").FillAsync("fr");
                await owner.Button("Keep the channel").ClickAsync();
                await v.Open((await owner.Page.Locator("a[href$='/booth/fr']").First.GetAttributeAsync("href"))!.Replace("/booth/", "/listen/", StringComparison.Ordinal));
            }
            await v.Button("Listen").ClickAsync();
            await Expect(v.Page.Locator("[data-part-is=said]")).ToContainTextAsync("Nobody is on air yet.");
        }),
        ["office-take-part"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/schedule/take-part")),
        ["office-feedback"] = Office((h, v) => v.Open($"/office/events/{h.Conference.Id}/schedule/feedback")),
        ["office-people"] = Office((_, v) => v.Open("/office/members")),
        ["office-attendees"] = Office(async (h, v) => { await h.Attend(); await v.Open($"/office/events/{h.Conference.Id}/attendees"); await AScreenful(v); }),
        ["office-attendees-errors"] = Office(async (h, v) => { await v.Open($"/office/events/{h.Conference.Id}/attendees"); await v.Button("Invite").ClickAsync(); await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync(); await AScreenful(v); }),
        ["attendee-sign-in"] = Public((h, v) => v.Open(h.ConferencePath + "/sign-in")),
        ["attendee-sign-in-code"] = Public(async (h, v) =>
        {
            await v.Open(h.ConferencePath + "/sign-in");
            await v.Page.GetByLabel("Email").FillAsync("a.very.long.address.of.somebody.who.likes.them@a-subdomain.of-a-long-name.example.org");
            await v.Button("Mail me a link").ClickAsync();
            await v.Page.GetByLabel("Code from the mail").FillAsync("123456");
            await v.Button("Sign in").ClickAsync();
            await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync();
        }),
        ["attendee-link"] = Public(async (h, v) => await v.Open(await h.SignInLink())),
        ["attendee-link-over"] = Public((h, v) => v.Open($"{h.ConferencePath}/sign-in/over")),
        ["attendee-profile"] = Public(async (h, v) => { await h.SignInAttendee(v); await v.Open(h.ConferencePath + "/profile?deleting=true"); await Expect(v.Heading).ToHaveTextAsync("You"); }),
        ["office-content"] = Office((_, v) => v.Open("/office/content?in=ar")),
        ["office-operations"] = Office((_, v) => v.Open("/office/operations")),
        ["account"] = Office((_, v) => v.Open("/account")),
        ["account-prove"] = Public(async (h, v) =>
        {
            await h.SignInStaff(v, "promoter");
            await h.Host.Db.Query<Guid>("update organizations_sessions set password_at = null where number = (select number from organizations_sessions order by started_at desc limit 1) returning number", default);
            await v.Open("/account/prove/keys?returnUrl=/office");
            await v.Button("Go on").ClickAsync();
            await Expect(v.Page.Locator("#errors")).ToBeVisibleAsync();
        }),
        ["account-held"] = Office(async (h, v) => { await v.Open("/account/held/" + await h.HeldForm()); await Expect(v.Button("Send what I typed")).ToBeVisibleAsync(); }),
        ["doors"] = Office((_, v) => v.Open("/door")),
        ["door"] = Office((h, v) => v.Open($"/door/{h.Conference.Id}")),
        ["door-found"] = Office((h, v) => v.Open($"/door/{h.Conference.Id}?q=an")),
        ["door-come-in"] = Office(async (h, v) => await Scan(h, v, (await OrderTickets.Of(await h.Sell("Community"), h.Host.Db, default))[0].Code)),
        ["door-already-in"] = Office(async (h, v) =>
        {
            var code = (await OrderTickets.Of(await h.Sell("Community"), h.Host.Db, default))[0].Code;
            await Scan(h, v, code);
            await Scan(h, v, code);
            await Expect(v.Page.Locator(".verdict")).ToContainTextAsync("Already in");
        }),
        ["door-no-entry"] = Office((h, v) => Scan(h, v, "not a ticket")),
        ["provider-page"] = Public(async (h, v) =>
        {
            var orderId = await h.Hold("Regular");
            var begun = await h.Host.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(orderId, new(orderId, "Ada Lovelace", "ada@example.org"), true, "https://foyer.example/", "https://foyer.example/"), default);
            await v.Open(begun.Redirect!);
        }),
        ["provider-fields"] = Public((h, v) => v.Open(new Uri(h.Sandbox.BaseUrl, "/v3/element").ToString())),
        ["provider-wallets"] = Public((h, v) => v.Open(new Uri(h.Sandbox.BaseUrl, "/v3/express").ToString())),
        ["provider-mails"] = Public((h, v) => v.Open(new Uri(h.Sandbox.BaseUrl, "/mail").ToString())),
    };

    /// <summary>Of hundreds of rows that are made alike.</summary>
    static Task AScreenful(Visitor v) => v.Page.EvaluateAsync("() => document.querySelectorAll('tbody tr:nth-of-type(n+15)').forEach(r => r.remove())");

    static async Task Guests(House h, Visitor v)
    {
        var order = await h.Sell("Regular", 2);
        await h.Own(v, order);
        await v.Open(h.OrderPath(order) + "/guests");
    }

    /// <summary>The waiting list of tickets that are all taken.</summary>
    static async Task<string> Gone(House h)
    {
        var show = await h.Host.AddShow("teatro-salitre", $"small-{Ids.Short(Ids.New(h.Host.Get<TimeProvider>().GetUtcNow()))}".ToLowerInvariant(), capacity: 1, title: "A very small room");
        await h.Host.Bus.InvokeAsync<Guid>(new HoldPlaces(show.EventId, [new(show.TicketTypeId, 1)]), default);
        return WaitlistPage.PathOf(show.Path, show.TicketTypeId);
    }

    /// <summary>A page beside the first session of the day.</summary>
    static async Task Beside(House h, Visitor v, string page)
    {
        await v.Open(h.ConferencePath + "/schedule");
        await v.Open(await v.Page.Locator(".session h4 a").First.GetAttributeAsync("href") + page);
    }

    static async Task Choose(House house, Visitor visitor, string deed)
    {
        var order = await house.Sell("Regular", 2);
        await visitor.Open($"/office/events/{house.Conference.Id}/orders");
        await visitor.Page.Locator($"#o-{order:N}").CheckAsync();
        await visitor.Button(deed).ClickAsync();
        await Expect(visitor.Heading).Not.ToHaveTextAsync("Orders");
    }

    // As a reader without script would send it: the verdict then stays.
    static async Task Scan(House house, Visitor visitor, string code)
    {
        await visitor.Open($"/door/{house.Conference.Id}");
        await visitor.Page.Locator("#code").FillAsync(code);
        await visitor.Page.EvaluateAsync("() => HTMLFormElement.prototype.submit.call(document.getElementById('scan'))");
        await Expect(visitor.Page.Locator(".verdict")).ToBeVisibleAsync();
    }

    public static TheoryData<string> Pages => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Everybody_can_use(string page)
    {
        var mine = Looked(page);
        if (All.Keys.FirstOrDefault(p => !looked.ContainsKey(p)) is { } next) _ = Looked(next);
        var faults = await mine;
        faults.ShouldBeEmpty($"{page}\n{string.Join('\n', faults)}\n");
    }

    // Two pages at a time: axe keeps one processor busy and leaves the others idle. What is found is told by the page's own test, whenever its turn comes.
    static readonly ConcurrentDictionary<string, Lazy<Task<List<string>>>> looked = new(StringComparer.Ordinal);
    static readonly SemaphoreSlim atATime = new(2);

    Task<List<string>> Looked(string page) => looked.GetOrAdd(page, _ => new(async () =>
    {
        await atATime.WaitAsync();
        try { return await Look(page); }
        finally { atATime.Release(); }
    })).Value;

    async Task<List<string>> Look(string page)
    {
        var way = All[page];
        await using var visitor = way.Who is { } role ? await house.Staff(role, Device.Desk) : await house.Visit(Device.Desk);
        // Green verdicts leave by themselves; here they stay to be looked at.
        if (page.StartsWith("door-", StringComparison.Ordinal)) await visitor.Page.Clock.InstallAsync();
        await way.Go(house, visitor);
        await visitor.Page.EvaluateAsync("() => document.fonts.ready.then(() => 0)");
        var faults = await Faults(visitor.Page, page);
        faults.AddRange(await Sideways(visitor.Page));
        faults.AddRange(await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#errors a')].filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(a => `${a.getAttribute('href')} leads nowhere`)"));
        faults.AddRange(visitor.Complaints);
        return faults;
    }

    [Fact]
    public async Task A_mail_can_be_read_in_the_light_and_in_the_dark()
    {
        await using var visitor = await house.Visit(Device.Desk);
        var words = house.Host.Get<MailTemplates>().Render("sign-in", new Dictionary<string, object?>
        {
            ["title"] = "Your sign-in link", ["preview"] = "Link and code", ["lead"] = "Press the button.", ["deed"] = "Sign in", ["code"] = "123 456", ["link"] = "https://foyer.example/", ["page"] = "https://foyer.example/sign-in", ["subject"] = "123 456 is your code", ["codeIs"] = "Code:", ["once"] = "Both work once.", ["notAsked"] = "You didn’t ask?", ["tellNobody"] = "Never tell the code.",
            ["asked"] = true, ["facts"] = new[] { new Dictionary<string, object?> { ["label"] = "Event", ["value"] = "FOSDEM" } }, ["organizer"] = "Open Hall", ["address"] = "Brussels", ["questions"] = "Questions:", ["contact"] = "desk@foyer.example", ["mailto"] = true,
            ["house"] = Oklch.House(156, 0.11).ToHex(), ["brand"] = Oklch.Brand(156, 0.11).ToHex(),
        });
        await visitor.Page.SetContentAsync(words.Html!);
        var faults = new List<string>();
        await Stand(visitor.Page, "mail", Device.Narrow);
        foreach (var dark in new[] { false, true }) faults.AddRange(await Ask(visitor.Page, dark, OfColours));
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    /// <summary>Of what is asked once for all widths: it is asked again where a width shows something else.</summary>
    [Fact]
    public async Task What_is_wrong_on_a_phone_alone_or_in_the_dark_alone_is_found()
    {
        await using var visitor = await house.Visit(Device.Desk);
        async Task<string> Faults(string style, string more)
        {
            await visitor.Page.SetContentAsync($"<!doctype html><html lang=en><title>A page</title><meta name=viewport content='width=device-width'><style>body {{ color: #000; background: #fff; }} {style}</style><main><h1>A page</h1><p id=words>Words</p>{more}</main></html>");
            return string.Join('\n', await EveryPageTests.Faults(visitor.Page, "planted"));
        }
        (await Faults("", "<button>Press</button>")).ShouldBeEmpty();
        (await Faults("@media (min-width: 40rem) { button { display: none } }", "<button></button>")).ShouldStartWith("320 px, light: button-name");
        (await Faults("@media (max-width: 40rem) { h1 { display: none } }", "")).ShouldStartWith("320 px, light: page-has-heading-one");
        (await Faults("@media (max-width: 40rem) { #words { color: #ddd } }", "")).ShouldStartWith("320 px, light: color-contrast");
        (await Faults("@media (max-width: 40rem) { div { height: 2em; overflow: auto } }", "<div><p>One<p>Two<p>Three<p>Four</div>")).ShouldStartWith("320 px, light: scrollable-region-focusable");
        (await Faults("@media (prefers-color-scheme: dark) { #words { color: #ddd } }", "")).ShouldStartWith("1280 px, dark: color-contrast");
    }

    // The dark changes colours and nothing else; a width changes these, and what is shown.
    static readonly string[] OfColours = ["color-contrast"], OfWidths = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "skip-link"];

    /// <summary>On a desk and on a phone, light and dark.</summary>
    static async Task<List<string>> Faults(IPage page, string name)
    {
        var (faults, shown) = (new List<string>(), "");
        foreach (var device in new[] { Device.Desk, Device.Narrow })
        {
            await Stand(page, name, device);
            var (before, now) = (shown, await page.EvaluateAsync<string>(Shown));
            shown = now;
            foreach (var dark in new[] { false, true })
                faults.AddRange((await Ask(page, dark, dark ? OfColours : now == before ? OfWidths : null)).Select(fault => $"{device.Width} px, {(dark ? "dark" : "light")}: {fault}"));
        }
        return faults;
    }

    /// <summary>All rules, in the light.</summary>
    internal static async Task<string[]> Check(IPage page, string name, Device device)
    {
        await Stand(page, name, device);
        return await Ask(page, dark: false);
    }

    /// <summary>Of every element: whether it is seen, and if not, why.</summary>
    const string Shown = """
        () => [...document.body.querySelectorAll('*')].map(e => {
          if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return '-';
          const r = e.getBoundingClientRect();
          return r.right <= 0 || r.bottom <= 0 || r.left >= innerWidth ? 'o' : r.width === 0 || r.height === 0 ? '0' : getComputedStyle(e).clipPath !== 'none' ? 'c' : 'x';
        }).join('')
        """;

    static async Task Stand(IPage page, string name, Device device)
    {
        await page.SetViewportSizeAsync(device.Width, device.Height);
        foreach (var dark in Keepsakes.AreWanted ? new[] { false, true } : [])
        {
            await Light(page, dark);
            Keepsakes.Keep($"{name}-{device.Width}-{(dark ? "dark" : "light")}.png", await page.ScreenshotAsync());
        }
        await Light(page, dark: false);
        // At its full height sticky bars lie where they belong, and cover nothing.
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        if (height > device.Height) await page.SetViewportSizeAsync(device.Width, height);
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe + ";0");
    }

    static Task Light(IPage page, bool dark) => page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });

    /// <param name="rules">Null: all.</param>
    static async Task<string[]> Ask(IPage page, bool dark, string[]? rules = null)
    {
        await Light(page, dark);
        // Colours that are on their way to others are nobody's to judge.
        await page.EvaluateAsync("() => document.getAnimations().filter(a => a.effect.getComputedTiming().endTime !== Infinity).forEach(a => a.finish())");
        return await page.EvaluateAsync<string[]>("""
            async rules => (await axe.run({ iframes: false, preload: false, resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) })).violations.flatMap(v => v.nodes.map(n =>
                `${v.id} (${v.impact}): ${v.help}\n    ${n.target.join(' ')}\n    ${n.failureSummary.split('\n').slice(1).map(s => s.trim()).join('\n    ')}`))
            """, rules);
    }

    static async Task<IReadOnlyList<string>> Sideways(IPage page)
    {
        const string wide = """
            () => {
              if (document.documentElement.scrollWidth <= innerWidth) return '';
              const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.tray, .hush')).slice(-3);
              return `${document.documentElement.scrollWidth} px wide: ` + out.map(e => `${e.tagName.toLowerCase()}.${e.className}`).join(', ');
            }
            """;
        var faults = new List<string>();
        await page.SetViewportSizeAsync(320, 640);
        if (await page.EvaluateAsync<string>(wide) is { Length: > 0 } narrow) faults.Add("320 px: " + narrow);
        // Widths in a media query grow with the text a person sets: large text gets the narrow layout.
        await page.SetViewportSizeAsync(900, 800);
        await page.EvaluateAsync("() => { document.documentElement.style.fontSize = '200%'; }");
        if (await page.EvaluateAsync<string>(wide) is { Length: > 0 } large) faults.Add("text at 200 %: " + large);
        return faults;
    }
}
