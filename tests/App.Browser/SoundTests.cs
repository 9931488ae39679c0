using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Interpretation by WebRTC, with sound that flows: Chromium's own test tone goes from a booth through a provider (an engine in a page of its own) to a listener.</summary>
[Collection(HouseCollection.Name)]
public sealed class SoundTests(House house)
{
    // Without the third, browsers on one machine hide their addresses from each other behind names that only a local network resolves.
    static readonly string[] Microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--disable-features=WebRtcHideLocalIpsWithMdns"];

    const string Loudness = """
        async () => {
          const context = new AudioContext();
          await context.resume();
          const ear = context.createAnalyser();
          context.createMediaStreamSource(document.querySelector('audio').srcObject).connect(ear);
          const wave = new Float32Array(ear.fftSize);
          let loudest = 0;
          for (let i = 0; i < 40; i++) {
            ear.getFloatTimeDomainData(wave);
            loudest = Math.max(loudest, ...wave.map(Math.abs));
            await new Promise(done => setTimeout(done, 50));
          }
          await context.close();
          return loudest;
        }
        """;

    async Task<string> Channel(Visitor visitor)
    {
        await visitor.Open($"/office/events/{house.Conference.Id}/schedule/interpretation");
        await visitor.Page.GetByLabel("Language").FillAsync("pt");
        await visitor.Button("Keep the channel").ClickAsync();
        var booth = visitor.Page.Locator("a[href$='/booth/pt']").First;
        await Expect(booth).ToBeVisibleAsync();
        return (await booth.GetAttributeAsync("href"))!;
    }

    static ILocator Said(IPage page) => page.Locator("[data-part-is=said]");

    static async Task Enter(Visitor visitor, string booth)
    {
        await visitor.Open(booth);
        await visitor.Button("Enter the booth").ClickAsync();
        await visitor.Button("Turn the microphone on").ClickAsync();
        await Expect(visitor.Button("Mute")).ToBeVisibleAsync();
    }

    static Task Hears(IPage listener) => Eventually.Is(async () => await listener.EvaluateAsync<double>(Loudness) > 0.01, seconds: 60);

    [Fact]
    public async Task What_an_interpreter_says_is_heard_and_goes_on_when_another_takes_over()
    {
        await using var ada = await house.StaffWith("owner", Device.Desk, Microphone);
        await using var bo = await house.StaffWith("promoter", Device.Desk, Microphone);
        var engine = await ada.Page.Context.NewPageAsync();
        await engine.GotoAsync(new Uri(house.Sandbox.BaseUrl, "/_sandbox/sound/engine").ToString());
        var booth = await Channel(ada);
        await Enter(ada, booth);
        await Expect(Said(ada.Page)).ToHaveTextAsync("The microphone is on. Nobody hears you until you are on air.");
        await Eventually.Is(async () => await ada.Page.Locator("meter").EvaluateAsync<double>("m => m.value") > 0.05);

        // A listener who is early waits, and hears as soon as somebody speaks; the provider stumbles at first.
        var listener = await bo.Page.Context.NewPageAsync();
        await listener.GotoAsync(booth.Replace("/booth/", "/listen/", StringComparison.Ordinal));
        await listener.GetByRole(AriaRole.Button, new() { Name = "Listen" }).ClickAsync();
        await Expect(Said(listener)).ToHaveTextAsync("Nobody is on air yet. It begins by itself as soon as somebody is.");
        await house.Sandbox.BehaveAsSound(new(Only: "/whip", FailNext: 1, FailStatus: 503));
        await ada.Button("I take the microphone").ClickAsync();
        await Expect(Said(ada.Page)).ToHaveTextAsync("You are on air and heard.");
        await Expect(Said(listener)).ToHaveTextAsync("You are listening.", new() { Timeout = 40_000 });
        await Hears(listener);
        await ada.Keep("booth-on-air");

        // Buttons are pressed without leaving: the line stays what it was.
        var lines = (await house.Sandbox.Sounds()).Length;
        await Enter(bo, booth);
        await Expect(ada.Page.Locator("#booth li")).ToHaveCountAsync(2);
        await ada.Page.Locator("#b-ask-10").ClickAsync();
        await Expect(ada.Page.Locator("#b-ask-10")).ToHaveAttributeAsync("aria-pressed", "true");
        await ada.Page.GetByLabel("A word to the others").FillAsync("Slides first");
        await ada.Button("Send").ClickAsync();
        await Expect(ada.Page.Locator(".said")).ToContainTextAsync("Slides first");
        await Expect(ada.Page.GetByLabel("A word to the others")).ToHaveValueAsync("");
        await Expect(Said(ada.Page)).ToHaveTextAsync("You are on air and heard.");
        (await house.Sandbox.Sounds()).Length.ShouldBe(lines);

        await bo.Button("Take over for 10 min").ClickAsync();
        await Expect(Said(bo.Page)).ToHaveTextAsync("You are on air and heard.");
        await Expect(Said(ada.Page)).ToHaveTextAsync("The microphone is on. Nobody hears you until you are on air.");
        await Eventually.Is(async () => (await house.Sandbox.Sounds()).Where(s => s.Kind == "whip").Select(s => s.Ended).SequenceEqual([true, false]));
        await Hears(listener);
        await bo.Button("Mute").ClickAsync();
        await Expect(Said(bo.Page)).ToHaveTextAsync("Muted: listeners hear nothing.");
        await Eventually.Is(async () => await listener.EvaluateAsync<double>(Loudness) < 0.001, seconds: 60);

        // Somebody who only leaves the page is gone at the provider as well.
        await listener.GotoAsync("/help");
        await bo.Open("/help");
        await Eventually.Is(async () => (await house.Sandbox.Sounds()).All(s => s.Ended), seconds: 60);
        ada.Complaints.Where(c => !c.Contains("status of 503", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_microphone_is_not_allowed_the_booth_says_so_and_stays_of_use()
    {
        await using var ada = await house.StaffWith("owner", Device.Phone, Microphone[0], "--deny-permission-prompts");
        await ada.Open(await Channel(ada));
        await ada.Tap(ada.Button("Enter the booth"));
        await ada.Tap(ada.Button("Turn the microphone on"));
        await Expect(Said(ada.Page)).ToHaveTextAsync("The microphone isn’t allowed here. Allow it beside this page’s address, then turn it on again.");
        await Expect(ada.Button("Turn the microphone on")).ToBeVisibleAsync();
        await ada.Keep("booth-no-microphone");
        await ada.Tap(ada.Page.Locator("#b-take"));
        await Expect(Said(ada.Page)).ToHaveTextAsync("You are on air, and your microphone is off. Turn it on to be heard.");
        await ada.Tap(ada.Page.Locator("#b-leave"));
        await Expect(ada.Button("Enter the booth")).ToBeVisibleAsync();
    }
}
