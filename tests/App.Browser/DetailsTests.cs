using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The page where somebody types: fields that help (ux.md U11), errors that lead on (U10), nothing bought unseen (U12).</summary>
[Collection(HouseCollection.Name)]
public sealed class DetailsTests(House house)
{
    [Fact]
    public async Task Fields_tell_the_keyboard_and_the_address_book_what_they_are()
    {
        await using var buyer = await house.Visit(Device.Phone);
        await buyer.Open(house.CheckoutPath(await house.Hold("Regular")));
        (await buyer.Page.Locator("[required]").CountAsync()).ShouldBe(2);
        await Has("#email", ("type", "email"), ("autocomplete", "email"), ("inputmode", "email"), ("enterkeyhint", "next"));
        await Has("#name", ("autocomplete", "name"), ("enterkeyhint", "done"));
        await Has("#company", ("autocomplete", "organization"));

        await buyer.Open(house.ConferencePath);
        foreach (var count in await buyer.Page.Locator(".stepper input").AllAsync()) (await count.GetAttributeAsync("inputmode")).ShouldBe("numeric");

        async Task Has(string field, params (string Name, string Value)[] attributes)
        {
            foreach (var (name, value) in attributes) await Expect(buyer.Page.Locator(field)).ToHaveAttributeAsync(name, value);
        }
    }

    [Fact]
    public async Task An_address_may_be_pasted_and_a_likely_slip_is_pointed_out_without_stopping_anybody()
    {
        await using var buyer = await house.Visit(Device.Desk);
        await buyer.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await buyer.Open(house.CheckoutPath(await house.Hold("Community")));
        await buyer.Page.EvaluateAsync("() => navigator.clipboard.writeText('ines@gmial.com')");
        await buyer.Page.Locator("#email").FocusAsync();
        await buyer.Page.Keyboard.PressAsync("Control+V");
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ines@gmial.com");

        await buyer.Page.Locator("#name").FillAsync("Inês Duarte");
        await Expect(buyer.Page.Locator("#email-h")).ToHaveTextAsync("Did you mean ines@gmail.com?");
        await buyer.Page.Locator("#name").PressAsync("Enter");
        await buyer.Arrives();
    }

    [Fact]
    public async Task Errors_are_focused_and_each_leads_to_its_field_and_back_to_silence()
    {
        await using var buyer = await house.Visit(Device.Phone);
        await buyer.Open(house.CheckoutPath(await house.Hold("Community")));
        await buyer.Button("Get 1 ticket").ClickAsync();
        await Expect(buyer.Page.Locator("#errors")).ToBeFocusedAsync();
        (await buyer.Page.TitleAsync()).ShouldStartWith("Error: ");
        foreach (var field in new[] { "email", "name" })
        {
            var link = buyer.Page.Locator($"#errors a[href='#{field}']");
            var words = await link.InnerTextAsync();
            words.ShouldStartWith("Enter ");
            await Expect(buyer.Page.Locator($"#{field}-e")).ToHaveTextAsync(words);
            (await buyer.Page.Locator("#" + field).GetAttributeAsync("aria-describedby"))!.Split(' ').ShouldContain(field + "-e");
            await link.ClickAsync();
            await Expect(buyer.Page.Locator("#" + field)).ToBeFocusedAsync();
        }
        await DescriptionsExist(buyer.Page);

        await buyer.TypeDetails(email: "nowhere");
        await buyer.Button("Get 1 ticket").ClickAsync();
        await Expect(buyer.Page.Locator("#errors a")).ToHaveCountAsync(1);
        await Expect(buyer.Page.Locator("#name")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(buyer.Page.Locator("#name")).ToHaveValueAsync("Inês Duarte");
        await DescriptionsExist(buyer.Page);
    }

    static async Task DescriptionsExist(IPage page) =>
        (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[aria-describedby]')].flatMap(e => e.getAttribute('aria-describedby').split(' ')).filter(id => !document.getElementById(id))")).ShouldBeEmpty();

    [Fact]
    public async Task What_is_bought_stands_above_the_button_that_pays()
    {
        await using var buyer = await house.Visit(Device.Desk);
        await buyer.Open(house.CheckoutPath(await house.Hold("Balcony, seated", 2, house.Concert)));
        var deed = buyer.Page.Locator(".deed");
        foreach (var words in new[] { "2 × Balcony, seated (seats ", house.Concert.Title, "Lisbon time", "Full refund until" }) await Expect(deed).ToContainTextAsync(words);
        await Expect(buyer.Button("Pay €104.00")).ToBeVisibleAsync();
        await Expect(buyer.Page.Locator("aside .sum dd")).ToHaveTextAsync("€104.00");
    }

    [Fact]
    public async Task The_confirmation_has_all_one_needs_and_its_address_opens_it_a_month_later()
    {
        await using var host = await House.Start();
        var show = await host.AddShow();
        await using var buyer = await house.Visit(Device.Phone, host);
        await buyer.Open(show.Path);
        await buyer.Button("One more: Standing").ClickAsync();
        await buyer.Button("Continue with 1 ticket").ClickAsync();
        await buyer.Page.WaitForURLAsync("**/checkout/**");
        await buyer.TypeDetails();
        await buyer.Button("Get 1 ticket").ClickAsync();
        await buyer.Arrives();

        var page = buyer.Page;
        (await page.InnerTextAsync(".eyebrow")).ShouldStartWith("Order ");
        await Expect(page.GetByText("i•••s@example.org").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What happens next" })).ToBeVisibleAsync();
        await Expect(page.Locator("a[href='mailto:box@salitre.example']").First).ToBeVisibleAsync();
        await HasTheTicket();
        await OpensAs("Add to calendar", "BEGIN:VCALENDAR");
        await OpensAs("Save as PDF", "%PDF-");

        host.Clock.Now += TimeSpan.FromDays(30);
        await host.HandleDueMessages();
        await page.ReloadAsync();
        await Expect(buyer.Heading).ToHaveTextAsync("Your tickets");
        await HasTheTicket();
        await OpensAs("Save as PDF", "%PDF-");

        async Task HasTheTicket()
        {
            var code = page.Locator(".ticket-stub img");
            await code.ScrollIntoViewIfNeededAsync();
            (await code.EvaluateAsync<bool>("async e => { await e.decode(); return e.naturalWidth > 0; }")).ShouldBeTrue();
            await Expect(code).ToHaveAttributeAsync("alt", "Entry code " + await page.InnerTextAsync(".ticket-stub .code"));
        }

        async Task OpensAs(string link, string begins)
        {
            var answer = await page.Context.APIRequest.GetAsync((await buyer.Link(link).GetAttributeAsync("href"))!);
            answer.Status.ShouldBe(200);
            System.Text.Encoding.Latin1.GetString(await answer.BodyAsync()).ShouldStartWith(begins);
        }
    }
}
