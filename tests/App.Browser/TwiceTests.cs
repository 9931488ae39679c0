using App.Features.Checkout;
using App.Infrastructure.Store;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Impatient hands: one order, one charge, the same confirmation (reliability.md F37, ux.md U7).</summary>
[Collection(HouseCollection.Name)]
public sealed class TwiceTests(House house)
{
    [Fact]
    public async Task Two_clicks_on_Continue_take_the_places_once()
    {
        var inventory = await house.Host.Get<HotStreams<Inventory>>().Get(InventoryId.Of(house.Conference.Id));
        var before = inventory.State.Holds.Count;
        await using var buyer = await house.Visit(Device.Desk);
        await buyer.Open(house.ConferencePath);
        await buyer.Button("One more: Student").ClickAsync();
        await buyer.Button("Continue with 1 ticket").DblClickAsync();
        await buyer.Page.WaitForURLAsync("**/checkout/**");
        inventory.State.Holds.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Two_clicks_on_Pay_then_Back_then_a_reload_charge_once()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await house.Visit(Device.Desk);
        await buyer.Open(house.ConferencePath);
        await Ready(buyer, orderId);
        await buyer.Page.Locator("#pay").DblClickAsync();
        await buyer.Arrives();

        await buyer.Page.GoBackAsync();
        await buyer.Arrives();                       // what is paid can't be paid again: the checkout leads to the tickets
        await buyer.Page.ReloadAsync();
        await buyer.Arrives();
        await Expect(buyer.Page.Locator(".ticket")).ToHaveCountAsync(1);
        (await house.Charges(orderId)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_tabs_pay_once_and_show_the_same_tickets()
    {
        var orderId = await house.Hold("Regular");
        await using var one = await house.Visit(Device.Desk);
        await using var other = await house.Visit(Device.Desk);
        await Ready(one, orderId);
        await Ready(other, orderId);
        await one.Page.Locator("#pay").ClickAsync();
        await one.Arrives();
        await other.Page.Locator("#pay").ClickAsync();
        await other.Arrives();

        (await other.Page.Locator(".ticket .code").AllInnerTextsAsync()).ShouldBe(await one.Page.Locator(".ticket .code").AllInnerTextsAsync());
        (await house.Charges(orderId)).ShouldBe(1);
    }

    [Fact]
    public async Task Back_from_the_details_finds_the_tickets_as_chosen()
    {
        await using var buyer = await house.Visit(Device.Desk);
        await buyer.Open(house.ConferencePath);
        await buyer.Button("One more: Regular").ClickAsync();
        await buyer.Button("Continue with 1 ticket").ClickAsync();
        await buyer.Page.WaitForURLAsync("**/checkout/**");
        await buyer.Page.GoBackAsync();
        await Expect(buyer.Page.GetByLabel("Number of tickets: Regular")).ToHaveValueAsync("1");
        await Expect(buyer.Button("Continue with 1 ticket")).ToBeEnabledAsync();
        await buyer.Page.GoForwardAsync();
        await Expect(buyer.Page.Locator("#hold")).ToContainTextAsync("Held until");
    }

    async Task Ready(Visitor buyer, Guid orderId)
    {
        await buyer.Open(house.CheckoutPath(orderId));
        await buyer.TypeDetails();
        await buyer.TypeCard();
    }
}
