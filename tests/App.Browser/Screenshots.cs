using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The pictures of the README: FOYER_SCREENSHOTS=1 takes them anew.</summary>
[Collection(HouseCollection.Name)]
public sealed class Screenshots(House house)
{
    static readonly Device DeskDark = Device.Desk with { Dark = true };

    [Fact]
    public async Task Are_taken_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("FOYER_SCREENSHOTS") != "1") return;
        Directory.CreateDirectory(Repository.Path("docs", "screenshots"));
        await Take("event-phone", await house.Visit(Device.Phone), house.ConcertPath);
        await Take("event-desk-dark", await house.Visit(DeskDark), house.ConcertPath);
        await Take("checkout-desk", await house.Visit(Device.Desk), house.CheckoutPath(await house.Hold("Balcony, seated", 2, house.Concert)), v => Expect(v.Card.Locator("#number")).ToBeVisibleAsync());
        await Take("order-phone", await house.Visit(Device.Phone), house.OrderPath(await house.Sell("Regular", 2)));
        await Take("sales-desk", await house.Staff("promoter", Device.Desk), $"/office/events/{house.Conference.Id}");
        await Take("orders-desk-dark", await house.Staff("promoter", DeskDark), $"/office/events/{house.Conference.Id}/orders");
        await Take("door-phone", await house.Staff("door", Device.Phone), $"/door/{house.Conference.Id}");
    }

    static async Task Take(string name, Visitor visitor, string path, Func<Visitor, Task>? until = null)
    {
        await using var _ = visitor;
        await visitor.Open(path);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (until is not null) await until(visitor);
        await visitor.Page.EvaluateAsync("() => document.fonts.ready.then(() => 0)");
        var picture = await visitor.Page.ScreenshotAsync(new() { Path = Repository.Path("docs", "screenshots", name + ".png") });
        picture.Length.ShouldBeLessThanOrEqualTo(150 * 1024, name);
    }
}
