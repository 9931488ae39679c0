using System.Net.Http.Json;
using System.Text.Json;
using App.Features.Live;
using App.Features.Schedule.Contracts;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The service worker. ux.md U47: in a hall without network the schedule, the map and one's tickets are there, with their age; prices and the checkout are not. It also rings.</summary>
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

    // Stands for the maker's push service alone, which a browser without network can't subscribe at: all else is the browser's own.
    const string PushService = """
        if (window.PushManager) {
          const kept = sessionStorage.getItem('push') === 'on';
          const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0)).buffer;
          const subscription = { endpoint: '{endpoint}', getKey: name => bytes(name === 'auth' ? '{auth}' : '{p256dh}') };
          PushManager.prototype.subscribe = async wanted => { if (wanted.applicationServerKey.length !== 65 || !wanted.userVisibleOnly) throw new Error(); sessionStorage.setItem('push', 'on'); return subscription; };
          PushManager.prototype.getSubscription = async () => kept ? subscription : null;
        }
        """;

    [Fact]
    public async Task A_reminder_rings_with_its_words_and_pressing_it_opens_the_sessions_page()
    {
        using var mailbox = new PushMailbox();
        await using var visitor = await house.VisitWhole(Device.Phone);
        await visitor.Page.Context.GrantPermissionsAsync(["notifications"], new() { Origin = house.Host.Address.GetLeftPart(UriPartial.Authority) });
        await visitor.Page.AddInitScriptAsync(PushService.Replace("{endpoint}", $"{house.Sandbox.BaseUrl}push/browser", StringComparison.Ordinal).Replace("{auth}", mailbox.Auth, StringComparison.Ordinal).Replace("{p256dh}", mailbox.P256dh, StringComparison.Ordinal));
        var developer = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        var registration = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        developer.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            foreach (var one in e!.Value.GetProperty("registrations").EnumerateArray()) registration.TrySetResult(one.GetProperty("registrationId").GetString()!);
        };
        await developer.SendAsync("ServiceWorker.enable");
        await visitor.Open(house.ConferencePath + "/reminders");
        await visitor.Button("Ring this device").ClickAsync();
        await Expect(visitor.Page.Locator("#hush")).ToBeVisibleAsync();

        // What our server sends to the push service, and what a browser makes of it.
        var now = house.Host.Get<TimeProvider>().GetUtcNow();
        var schedule = (await house.Host.Get<ScheduleCatalogue>().Find(house.Conference.Id))!;
        var session = schedule.Sessions.First(s => s.IsPublic && s.Slots.Any(slot => slot.Start > now));
        var browser = await house.Host.Db.QueryFirst<Guid>("select id from live_browsers where endpoint = $1", default, $"{house.Sandbox.BaseUrl}push/browser");
        await house.Host.Bus.InvokeAsync(new RingBrowser(browser, house.Conference.Id, session.Id, session.Slots.First(slot => slot.Start > now).Id), default);
        var rung = (await house.Sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/push")).EnumerateArray().Single(r => r.GetProperty("box").GetString() == "browser");
        var said = mailbox.Open(rung.GetProperty("body").GetBytesFromBase64());
        await developer.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = house.Host.Address.GetLeftPart(UriPartial.Authority), ["registrationId"] = await registration.Task, ["data"] = said.GetRawText() });

        await visitor.Page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length === 1");
        var shown = await visitor.Page.EvaluateAsync<string[]>("async () => { const [shown] = await (await navigator.serviceWorker.ready).getNotifications(); return [shown.title, shown.body, shown.tag]; }");
        (shown[0], shown[1], shown[2]).ShouldBe((session.Title, said.GetProperty("body").GetString(), said.GetProperty("tag").GetString()));

        // No one can press a notification of a browser without a screen: the worker hears of it as it would, and says which window it would open.
        var opens = await InWorker(developer, """
            (async () => {
              const opened = [];
              self.clients.openWindow = async address => { opened.push(address); };
              const pressed = new NotificationEvent('notificationclick', { notification: (await self.registration.getNotifications())[0] });
              let done;
              Object.defineProperty(pressed, 'waitUntil', { value: work => { done = work; } });
              self.dispatchEvent(pressed);
              await done;
              return [...opened, String((await self.registration.getNotifications()).length)];
            })()
            """);
        opens[1].ShouldBe("0", "it is put away");
        await visitor.Open(opens[0]);
        await Expect(visitor.Heading).ToHaveTextAsync(session.Title);
        visitor.HasNoComplaints();
    }

    /// <summary>What a script says in this browser's service worker.</summary>
    static async Task<string[]> InWorker(ICDPSession developer, string script)
    {
        var mine = (await developer.SendAsync("Target.getTargetInfo"))!.Value.GetProperty("targetInfo").GetProperty("browserContextId").GetString();
        var worker = (await developer.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray().Single(t => t.GetProperty("type").GetString() == "service_worker" && t.GetProperty("browserContextId").GetString() == mine);
        var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        developer.Event("Target.receivedMessageFromTarget").OnEvent += (_, e) =>
        {
            var message = JsonDocument.Parse(e!.Value.GetProperty("message").GetString()!).RootElement;
            if (message.TryGetProperty("result", out var result)) answered.TrySetResult(result.GetProperty("result").GetProperty("value"));
        };
        var session = (await developer.SendAsync("Target.attachToTarget", new() { ["targetId"] = worker.GetProperty("targetId").GetString()!, ["flatten"] = false }))!.Value.GetProperty("sessionId").GetString()!;
        var ask = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression = script, awaitPromise = true, returnByValue = true } });
        await developer.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = session, ["message"] = ask });
        return [.. (await answered.Task.WaitAsync(TimeSpan.FromSeconds(20))).EnumerateArray().Select(v => v.GetString()!)];
    }
}
