using System.Globalization;
using System.Text.Json;
using App.Features.Tickets.Contracts;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>From the event's page to the seat: what the whole house is for.</summary>
[Collection(HouseCollection.Name)]
public sealed class JourneyTests(House house)
{
    [Fact]
    public async Task A_stranger_buys_two_tickets_on_a_phone_the_promoter_refunds_one_and_the_door_knows()
    {
        const string email = "journey@example.org";
        await using var buyer = await house.Visit(Device.Phone);
        await Buy(buyer, email);
        var orderId = house.OrderOn(buyer.Page);
        var tickets = await OrderTickets.Of(orderId, house.Host.Db, default);
        foreach (var ticket in tickets) await Expect(buyer.Page.GetByText(ticket.Words, new() { Exact = true })).ToBeVisibleAsync();
        await TheMailBringsThem(email, tickets);
        buyer.HasNoComplaints();

        await Refund(email, tickets[1]);
        await Scan(tickets);

        await buyer.Page.ReloadAsync();
        await Expect(buyer.Page.GetByText("Refunded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(buyer.Page.GetByText(tickets[0].Words, new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Three pages, twelve taps at most, no account, and the first price is the last (ux.md U1, U3, U4).</summary>
    async Task Buy(Visitor buyer, string email)
    {
        var page = buyer.Page;
        await buyer.Open(house.ConferencePath);
        var row = page.Locator(".kind", new() { HasText = "Both days, all rooms" }).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Regular", Exact = true }) });
        var price = Amount(await row.Locator(".price").InnerTextAsync());
        await buyer.Tap(buyer.Link("Choose tickets"));
        await buyer.Tap(buyer.Button("One more: Regular"));
        await buyer.Tap(buyer.Button("One more: Regular"));
        await Expect(page.Locator("[data-said=total]")).ToHaveTextAsync(Say(price * 2));
        await buyer.Tap(buyer.Button("Continue with 2 tickets"));

        await page.WaitForURLAsync("**/checkout/**");
        (await page.Locator("a[href*='sign-in']").CountAsync()).ShouldBe(0);
        await buyer.Tap(page.Locator("#email"));
        await page.Keyboard.TypeAsync(email);
        await buyer.Tap(page.Locator("#name"));
        await page.Keyboard.TypeAsync("Journey Tester");
        foreach (var (field, typed) in new[] { ("#number", Cards.Good), ("#expiry", "1234"), ("#cvc", "123") })
        {
            await buyer.Tap(buyer.Card.Locator(field));
            await page.Keyboard.TypeAsync(typed);
        }
        await buyer.Tap(buyer.Button($"Pay {Say(price * 2)}"));

        await buyer.Arrives();
        await Expect(page.Locator(".eyebrow").First).ToContainTextAsync($"paid {Say(price * 2)}");
        await Expect(page.Locator("#main a[href$='/sign-in']")).ToBeVisibleAsync(); // now an account is offered
        buyer.PageLoads.ShouldBe(3);
        buyer.Taps.ShouldBeLessThanOrEqualTo(12);
    }

    async Task TheMailBringsThem(string email, IReadOnlyList<OrderTicket> tickets)
    {
        await Eventually.Is(async () => (await house.Sandbox.Mails(email)).Count > 0, seconds: 60);
        var mail = (await house.Sandbox.Mails(email))[0].GetProperty("mail");
        foreach (var part in mail.GetProperty("content").EnumerateArray())
            foreach (var ticket in tickets) part.GetProperty("value").GetString()!.Replace("&#160;", " ", StringComparison.Ordinal).ShouldContain(ticket.Words);
        mail.GetProperty("attachments").EnumerateArray().Select(a => a.GetProperty("type").GetString()).ShouldContain("application/pdf");
    }

    async Task Refund(string email, OrderTicket ticket)
    {
        await using var promoter = await house.Staff("promoter", Device.Desk);
        var page = promoter.Page;
        await promoter.Open("/office");
        await promoter.Link(house.Conference.Title).ClickAsync();
        await promoter.Link("All orders").ClickAsync();
        await page.GetByLabel("Find by name, email or order code").FillAsync(email);
        await page.Keyboard.PressAsync("Enter");
        await promoter.Link("Journey Tester").ClickAsync();
        await promoter.Link("Refund").ClickAsync();
        await page.Locator($"input[name=ticket]:not([value='{ticket.Id}'])").UncheckAsync();
        await promoter.Button("See what goes back").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Refund 1 ticket, €") }).ClickAsync();
        await Expect(page.GetByText("1 ticket refunded")).ToBeVisibleAsync();
        await house.Host.HandleDueMessages();
        promoter.HasNoComplaints();
    }

    async Task Scan(IReadOnlyList<OrderTicket> tickets)
    {
        await using var door = await house.Staff("door", Device.Phone);
        await door.Open("/door");
        await door.Link(house.Conference.Title).ClickAsync();
        foreach (var (code, words, because) in new[] { (tickets[0].Code, "Come in", "1 of 2"), (tickets[0].Code, "Already in", "Came in at"), (tickets[1].Code, "No entry", "Refunded"), ("K7PD 4MXR", "No entry", "Not a ticket of ours") })
        {
            // As a reader types it, wherever the focus is.
            await door.Page.Locator("#code").FillAsync(code);
            await door.Page.Locator("#code").PressAsync("Enter");
            var verdict = door.Page.Locator(".verdict");
            await Expect(verdict).ToContainTextAsync(because);
            await Expect(verdict).ToContainTextAsync(words);
            await door.Keep($"door-{words}-{because}".Replace(' ', '-'));
            if (words == "Come in") await Expect(verdict).ToHaveCountAsync(0);   // green makes room by itself
            else await verdict.GetByText("Next", new() { Exact = true }).ClickAsync();
        }
        await Expect(door.Page.Locator("#door-counts")).ToContainTextAsync("Main door");
        door.HasNoComplaints();
    }

    static decimal Amount(string price) => decimal.Parse(price.Trim().TrimStart('€'), NumberStyles.Number, CultureInfo.InvariantCulture);
    static string Say(decimal amount) => "€" + amount.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>ux.md U3: the price on the page is the price for machines, and of one ticket it is the total, for every kind of every event.</summary>
    [Fact]
    public async Task The_first_price_is_the_last_for_people_and_for_machines()
    {
        await using var buyer = await house.Visit(Device.Desk);
        foreach (var path in new[] { house.ConferencePath, house.ConcertPath })
        {
            await buyer.Open(path);
            var offers = JsonDocument.Parse(await buyer.Page.Locator("script[type='application/ld+json']").First.InnerTextAsync()).RootElement.GetProperty("offers").EnumerateArray().ToArray();
            var kinds = await buyer.Page.Locator(".kind").AllAsync();
            offers.Length.ShouldBe(kinds.Count);
            foreach (var kind in kinds)
            {
                var name = await kind.GetByRole(AriaRole.Heading).InnerTextAsync();
                var shown = await kind.Locator(".price").InnerTextAsync();
                var offer = offers.Single(o => o.GetProperty("name").GetString() == name);
                var price = decimal.Parse(offer.GetProperty("price").GetString()!, CultureInfo.InvariantCulture);
                shown.ShouldBe(price == 0 ? "Free" : $"€{price.ToString("N2", CultureInfo.InvariantCulture)}", name);
                if (await kind.Locator("button[name=more]").CountAsync() == 0) continue; // gone
                await kind.Locator("button[name=more]").ClickAsync();
                await Expect(buyer.Page.Locator("[data-said=total]")).ToHaveTextAsync($"€{price.ToString("N2", CultureInfo.InvariantCulture)}");
                await kind.Locator("button[name=fewer]").ClickAsync();
            }
        }
    }
}
