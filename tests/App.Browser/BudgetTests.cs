using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>What pages may weigh and whom they may ask (ux.md U62 to U64). Bytes as they travel, compressed.</summary>
[Collection(HouseCollection.Name)]
public sealed class BudgetTests(House house)
{
    [Fact]
    public async Task An_event_page_is_light_and_asks_nobody_else()
    {
        await using var visitor = await house.Visit(Device.Phone);
        await visitor.Open(house.ConferencePath);
        await Settles(visitor);
        await IsLight(visitor);
        visitor.Requests.ShouldAllBe(r => IsOurs(r));
        visitor.HasNoComplaints();
    }

    [Fact]
    public async Task The_checkout_is_light_and_asks_the_payment_provider_and_nobody_else()
    {
        await using var visitor = await house.Visit(Device.Phone);
        await visitor.Open(house.CheckoutPath(await house.Hold("Regular", 2)));
        await Expect(visitor.Card.Locator("#number")).ToBeVisibleAsync();
        await Expect(visitor.Wallet("Apple Pay")).ToBeVisibleAsync();
        await Settles(visitor);
        await IsLight(visitor);
        visitor.Requests.Where(r => !IsOurs(r)).ShouldAllBe(r => r.Url.StartsWith(house.Sandbox.BaseUrl.ToString()));
        visitor.HasNoComplaints();
    }

    /// <summary>What is parsed in pieces is seen in pieces: what stands further up has to come first.</summary>
    [Fact]
    public async Task A_slow_phone_sees_the_checkout_in_order()
    {
        await using var visitor = await house.Visit(Device.Phone);
        var devtools = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 20 });
        await visitor.Open(house.CheckoutPath(await house.Hold("Regular", 2)));
        await Settles(visitor);
    }

    [Fact]
    public async Task The_provider_hears_of_nobody_who_does_not_pay()
    {
        await using var visitor = await house.Visit(Device.Phone);
        await visitor.Open("/");
        await visitor.Open(house.ConcertPath);
        await visitor.Open(house.CheckoutPath(await house.Hold("Community")));
        await visitor.Open(house.OrderPath(await house.Sell("Community")));
        await Settles(visitor);
        visitor.Requests.ShouldAllBe(r => IsOurs(r));
    }

    bool IsOurs(IRequest request) => request.Url.StartsWith("data:", StringComparison.Ordinal) || request.Url.StartsWith(house.Host.Address.ToString(), StringComparison.Ordinal);

    static async Task Settles(Visitor visitor)
    {
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await visitor.Jumps()).ShouldBeLessThanOrEqualTo(0.02, $"things jumped while the page came\n{await visitor.Jumped()}");
    }

    async Task IsLight(Visitor visitor)
    {
        var own = visitor.Requests.Where(r => IsOurs(r) && !r.Url.StartsWith("data:", StringComparison.Ordinal)).ToArray();
        var weights = new List<(string Kind, string Path, int Bytes)>();
        foreach (var request in own) weights.Add((request.ResourceType, new Uri(request.Url).AbsolutePath, (await request.SizesAsync()).ResponseBodySize));
        var told = string.Join('\n', weights.Select(w => $"{w.Kind,-12}{w.Bytes,8}  {w.Path}"));
        int Of(string kind) => weights.Where(w => w.Kind == kind).Sum(w => w.Bytes);

        Of("script").ShouldBeLessThanOrEqualTo(30 * 1024, told);
        Of("stylesheet").ShouldBeLessThanOrEqualTo(15 * 1024, told);
        Of("document").ShouldBeLessThanOrEqualTo(14 * 1024, told);
        Of("document").ShouldBeGreaterThan(500, told);      // that something was weighed at all
        Of("font").ShouldBeLessThanOrEqualTo(25 * 1024, told);
        own.Length.ShouldBeLessThanOrEqualTo(10, told);
    }
}
