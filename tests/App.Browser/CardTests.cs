using App.Features.Checkout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>What banks say, and what becomes of it.</summary>
[Collection(HouseCollection.Name)]
public sealed class CardTests(House house)
{
    [Fact]
    public async Task A_declined_card_costs_nothing_keeps_what_was_typed_and_another_card_pays()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId, Cards.Declined);
        await buyer.Page.Locator("#pay").ClickAsync();

        var errors = buyer.Page.Locator("#errors");
        await Expect(errors).ToBeFocusedAsync();
        await Expect(errors).ToContainTextAsync("declined");
        await Expect(errors).ToContainTextAsync("Nothing was charged.");
        (await buyer.Page.TitleAsync()).ShouldStartWith("Error: ");
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ines@example.org");
        await Expect(buyer.Card.Locator("#cvc")).ToHaveValueAsync("123");
        (await house.Charges(orderId)).ShouldBe(0);

        await buyer.Card.Locator("#number").FillAsync(Cards.Good);
        await buyer.Page.Locator("#pay").ClickAsync();
        await buyer.Arrives();
        (await house.Charges(orderId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_bank_that_asks_first_gets_its_answer_and_the_tickets_are_there()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId, Cards.Asks);
        await buyer.Page.Locator("#pay").ClickAsync();
        await buyer.Button("Complete").ClickAsync();

        await buyer.Arrives();
        (await house.Charges(orderId)).ShouldBe(1);
        buyer.HasNoComplaints();
    }

    [Fact]
    public async Task A_bank_that_is_not_convinced_takes_nothing_and_the_buyer_can_pay_another_way()
    {
        var orderId = await house.Hold("Regular");
        await using var buyer = await Ready(orderId, Cards.Asks);
        await buyer.Page.Locator("#pay").ClickAsync();
        await buyer.Button("Fail").ClickAsync();

        await Expect(buyer.Page.GetByRole(AriaRole.Heading, new() { Name = "The bank did not pay" })).ToBeVisibleAsync();
        (await house.Charges(orderId)).ShouldBe(0);
        await buyer.Link("Try another way").ClickAsync();
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ines@example.org");
        await buyer.TypeCard();
        await buyer.Page.Locator("#pay").ClickAsync();
        await buyer.Arrives();
        (await house.Order(orderId)).Status.ShouldBe(OrderStatus.Paid);
        (await house.Charges(orderId)).ShouldBe(1);
    }

    async Task<Visitor> Ready(Guid orderId, string card)
    {
        var buyer = await house.Visit(Device.Desk);
        await buyer.Open(house.CheckoutPath(orderId));
        await buyer.TypeDetails();
        await buyer.TypeCard(card);
        return buyer;
    }
}
