using System.Net;
using App.Features.Content;
using App.Features.Content.Publish;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Tests.Features.Registration;
using App.Tests.Features.Schedule;
using App.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace App.Tests.Features.Content;

/// <summary>Page flags, enforced where the pages are made. In the software before Foyer (plaza.md row 1) they only hid tabs: the data went out all the same.</summary>
public sealed class PageFlagsTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = Contents.Folder(("home/en.md", "# {event}\n\n:::themes\n"), ("help/en.md", "# Help"), ("travel/en.md", "# Getting here\n\nBy tram."), ("settings.json", "{}"));
    AppHost app = null!;
    Show show = null!;

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

    async Task Flags(string flags, string more = "")
    {
        Contents.Write(folder, "settings.json", $"{{ \"pages\": {{ {flags} }} {more} }}");
        var fetch = (await app.Get<ContentFetcher>().Fetch(default))!;
        fetch.Faults.ShouldBeEmpty();
        await Eventually.Is(async () =>
        {
            await app.Get<App.Features.Content.Contracts.LiveContent>().Refresh(default);
            return app.Get<App.Features.Content.Contracts.LiveContent>().Package.Version == fetch.Version;
        });
    }

    string[] OfSchedule => [.. new[] { "/schedule", "/schedule/day/2027-05-01", "/schedule/day/2027-05-01/list", "/schedule/how-lamps-were-lit", "/schedule/how-lamps-were-lit/links", "/schedule/how-lamps-were-lit/join/0", "/schedule/how-lamps-were-lit/qr", "/schedule.json", "/schedule.xml", "/schedule.ics", "/schedule/how-lamps-were-lit.ics", "/rooms/quay", "/rooms/quay/sign", "/rooms/quay.ics",
        "/tracks/light", "/tracks/light.ics", "/collage", "/collage?all=true", "/map", "/speakers", "/speakers/ada-quill", "/speakers/ada-quill.ics", "/search", "/search?q=lamps", "/my-schedule", "/my-schedule/saved.json" }.Select(p => show.Path + p)];

    [Fact]
    public async Task A_closed_schedule_is_nowhere()
    {
        using var browser = app.Browser();
        foreach (var path in OfSchedule) (await browser.Get(path)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.SeeOther);
        await Flags("\"schedule\": { \"enabled\": false }");
        foreach (var path in OfSchedule.Append(show.Path.ToUpperInvariant() + "/SCHEDULE").Append(show.Path + "/Schedule/").Append(show.Path + "/s%63hedule")) (await browser.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { show.Path, show.Path + "/home" })
        {
            var page = await browser.Get(path);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldNotContain("How lamps were lit");
            page.Html.ShouldNotContain($"href=\"{show.Path}/schedule");
            page.Text.ShouldContain("Schedule Coming soon");
        }
        (await browser.PostForm(show.Path + "/my-schedule?handler=Save", ("star", Guid.Empty.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);

        await Flags("");
        foreach (var path in OfSchedule) (await browser.Get(path)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("my-schedule", "/my-schedule", "/schedule")]
    [InlineData("search", "/search", "/speakers")]
    [InlineData("speakers", "/speakers/ada-quill", "/search")]
    [InlineData("collage", "/collage", "/map")]
    [InlineData("map", "/map", "/collage")]
    [InlineData("home", "/home", "/schedule")]
    [InlineData("travel", "/p/travel", "/home")]
    public async Task A_closed_page_is_closed_and_no_other(string page, string closed, string open)
    {
        await Flags($"\"{page}\": {{ \"enabled\": false }}");
        using var browser = app.Browser();
        (await browser.Get(show.Path + closed)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get(show.Path + open)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Closed_links_are_in_no_page()
    {
        const string join = "https://lantern.example/oil";
        using var browser = app.Browser();
        var session = show.Path + "/schedule/how-lamps-were-lit";
        (await browser.Get(session)).Html.ShouldContain(join);
        await Flags("\"links\": { \"enabled\": false }");
        var page = await browser.Get(session);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldNotContain(join);
        foreach (var file in new[] { "/schedule.json", "/schedule.xml" }) (await browser.Get(show.Path + file)).Html.ShouldNotContain(join);
        foreach (var way in new[] { "/links", "/join/0" }) (await browser.Get(session + way)).Status.ShouldBe(HttpStatusCode.NotFound, way);
    }

    [Fact]
    public async Task Whats_on_stands_in_for_the_schedule_until_times_are_public()
    {
        await Flags("\"schedule\": { \"enabled\": false }");
        await app.Bus.InvokeAsync(new App.Features.Schedule.RuleSchedule(show.EventId, App.Features.Schedule.Contracts.ScheduleVisibility.Titles), default);
        using var browser = app.Browser();
        await Eventually.Is(async () => (await browser.Get(show.Path + "/schedule")).Text.Contains("How lamps were lit", StringComparison.Ordinal));
        (await browser.Get(show.Path + "/schedule")).Text.ShouldNotContain("10:00");
        await Flags("\"whats-on\": { \"enabled\": false }");
        (await browser.Get(show.Path + "/schedule")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_visible_and_closed_comes_soon_and_what_is_open_and_hidden_is_only_not_named()
    {
        await Flags("\"travel\": { \"enabled\": false }, \"help\": { \"visible\": false }", ", \"navigation\": [\"home\", \"travel\", \"help\", { \"words\": { \"en\": \"Map\", \"de\": \"Karte\" }, \"href\": \"https://map.example/\" }]");
        using var browser = app.Browser();
        var home = await browser.Get(show.Path + "/home");
        home.Text.ShouldContain("Getting here Coming soon");
        home.Html.ShouldNotContain("/p/travel");
        home.Html.ShouldNotContain("/p/help");
        home.Html.ShouldContain("href=\"https://map.example/\">Map");
        (await browser.Get(show.Path + "/p/help")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get(show.Path + "/home?lang=de")).Html.ShouldContain(">Karte</a>");
    }

    [Fact]
    public async Task A_page_opens_at_its_hour_without_anybody_doing_anything()
    {
        await Flags("\"speakers\": { \"from\": \"2027-01-12T13:00\", \"until\": \"2027-01-12T14:00\" }");
        using var browser = app.Browser();
        async Task<(HttpStatusCode, string)> Look(int hour)
        {
            app.Clock.Now = new(2027, 1, 12, hour, 0, 0, TimeSpan.Zero);
            var home = await browser.Get(show.Path + "/home");
            return ((await browser.Get(show.Path + "/speakers")).Status, home.Html.Contains($"href=\"{show.Path}/speakers\"", StringComparison.Ordinal) ? "link" : home.Text.Contains("Speakers Coming soon", StringComparison.Ordinal) ? "soon" : "");
        }
        (await Look(12)).ShouldBe((HttpStatusCode.NotFound, "soon"));
        (await Look(13)).ShouldBe((HttpStatusCode.OK, "link"));
        (await Look(14)).ShouldBe((HttpStatusCode.NotFound, ""));
    }

    [Fact]
    public async Task Those_who_run_the_conference_see_what_is_closed_with_a_note_and_nobody_gets_their_copy()
    {
        await Flags("\"schedule\": { \"enabled\": false }");
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var page = await promoter.Get(show.Path + "/schedule");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("This page isn’t open yet. You see it because you work here.");
        page.Header("Cache-Control").ShouldBe("no-store");
        using var visitor = app.Browser();
        (await visitor.Get(show.Path + "/schedule")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        (await door.Get(show.Path + "/schedule")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = await app.SignedIn((await app.AddOrganization("elsewhere")).Id, StaffRole.Owner);
        (await stranger.Get(show.Path + "/schedule")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var attendee = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        (await attendee.Get(show.Path + "/schedule")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A route below a conference that no flag governs is one somebody has thought about.</summary>
    [Fact]
    public void Every_page_of_a_conference_has_a_flag_or_none_for_a_reason()
    {
        // Selling, signing in and announcing are not content; the stream asks by itself, and counts count what was open.
        string[] without = ["", "sign-in", "sign-in/{token}", "profile", "waitlist/{kind:guid}", "announcements", "announcements/off/{token:length(43)}", "live", "count"];
        const string at = "e/{organization}/{slug}";
        var routes = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/')).Where(r => r == at || r.StartsWith(at + "/", StringComparison.Ordinal));
        routes.Where(r => ContentGate.PageOf(r, new(new { copy = "about" })) is null).Select(r => r[at.Length..].Trim('/')).Distinct().Except(without).ShouldBeEmpty();
    }
}
