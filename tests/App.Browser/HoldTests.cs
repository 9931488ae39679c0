using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The time a buyer has, said without hurry (ux.md U8).</summary>
[Collection(HouseCollection.Name)]
public sealed class HoldTests(House house)
{
    [Fact]
    public async Task The_time_left_is_told_in_words_at_most_five_times_and_more_of_it_costs_nothing_typed()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await house.Visit(Device.Phone);
        var page = buyer.Page;
        await page.Clock.InstallAsync();
        await buyer.Open(house.CheckoutPath(orderId));
        await buyer.TypeDetails();
        await buyer.TypeCard();
        await page.EvaluateAsync("""
            () => {
              window.heard = [];
              const place = document.getElementById('hold-said');
              new MutationObserver(() => place.textContent && window.heard.push(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true });
            }
            """);
        await Expect(page.Locator("#hold strong")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Held until [0-9]{2}:[0-9]{2}$"));

        await page.Clock.RunForAsync("09:00");
        await Expect(page.Locator("[data-said=left]")).ToHaveTextAsync("6 min left");
        (await Heard(page)).ShouldBeEmpty();
        await page.Clock.RunForAsync("05:00");
        await Expect(page.Locator("#hold")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("soon"));
        (await Heard(page)).Length.ShouldBe(3);     // at five, two and one

        await buyer.Button("Extend").ClickAsync();
        await page.Clock.RunForAsync("00:10");
        await Expect(page.Locator("[data-said=left]")).ToHaveTextAsync("15 min left");
        await Expect(buyer.Button("Extend")).ToBeFocusedAsync();
        await Expect(page.Locator("#email")).ToHaveValueAsync("ines@example.org");
        await Expect(buyer.Card.Locator("#cvc")).ToHaveValueAsync("123");
        (await Heard(page)).Length.ShouldBeLessThanOrEqualTo(5, string.Join('\n', await Heard(page)));
        buyer.HasNoComplaints();
    }

    static Task<string[]> Heard(IPage page) => page.EvaluateAsync<string[]>("() => window.heard");

    [Fact]
    public async Task A_hold_that_ended_offers_the_same_tickets_and_keeps_the_form()
    {
        await using var host = await House.Start();
        var show = await host.AddShow(capacity: 2);
        await using var buyer = await house.Visit(Device.Phone, host);
        await buyer.Open(show.Path);
        await buyer.Button("One more: Standing").ClickAsync();
        await buyer.Button("Continue with 1 ticket").ClickAsync();
        await buyer.Page.WaitForURLAsync("**/checkout/**");
        await buyer.TypeDetails();

        host.Clock.Now += TimeSpan.FromMinutes(16);
        await host.HandleDueMessages();
        await buyer.Page.Locator("#pay").ClickAsync();
        await Expect(buyer.Page.Locator("#errors")).ToContainTextAsync("Your hold ended.");
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ines@example.org");

        await buyer.Page.ReloadAsync();
        await Expect(buyer.Page.Locator("#hold")).ToContainTextAsync("Your tickets are still free.");
        await buyer.TypeDetails();
        await buyer.Button("Take the same tickets").ClickAsync();
        await Expect(buyer.Page.Locator("#hold")).ToContainTextAsync("Held until");
        await Expect(buyer.Page.Locator("#name")).ToHaveValueAsync("Inês Duarte");
        await buyer.Button("Get 1 ticket").ClickAsync();
        await buyer.Arrives();
    }
}
