using App.Features.Checkout;
using App.Tests.Support;
using Microsoft.Playwright;
using Sandbox;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Paying by the wallet in a phone (ux.md U5): nothing to type, the whole price on the sheet, and every way out of it said in words.</summary>
[Collection(HouseCollection.Name)]
public sealed class WalletTests(House house)
{
    [Theory]
    [InlineData("Apple Pay")]
    [InlineData("Google Pay")]
    [InlineData("Link")]
    public async Task A_wallet_on_a_phone_pays_with_nothing_typed(string wallet)
    {
        var orderId = await house.Hold("Regular", 2);
        await using var buyer = await Ready(orderId);
        var total = await buyer.Page.InnerTextAsync("aside .sum dd");
        await buyer.Tap(buyer.Wallet(wallet));
        await Expect(buyer.Sheet.Locator("#items div").First).ToContainTextAsync("2 × Regular");
        await Expect(buyer.Sheet.Locator("#items div").Last).ToHaveTextAsync("Total" + total);
        await Expect(buyer.Sheet.Locator("#payee")).ToContainTextAsync("Open Hall");
        await buyer.Tap(buyer.Sheet.Locator("#pay"));

        await buyer.Arrives();
        buyer.Taps.ShouldBe(2);
        await Expect(buyer.Page.GetByText("w•••a@example.org").First).ToBeVisibleAsync();
        await Expect(buyer.Page.Locator(".ticket .eyebrow").First).ToContainTextAsync("Wanda Wallet");
        (await house.Charges(orderId)).ShouldBe(1);
        buyer.HasNoComplaints();
    }

