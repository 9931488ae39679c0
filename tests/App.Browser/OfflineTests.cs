using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>ux.md U47: in a hall without network the schedule, the map and one's tickets are there, with their age; prices and the checkout are not.</summary>
[Collection(HouseCollection.Name)]
public sealed class OfflineTests(House house)
{
    const string Kept = "async path => { for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).some(k => new URL(k.url).pathname === path)) return true; return false; }";

    [Fact]
    public async Task The_schedule_the_map_and_tickets_open_without_network_and_prices_do_not()
    {
        var order = house.OrderPath(await house.Sell("Regular", 2));
        await using var visitor = await house.Visit(Device.Phone);
        await visitor.Open(house.ConferencePath);
        await visitor.Open(house.ConferencePath + "/schedule");
        await visitor.Page.Locator(".tabs a").Last.ClickAsync();
        var day = new Uri(visitor.Page.Url).AbsolutePath;
        foreach (var path in new[] { house.ConferencePath + "/schedule", day }) await visitor.Page.WaitForFunctionAsync(Kept, path);
        var map = house.ConferencePath + "/map";
        await visitor.Open(map);
        foreach (var path in new[] { map, await visitor.Page.Locator(".plan-sheet > img").First.EvaluateAsync<string>("e => new URL(e.src).pathname") }) await visitor.Page.WaitForFunctionAsync(Kept, path);
        await visitor.Open(order);
        await visitor.Page.WaitForFunctionAsync(Kept, new Uri(visitor.Page.Url).AbsolutePath + "/ticket-1.svg");
        await visitor.Page.WaitForFunctionAsync(Kept, new Uri(visitor.Page.Url).AbsolutePath);
        // What a page asks for at its next visit goes through the worker; the event's page too, and is let through.
        await visitor.Open(house.ConferencePath);
        (await visitor.Page.EvaluateAsync<bool>(Kept, house.ConferencePath)).ShouldBeFalse("prices are never kept");

        await visitor.Page.Context.SetOfflineAsync(true);
        foreach (var path in new[] { house.ConferencePath + "/schedule", day })
        {
            await visitor.Open(path);
            await Expect(visitor.Page.Locator(".session").First).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator(".aged")).ToContainTextAsync("this is a copy from");
        }
        await visitor.Open(map);
        await Expect(visitor.Page.Locator(".aged")).ToContainTextAsync("this is a copy from");
        (await visitor.Page.Locator(".plan-sheet > img").First.EvaluateAsync<bool>("async e => { await e.decode(); return e.naturalWidth > 0; }")).ShouldBeTrue("a plan without its picture shows marks on nothing");
        await visitor.Open(order);
        await Expect(visitor.Page.Locator(".aged")).ToContainTextAsync("this is a copy from");
        (await visitor.Page.Locator(".ticket-stub img").First.EvaluateAsync<bool>("e => e.complete && e.naturalWidth > 0")).ShouldBeTrue("the door reads it");
        await Should.ThrowAsync<PlaywrightException>(() => visitor.Open(house.ConferencePath));

        // Below the schedule stands what only one person may see: links, questions, feedback. It was kept too, and came back after the sign-out.
        await visitor.Page.Context.SetOfflineAsync(false);
        await visitor.Open(day);
        var session = (await visitor.Page.Locator(".session h4 a, .session h3 a").First.GetAttributeAsync("href"))!;
        await visitor.Open(session + "/links");
        await visitor.Open(session);
        await visitor.Page.WaitForFunctionAsync(Kept, session);
        (await visitor.Page.EvaluateAsync<bool>(Kept, session + "/links")).ShouldBeFalse("nobody may store it");
        var ticket = new Uri(new Uri(visitor.Page.Url), order).AbsolutePath;
        (await visitor.Page.EvaluateAsync<bool>(Kept, ticket)).ShouldBeTrue();
        await visitor.Page.EvaluateAsync("path => fetch(path + '/profile?handler=signout', { method: 'POST' }).catch(() => 0)", house.ConferencePath);
        await visitor.Page.WaitForFunctionAsync("async path => !(await (" + Kept + ")(path))", ticket);
    }
}
