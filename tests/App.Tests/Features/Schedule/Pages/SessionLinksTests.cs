using System.Net;
using App.Features.Content.Contracts;
using App.Features.Content.Publish;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using App.Tests.Features.Content;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Pages;

/// <summary>Links of sessions: where they lead, and how they get from a screen to a phone.</summary>
public sealed class SessionLinksTests : IAsyncLifetime
{
    const string Oil = "https://lantern.example/oil", Warning = "Leads to lantern.example, which isn’t ours";
    readonly DirectoryInfo folder = Contents.Folder(("help/en.md", "# Help"), ("settings.json", "{}"));
    AppHost app = null!;
    Show show = null!;
    string Session => show.Path + "/schedule/how-lamps-were-lit";

    public async Task InitializeAsync()
    {
        app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        show = await app.AddLantern();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    async Task Settings(string json)
    {
        Contents.Write(folder, "settings.json", json);
        var fetch = (await app.Get<ContentFetcher>().Fetch(default))!;
        fetch.Faults.ShouldBeEmpty();
        await Eventually.Is(async () =>
        {
            await app.Get<LiveContent>().Refresh(default);
            return app.Get<LiveContent>().Package.Version == fetch.Version;
        });
    }

    [Fact]
    public async Task A_link_to_a_host_that_nobody_named_says_so_and_only_exactly_named_ones_do_not()
    {
        using var browser = app.Browser();
        (await browser.Get(Session)).Text.ShouldContain(Warning);
        foreach (var near in new[] { "example", "www.lantern.example", "tern.example" }.Select(h => h.Contains('.', StringComparison.Ordinal) ? h : h + ".org"))
        {
            await Settings($$"""{ "knownHosts": ["{{near}}"] }""");
            (await browser.Get(Session)).Text.ShouldContain(Warning);
        }
        await Settings("""{ "knownHosts": ["lantern.example"] }""");
        var page = await browser.Get(Session);
        (page.Text.Contains(Warning, StringComparison.Ordinal), page.Html.Contains(Oil, StringComparison.Ordinal)).ShouldBe((false, true));
        Contents.Write(folder, "settings.json", """{ "knownHosts": ["https://lantern.example/"] }""");
        (await app.Get<ContentFetcher>().Fetch(default))!.Faults.ShouldHaveSingleItem().Reason.ShouldContain("host’s name");
    }

    [Fact]
    public async Task A_sessions_address_and_its_links_are_there_as_symbols_for_whom_they_open()
    {
        using var browser = app.Browser();
        var page = await browser.Get(Session);
        page.Html.ShouldContain($"href=\"{Session}/qr\"");
        page.Html.ShouldContain($"href=\"{Session}/qr/0\"");
        var address = app.Get<SiteOptions>().Link(Session);
        var own = await browser.Get(Session + "/qr");
        (own.Status, own.Html.Contains(Path(address), StringComparison.Ordinal), own.Text.Contains(address, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, true));
        var link = await browser.Get(Session + "/qr/0");
        (link.Html.Contains(Path(Oil), StringComparison.Ordinal), link.Text.Contains(Warning, StringComparison.Ordinal)).ShouldBe((true, true));
        foreach (var none in new[] { "/qr/1", "/qr/-1", "/qr/x" }) (await browser.Get(Session + none)).Status.ShouldBe(HttpStatusCode.NotFound);

        app.Clock.Now = new(2027, 5, 1, 8, 0, 0, TimeSpan.Zero);
        var sign = await browser.Get(show.Path + "/rooms/quay/sign");
        (sign.Html.Contains(Path(address), StringComparison.Ordinal), sign.Text.Contains("The next session on your phone", StringComparison.Ordinal)).ShouldBe((true, true));
        app.Clock.Now = new(2027, 5, 1, 9, 10, 0, TimeSpan.Zero);
        (await browser.Get(show.Path + "/rooms/quay/sign")).Text.ShouldContain("This session on your phone");

        await app.Bus.InvokeAsync(new RuleSchedule(show.EventId, null, Links: new LinkRule(LinkAccess.Attendees, null, [], false)), default);
        await Eventually.Is(async () => !(await browser.Get(Session)).Html.Contains(Oil, StringComparison.Ordinal));
        var closed = await browser.Get(Session + "/qr/0");
        (closed.Status, closed.Location, closed.Html.Contains(Path(Oil), StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Redirect, Session, false));
        (await browser.Get(Session + "/qr")).Status.ShouldBe(HttpStatusCode.OK);
        await Settings("""{ "pages": { "links": { "enabled": false } } }""");
        (await browser.Get(Session + "/qr/0")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>The modules alone.</summary>
    static string Path(string address) => QrSymbol.Svg(address, "") is var svg ? svg[svg.IndexOf("<path d=", StringComparison.Ordinal)..] : "";
}