    [Fact]
    public async Task A_sheet_that_is_closed_costs_nothing_and_keeps_what_was_typed()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId);
        await buyer.TypeDetails();
        await buyer.Tap(buyer.Wallet("Google Pay"));
        await buyer.Tap(buyer.Sheet.GetByRole(AriaRole.Button, new() { Name = "Cancel" }));

        await Expect(buyer.Page.Locator("#express-said")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Google Pay was closed. Nothing was charged. Your tickets are held until [0-9:]{5}.$"));
        await Expect(buyer.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ines@example.org");
        (await house.Charges(orderId)).ShouldBe(0);

        // What was typed is what is meant, whatever the wallet knows.
        await buyer.Tap(buyer.Wallet("Google Pay"));
        await buyer.Tap(buyer.Sheet.Locator("#pay"));
        await buyer.Arrives();
        await Expect(buyer.Page.GetByText("i•••s@example.org").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_card_that_is_declined_in_the_wallet_leaves_the_form_filled_in_for_another()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId);
        await buyer.Tap(buyer.Wallet("Apple Pay"));
        await buyer.Sheet.Locator("#card").SelectOptionAsync(Cards.Declined);
        await buyer.Tap(buyer.Sheet.Locator("#pay"));

        var errors = buyer.Page.Locator("#errors");
        await Expect(errors).ToBeFocusedAsync();
        await Expect(errors).ToContainTextAsync("declined");
        await Expect(errors).ToContainTextAsync("Nothing was charged.");
        await Expect(buyer.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("wanda@example.org");
        await Expect(buyer.Page.Locator("#name")).ToHaveValueAsync("Wanda Wallet");
        (await house.Charges(orderId)).ShouldBe(0);

        await buyer.TypeCard();
        await buyer.Tap(buyer.Page.Locator("#pay"));
        await buyer.Arrives();
        (await house.Charges(orderId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_bank_that_asks_first_is_answered_from_a_wallet_too()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId);
        await buyer.Tap(buyer.Wallet("Google Pay"));
        await buyer.Sheet.Locator("#card").SelectOptionAsync(Cards.Asks);
        await buyer.Tap(buyer.Sheet.Locator("#pay"));
        await buyer.Button("Complete").ClickAsync();
        await buyer.Arrives();
        (await house.Order(orderId)).Status.ShouldBe(OrderStatus.Paid);
    }

    [Fact]
    public async Task What_the_form_asks_beyond_name_and_address_is_asked_before_the_sheet_opens()
    {
        await using var buyer = await Ready(await house.Hold("Regular"));
        await buyer.Page.EvaluateAsync("""
            () => document.querySelector('.fields').insertAdjacentHTML('beforeend', '<input type="checkbox" id="terms" name="terms" value="yes" required data-fault="Agree to the rules of the house">')
            """);
        await buyer.Tap(buyer.Wallet("Apple Pay"));
        await Expect(buyer.Page.Locator("#errors a[href='#terms']")).ToHaveTextAsync("Agree to the rules of the house");
        await Expect(buyer.Page.Locator("dialog")).ToHaveCountAsync(0);
        await buyer.Page.Locator("#terms").CheckAsync();
        await buyer.Tap(buyer.Wallet("Apple Pay"));
        await Expect(buyer.Sheet.Locator("#pay")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Time_that_runs_out_behind_an_open_sheet_is_said_and_nothing_typed_is_lost()
    {
        await using var host = await AppHost.Start(house.Sandbox);       // a clock that can be moved; nothing comes back from the provider here
        try
        {
            var show = await host.AddShow(amount: 2500);
            await using var buyer = await house.Visit(Device.Phone, host);
            var page = buyer.Page;
            await page.Clock.InstallAsync();
            await buyer.Open(show.Path);
            await buyer.Button("One more: Standing").ClickAsync();
            await buyer.Button("Continue with 1 ticket").ClickAsync();
            await page.WaitForURLAsync("**/checkout/**");
            await buyer.TypeDetails();
            await buyer.Wallet("Apple Pay").ClickAsync();
            await Expect(buyer.Sheet.Locator("#pay")).ToBeVisibleAsync();

            host.Clock.Now += TimeSpan.FromMinutes(16);
            await host.HandleDueMessages();
            await page.Clock.RunForAsync("16:00");
            await Expect(page.Locator("#hold strong")).ToContainTextAsync("Your hold ended at");
            await buyer.Sheet.Locator("#pay").ClickAsync();
            await Expect(page.Locator("#errors")).ToContainTextAsync("Your hold ended.");
            await Expect(page.Locator("#email")).ToHaveValueAsync("ines@example.org");
            await Expect(page.Locator("#express")).ToBeHiddenAsync();
        }
        finally { await house.Sandbox.SendWebhooksTo(new Uri(house.Host.Address, "/webhooks/stripe").ToString()); }
    }

    [Fact]
    public async Task Where_there_is_no_wallet_nothing_shows_that_there_could_be_one()
    {
        await house.Sandbox.Behave(new Behaviour(Wallets: []));
        try
        {
            await using var buyer = await house.Visit(Device.Phone);
            await buyer.Open(house.CheckoutPath(await house.Hold("Regular")));
            await Expect(buyer.Card.Locator("#number")).ToBeVisibleAsync();
            await Expect(buyer.Page.Locator("#express")).ToBeHiddenAsync();
            await HasNoGap(buyer.Page);
        }
        finally { await house.Sandbox.Behave(new Behaviour()); }
    }

    [Fact]
    public async Task Without_script_or_anything_to_pay_no_room_is_kept()
    {
        await using var reader = await house.Visit(Device.WithoutScript);
        await reader.Open(house.CheckoutPath(await house.Hold("Regular")));
        await HasNoGap(reader.Page);
        await using var guest = await house.Visit(Device.Phone);
        await guest.Open(house.CheckoutPath(await house.Hold("Community")));
        (await guest.Page.Locator("#express").CountAsync()).ShouldBe(0);
        await HasNoGap(guest.Page);
    }

    [Fact]
    public async Task Only_the_checkout_lets_the_provider_ask_for_a_wallet()
    {
        await using var visitor = await house.Visit(Device.Desk);
        var checkout = await visitor.Open(house.CheckoutPath(await house.Hold("Regular")));
        (await checkout.HeaderValueAsync("permissions-policy"))!.ShouldContain($"payment=(self \"{house.Sandbox.BaseUrl.GetLeftPart(UriPartial.Authority)}\")");
        var page = await visitor.Open(house.ConferencePath);
        (await page.HeaderValueAsync("permissions-policy"))!.ShouldContain("payment=()");
    }

    [Fact]
    public async Task Each_ticket_can_be_kept_in_a_wallet_and_all_of_them_at_once()
    {
        await using var buyer = await house.Visit(Device.Phone);
        var orderId = await house.Sell("Regular", 2);
        await buyer.Open(house.OrderPath(orderId));
        foreach (var name in new[] { "Add to Apple Wallet: ticket 1", "Add to Apple Wallet: ticket 2", "Add all 2 to Apple Wallet" })
        {
            var answer = await buyer.Page.Context.APIRequest.GetAsync((await buyer.Link(name).GetAttributeAsync("href"))!);
            answer.Status.ShouldBe(200);
            answer.Headers["content-type"].ShouldStartWith("application/vnd.apple.pkpass");
        }
        var saved = await buyer.Page.Context.APIRequest.GetAsync((await buyer.Link("Add to Google Wallet: ticket 2").GetAttributeAsync("href"))!, new() { MaxRedirects = 0 });
        saved.Headers["location"].ShouldStartWith("https://pay.google.com/gp/v/save/");

        // One ticket has no buttons of its own: they stand with the other ways to keep it.
        await buyer.Open(house.OrderPath(await house.Sell("Community")));
        await Expect(buyer.Page.Locator(".tickets a")).ToHaveCountAsync(0);
        await Expect(buyer.Link("Add to Apple Wallet")).ToBeVisibleAsync();
        await Expect(buyer.Link("Add to Google Wallet")).ToBeVisibleAsync();
        // Nothing to keep while tickets wait.
        await buyer.Open(house.OrderPath(await house.Sell("Balcony, seated", 1, house.Concert)));
        (await buyer.Page.GetByText("Wallet").CountAsync()).ShouldBe(0);
    }

    static async Task HasNoGap(IPage page)
    {
        var (heading, email) = (await page.Locator("#h").BoundingBoxAsync(), await page.GetByText("Email", new() { Exact = true }).First.BoundingBoxAsync());
        (email!.Y - heading!.Y - heading.Height).ShouldBeLessThanOrEqualTo(48);
    }

    async Task<Visitor> Ready(Guid orderId)
    {
        var buyer = await house.Visit(Device.Phone);
        await buyer.Open(house.CheckoutPath(orderId));
        await Expect(buyer.Wallet("Link")).ToBeVisibleAsync();
        return buyer;
    }
}
