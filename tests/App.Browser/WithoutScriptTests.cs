using App.Features.Checkout;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Everything a buyer does works without a line of script (ux.md U6), and nothing typed is lost (U7).</summary>
[Collection(HouseCollection.Name)]
public sealed class WithoutScriptTests(House house)
{
    [Fact]
    public async Task Two_tickets_are_chosen_paid_on_the_providers_page_and_shown()
    {
        await using var buyer = await house.Visit(Device.WithoutScript);
        await buyer.Open("/");
        await buyer.Link(house.Conference.Title).ClickAsync();
        await buyer.Button("One more: Regular").ClickAsync();
        await buyer.Button("One more: Regular").ClickAsync();
        await buyer.Button("One more: Regular").ClickAsync();
        await buyer.Button("One fewer: Regular").ClickAsync();
        await Expect(buyer.Page.GetByLabel("Number of tickets: Regular")).ToHaveValueAsync("2");
        await buyer.Button("Continue with 2 tickets").ClickAsync();
        var orderId = house.OrderOn(buyer.Page);

        await buyer.Page.Locator("#pay").ClickAsync();
        await ErrorsLeadToTheirFields(buyer.Page, "email", "name");
        await buyer.Page.Locator("#name").FillAsync("Ada Lovelace");
        await buyer.Page.Locator("#email").FillAsync("ada at example");
        await buyer.Page.Locator("#pay").ClickAsync();
        await ErrorsLeadToTheirFields(buyer.Page, "email");
        await Expect(buyer.Page.Locator("#name")).ToHaveValueAsync("Ada Lovelace");
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ada at example");

        await buyer.Page.Locator("#email").FillAsync("ada@example.org");
        await buyer.Button("Extend").ClickAsync();
        await Expect(buyer.Page.Locator("#email")).ToHaveValueAsync("ada@example.org");
        await Expect(buyer.Page.Locator("#name")).ToHaveValueAsync("Ada Lovelace");
        await Expect(buyer.Page.Locator("#hold")).ToContainTextAsync("Held until");

        await buyer.Page.Locator("#pay").ClickAsync();
        await buyer.Page.WaitForURLAsync(new Uri(house.Sandbox.BaseUrl, "/checkout/**").ToString());
        await buyer.Page.GetByLabel("Card number").FillAsync(Cards.Good);
        await buyer.Page.GetByLabel("Expires").FillAsync("12 / 34");
        await buyer.Page.GetByLabel("Security code").FillAsync("123");
        await buyer.Page.GetByRole(AriaRole.Button).ClickAsync();

        await buyer.Arrives();
        await Expect(buyer.Page.Locator(".ticket")).ToHaveCountAsync(2);
        (await house.Charges(orderId)).ShouldBe(1);
        buyer.HasNoComplaints();
    }

    /// <summary>Nothing reloads under the eyes of whoever reads it slowly; with script the page turns when there is news, without it a link looks again.</summary>
    [Fact]
    public async Task A_page_that_waits_for_the_bank_turns_by_itself_with_script_and_by_a_link_without()
    {
        var (one, other) = (await house.Place("Regular"), await house.Place("Regular"));
        await using var scripted = await house.Visit(Device.Phone);
        await using var plain = await house.Visit(Device.WithoutScript);
        await scripted.Open(house.OrderPath(one));
        await plain.Open(house.OrderPath(other));
        foreach (var visitor in new[] { scripted, plain }) await Expect(visitor.Heading).ToHaveTextAsync("Waiting for your payment");

        foreach (var order in new[] { one, other }) await house.Sandbox.Pay((await house.Order(order)).PaymentId!);

        await Expect(scripted.Heading).ToHaveTextAsync("You’re going");
        await plain.Link("Look again").ClickAsync();
        await Expect(plain.Heading).ToHaveTextAsync("You’re going");
        scripted.HasNoComplaints();
    }

    [Fact]
    public async Task A_free_ticket_needs_two_fields()
    {
        await using var buyer = await house.Visit(Device.WithoutScript);
        await buyer.Open(house.ConferencePath);
        await buyer.Page.GetByLabel("Number of tickets: Community").FillAsync("1");
        await buyer.Page.GetByLabel("Number of tickets: Community").PressAsync("Enter");
        (await buyer.Page.Locator("[required]").CountAsync()).ShouldBe(2);
        await buyer.TypeDetails();
        await buyer.Page.Locator("#name").PressAsync("Enter");  // gets it: doesn't extend the hold, whose button stands further up
        await buyer.Arrives();
    }

