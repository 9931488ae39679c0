using System.Net;
using System.Text.RegularExpressions;
using App.Features.Content.Contracts;
using App.Features.Content.Publish;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Tests.Support;

namespace App.Tests.Features.Content;

/// <summary>Going back to a version that was live, and on from there.</summary>
public sealed class ContentVersionsTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2027, 1, 12, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid First = new("01890000-0000-7000-8000-000000000001"), Second = new("01890000-0000-7000-8000-000000000002"), Ada = new("01890000-0000-7000-8000-00000000000a");

    readonly DirectoryInfo folder = Contents.Folder(("home/en.md", "# Lamps\n\nFirst words.\n"), ("help/en.md", "# Help\n\nAsk us.\n"));

    public void Dispose() => folder.Delete(recursive: true);

    static Task Fetch(AppHost app) => app.Get<RecurringJobs>().RunNow("fetch-content", app.Bus, default);
    static Task Shows(Browser browser, string path, string words) => Eventually.Is(async () => (await browser.Get(path)).Text.Contains(words, StringComparison.Ordinal));
    static async Task<Publication> Published(AppHost app) => (await app.Db.FoldFresh<Publication>(Publication.Stream, default)).State;

    [Fact]
    public async Task A_version_that_somebody_went_back_to_stays_on_every_replica_until_the_source_is_followed_again()
    {
        await using var app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        var show = await app.AddLantern();
        using var browser = app.Browser();
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        await Fetch(app);
        Contents.Write(folder, "home/en.md", "# Lamps\n\nSecond words.\n");
        Contents.Write(folder, "travel/en.md", "# Getting here\n\nBy boat.\n");
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await Fetch(app);
        await Shows(browser, show.Path + "/home", "Second words.");
        var versions = (await Published(app)).Versions;
        versions[0].Changes!.Added.ShouldBe(["travel/en.md"]);
        versions[0].Changes!.Changed.ShouldBe(["home/en.md"]);
        var (first, second) = ($"/office/content/versions/{versions[1].PackageId}", versions[0].PackageId);

        // Looked at first, then what it changes is said, then done. The other tab knows only what was live when it was opened.
        (await office.Get($"/office/content?version={versions[1].PackageId}&show=home")).Html.ShouldContain("First words.");
        var asked = (await office.Get(first)).Text;
        asked.ShouldContain("Removed: 1 file");
        asked.ShouldContain("travel/en.md");
        (await office.PostForm(first, [("seen", $"{second}"), ("keeps", "true")], follow: true)).Text.ShouldContain("stays so");
        await Shows(browser, show.Path + "/home", "First words.");
        (await browser.Get(show.Path + "/p/travel")).Status.ShouldBe(HttpStatusCode.NotFound);

        // What is fetched waits, what is faulty is refused, and a process that starts now shows the kept one.
        app.Clock.Now += TimeSpan.FromMinutes(1);
        Contents.Write(folder, "home/en.md", "# Lamps\n\nThird words.\n");
        (await office.PostForm("/office/content", [], follow: true)).Text.ShouldContain("waits, since another version is kept");
        Contents.Write(folder, "settings.json", "{ \"pages\": 1 }");
        (await office.PostForm("/office/content", [], follow: true)).Text.ShouldContain("Fetched and refused");
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock, settings: ["--Content:Folder="]);
        using var there = rival.Browser();
        foreach (var b in new[] { browser, there }) await Shows(b, show.Path + "/home", "First words.");
        var third = (await Published(app)).Newest.PackageId;
        var page = (await office.Get("/office/content")).Text;
        page.ShouldContain("Waits");
        page.ShouldContain("Live, kept");
        var stale = await office.PostForm($"/office/content/versions/{third}", ("seen", $"{second}"), ("keeps", "false"));
        stale.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        stale.Text.ShouldContain("went live meanwhile");
        (await Published(app)).IsKept.ShouldBeTrue();

        // And on again, everywhere.
        (await office.PostForm($"/office/content/versions/{third}", [("seen", Regex.Match(stale.Html, "name=\"seen\" value=\"([^\"]+)\"").Groups[1].Value), ("keeps", "false")], follow: true)).Text.ShouldContain("followed again");
        foreach (var b in new[] { browser, there }) await Shows(b, show.Path + "/home", "Third words.");
        app.Get<LiveContent>().Publication.IsKept.ShouldBeFalse();
    }

    [Fact]
    public void The_last_ten_are_kept_and_the_live_one_with_them()
    {
        var state = Publication.Evolve(Publication.Evolve(Publication.Empty, Published(First)), new ContentKept(First, Ada, Noon));
        var later = Enumerable.Range(0, 12).Aggregate(state, (s, n) => Publication.Evolve(s, new ContentWaits(Ids.From(Second, $"{n}"), $"v{n}", "/here", "", Noon.AddMinutes(n), new([], [], []))));
        later.PackageId.ShouldBe(First);
        later.Versions.Count.ShouldBe(Publication.Kept + 1);
        later.Versions[^1].PackageId.ShouldBe(First);
        later.Newest.Version.ShouldBe("v11");
    }

    [Fact]
    public void Choosing_what_is_chosen_changes_nothing_and_what_is_gone_or_meanwhile_else_is_refused()
    {
        var two = Publication.Evolve(Publication.Evolve(Publication.Empty, Published(First)), Published(Second));
        ChooseContentHandler.Decide(new(First, true, Second, Ada), two, Noon).ShouldBe([new ContentKept(First, Ada, Noon)]);
        var kept = Publication.Evolve(two, new ContentKept(First, Ada, Noon));
        ChooseContentHandler.Decide(new(First, true, Second, Ada), kept, Noon).ShouldBeEmpty();
        ChooseContentHandler.Decide(new(Second, false, First, Ada), kept, Noon).ShouldBe([new SourceFollowed(Second, Ada, Noon)]);
        Should.Throw<Refused>(() => ChooseContentHandler.Decide(new(Second, false, Second, Ada), kept, Noon)).Key.ShouldBe("content.version-meanwhile");
        Should.Throw<Refused>(() => ChooseContentHandler.Decide(new(Ada, true, First, Ada), kept, Noon)).Key.ShouldBe("content.version-gone");
        // What the button promised isn't what was fetched last any more.
        var waits = Publication.Evolve(kept, new ContentWaits(Ada, "c", "/here", "", Noon, new([], [], [])));
        Should.Throw<Refused>(() => ChooseContentHandler.Decide(new(Second, false, First, Ada), waits, Noon)).Key.ShouldBe("content.version-meanwhile");
    }

    static ContentPublished Published(Guid id) => new(id, id.ToString(), "/here", "", Noon);
}