    [Fact]
    public async Task A_choice_that_cannot_be_is_said_and_kept()
    {
        await using var buyer = await house.Visit(Device.WithoutScript);
        await buyer.Open(house.ConferencePath);
        await buyer.Button("Continue", exact: true).ClickAsync();
        await Expect(buyer.Page.Locator("#errors")).ToContainTextAsync("Choose at least one ticket.");
        (await buyer.Page.TitleAsync()).ShouldStartWith("Error: ");

        var field = Picker.FieldOf(house.Kind("Regular").Id);
        await buyer.Page.Locator("#" + field).FillAsync("999");
        await buyer.Button("Continue", exact: true).ClickAsync();
        await ErrorsLeadToTheirFields(buyer.Page, field);
        await Expect(buyer.Page.Locator("#" + field)).ToHaveValueAsync("999");
    }

    [Fact]
    public async Task A_conference_is_read_searched_and_kept_by_somebody_who_signs_in_by_a_code()
    {
        await house.Attend("plain.reader@example.org");
        await using var reader = await house.Visit(Device.WithoutScript);
        await reader.Open(house.ConferencePath + "/schedule");
        await reader.Page.Locator(".tabs a").Last.ClickAsync();
        var session = reader.Page.Locator(".session h4 a").First;
        var title = (await session.InnerTextAsync()).Trim();
        await session.ClickAsync();
        await Expect(reader.Heading).ToContainTextAsync(title);
        var path = new Uri(reader.Page.Url).AbsolutePath;

        await reader.Open($"{house.ConferencePath}/search?q={Uri.EscapeDataString(title)}");
        await Expect(reader.Page.Locator($"main a[href='{path}']").First).ToBeVisibleAsync();
        await reader.Open($"{house.ConferencePath}/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await reader.Page.GetByLabel("Email").FillAsync("plain.reader@example.org");
        await reader.Page.Locator("main form button").First.ClickAsync();
        await Eventually.Is(async () => (await house.Sandbox.Mails("plain.reader@example.org")).Any(m => Code(m).Length > 0), seconds: 30);
        await reader.Page.Locator("#code").FillAsync((await house.Sandbox.Mails("plain.reader@example.org")).Select(Code).First(c => c.Length > 0));
        await reader.Page.Locator("main form button").First.ClickAsync();
        await reader.Page.WaitForURLAsync("**" + path);
        await reader.Page.Locator("form[action$='my-schedule?handler=Save'] button").First.ClickAsync();
        await reader.Open(house.ConferencePath + "/my-schedule");
        await Expect(reader.Page.Locator($"main a[href='{path}']").First).ToBeVisibleAsync();
        reader.HasNoComplaints();
    }

    static string Code(System.Text.Json.JsonElement mail) =>
        System.Text.RegularExpressions.Regex.Match(mail.GetProperty("mail").GetProperty("content")[0].GetProperty("value").GetString()!, "(?<=: )[0-9]{3} ?[0-9]{3}(?![0-9])").Value;

    [Fact]
    public async Task Staff_sign_in_refund_and_scan()
    {
        var orderId = await house.Sell("Regular");
        await using var visitor = await house.Visit(Device.WithoutScript);
        await visitor.Open("/office");
        await visitor.Button("Sign in").ClickAsync();
        await ErrorsLeadToTheirFields(visitor.Page, "email", "password");
        await visitor.Page.GetByLabel("Email").FillAsync("promoter@open-hall.example");
        await visitor.Page.GetByLabel("Password").FillAsync(Features.Demo.DemoAccounts.Password);
        await visitor.Button("Sign in").ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Events");

        var code = (await Features.Tickets.Contracts.OrderTickets.Of(orderId, house.Host.Db, default))[0].Code;
        await visitor.Open($"/door/{house.Conference.Id}");
        await visitor.Page.Locator("#code").FillAsync(code);
        await visitor.Button("Check").ClickAsync();
        await Expect(visitor.Page.Locator(".verdict")).ToContainTextAsync("Come in");

        await visitor.Open($"/office/orders/{orderId}/refund");
        await visitor.Button("See what goes back").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Refund 1 ticket") }).ClickAsync();
        await Expect(visitor.Page.GetByText("1 ticket refunded")).ToBeVisibleAsync();
    }

    /// <summary>ux.md U10: a summary, a link to each field, the words again at the field and tied to it, a title that says so.</summary>
    static async Task ErrorsLeadToTheirFields(IPage page, params string[] fields)
    {
        (await page.TitleAsync()).ShouldStartWith("Error: ");
        await Expect(page.Locator("#errors a")).ToHaveCountAsync(fields.Length);
        foreach (var field in fields)
        {
            var words = await page.Locator($"#errors a[href='#{field}']").InnerTextAsync();
            await Expect(page.Locator("#" + field)).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(page.Locator("#" + field)).ToHaveAttributeAsync("aria-describedby", new System.Text.RegularExpressions.Regex($"(^| ){field}-e( |$)"));
            await Expect(page.Locator($"#{field}-e")).ToHaveTextAsync(words);
        }
    }
}
