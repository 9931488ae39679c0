using System.Net;
using App.Features.Content.Pages;
using App.Features.Content.Publish;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Tests.Features.Registration;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Content;

public sealed class ConferenceHomeTests : IAsyncLifetime
{
    const string Widgets = """
        { "home": { "featuredVideo": { "url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Last year" }, "featuredSessions": ["how-lamps-were-lit"],
          "widgets": [ { "kind": "next" }, { "kind": "countdown" }, { "kind": "sign-in" }, { "kind": "calendar", "when": { "signedIn": true } },
            { "kind": "card", "title": "For speakers", "text": "Come early.", "when": { "roles": ["speaker"] } }, { "kind": "card", "title": { "en": "In Arabic", "ar": "بالعربية" }, "text": "x", "when": { "languages": ["ar"] } },
            { "kind": "card", "title": "For standing", "text": "Shoes.", "when": { "ticketTypes": ["Standing"] } }, { "kind": "card", "title": "Until spring", "text": "Soon.", "when": { "until": "2027-03-20T09:00" } } ],
          "sponsors": [ { "size": "large", "sponsors": [ { "name": "Lantern Works", "href": "https://works.example/" } ] } ] } }
        """;

    readonly DirectoryInfo folder = Contents.Folder(("events/salitre/lantern/home/en.md", "# {event}\n\nHello from {organizer}.\n\n:::video\n\n:::pinned how-lamps-were-lit\n\n:::sponsors\n"), ("home-signed-in/en.md", "# Good to see you\n"), ("about/en.md", "# About\n\n:::callout warning Mind\nthe *step*\n:::\n\n:::button home Go home\n\n:::countdown\n"), ("about/ar.md", "# عنّا\n\nمرحبًا.\n"));
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        Contents.Write(folder, "events/salitre/lantern/settings.json", Widgets);
        app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        show = await app.AddLantern(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "How lamps go out", "2027-05-01T11:00:00+01:00"));
        (await app.Get<ContentFetcher>().Fetch(default))!.Faults.ShouldBeEmpty();
        using var browser = app.Browser();
        await Eventually.Is(async () => (await browser.Get(Home)).Text.Contains("Hello from Teatro Salitre.", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    string Home => show.Path + "/home";

    /// <summary>Names, zone and days are the event's own: a new edition needs no new code (plaza.md §5.16).</summary>
    [Fact]
    public async Task A_visitor_sees_the_conference_and_nothing_that_is_for_somebody_else()
    {
        using var visitor = app.Browser();
        var home = await visitor.Get(Home);
        home.Html.ShouldContain("<h1>Lantern Days</h1>");
        foreach (var words in new[] { "How lamps were lit", "60 days to go", "Sign in", "Last year", "It comes from YouTube, which then learns that you watch.", "Lantern Works", "Until spring" }) home.Text.ShouldContain(words);
        foreach (var words in new[] { "For speakers", "For standing", "Your calendar", "Good to see you", "In Arabic" }) home.Text.ShouldNotContain(words);
        home.Html.ShouldNotContain("youtube.com");
        home.Header("Set-Cookie").ShouldBeNull();
        home.Header("ETag").ShouldNotBeNull();
        // It hears of news and counts what is pressed, as the schedule's pages do.
        home.Html.ShouldContain($"data-live=\"{show.Path}/live\"");
        home.Html.ShouldContain($"data-beacon=\"{show.Path}/count\"");
        home.Html.ShouldContain("<section class=\"widget\" aria-labelledby=\"widget-1\" data-deed=\"widget\" data-of=\"countdown\">");
        home.Html.ShouldContain("id=\"widgets\" data-part=\"now schedule\"");
    }

    [Fact]
    public async Task An_attendee_sees_what_is_next_for_them_and_nobody_else_gets_their_page()
    {
        using var attendee = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        var session = (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Session("how-lamps-go-out")!;
        await attendee.Post(show.Path + "/my-schedule?handler=Save", [("star", session.Id.ToString())]);
        var home = await attendee.Get(Home);
        home.Html.ShouldContain("<h1>Good to see you</h1>");
        home.Text.ShouldContain("Next for you");
        home.Text.ShouldContain("How lamps go out");
        home.Text.ShouldContain("For standing");
        home.Text.ShouldNotContain("For speakers");
        home.Header("Cache-Control").ShouldBe("no-store");
        using var visitor = app.Browser();
        (await visitor.Get(Home)).Text.ShouldNotContain("Next for you");
    }

    [Fact]
    public async Task A_window_of_time_closes_for_pages_in_memory_too()
    {
        using var visitor = app.Browser();
        (await visitor.Get(Home)).Text.ShouldContain("Until spring");
        app.Clock.Now = new(2027, 3, 20, 9, 0, 0, TimeSpan.Zero);
        (await visitor.Get(Home)).Text.ShouldNotContain("Until spring");
    }

    [Fact]
    public async Task Arabic_is_read_from_right_to_left()
    {
        using var visitor = app.Browser();
        var home = await visitor.Get(Home + "?lang=ar");
        home.Html.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
        home.Text.ShouldContain("بالعربية");
        home.Text.ShouldContain("بقي 60 يومًا");
        var about = await visitor.Get(show.Path + "/p/about");
        about.Html.ShouldContain("<h1>عنّا</h1>");
        visitor.Headers["Accept-Language"] = "de";
        (await visitor.Get(show.Path + "/p/about?lang=de")).Html.ShouldContain("<h1>About</h1>");
    }

    [Fact]
    public async Task A_page_of_blocks_is_drawn_and_another_is_not_there()
    {
        using var visitor = app.Browser();
        var about = await visitor.Get(show.Path + "/p/about");
        about.Html.ShouldContain("notice warn");
        about.Html.ShouldContain("<em>step</em>");
        about.Html.ShouldContain($"href=\"{Home}\">Go home</a>");
        foreach (var path in new[] { "/p/nowhere", "/p/home", "/p/home-signed-in", "/p/about/watch/0", "/home/watch/1" }) (await visitor.Get(show.Path + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await visitor.Get("/e/salitre/nothing/home")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_film_is_framed_only_on_the_page_that_was_asked_for_it()
    {
        using var visitor = app.Browser();
        var home = await visitor.Get(Home);
        home.Html.ShouldNotContain("<iframe");
        home.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("frame-src 'none'");
        var film = await visitor.Get(Home + "/watch/0");
        film.Html.ShouldContain("src=\"https://www.youtube-nocookie.com/embed/abcdefghijk\"");
        film.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("frame-src 'self' https://www.youtube-nocookie.com;");
    }

    [Fact]
    public async Task The_office_previews_each_page_as_others_see_it_and_lists_what_is_not_translated()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var page = await office.Get("/office/content?event=lantern&show=home&as=speaker&ticket=Standing&in=ar&at=2027-04-01T10:00");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldContain("dir=&quot;rtl&quot;");
        WebUtility.HtmlDecode(page.Html).ShouldContain("العربية: not written yet, so English stands in");
        foreach (var words in new[] { "For speakers", "For standing", "بالعربية", "Good to see you" }) WebUtility.HtmlDecode(page.Html).ShouldContain(words);
        page.Html.ShouldNotContain("Until spring");
        page.Text.ShouldContain("about/de.md");
        page.Text.ShouldContain("events/salitre/lantern/home/fr.md");
        page.Html[page.Html.IndexOf("missing-t", StringComparison.Ordinal)..].ShouldNotContain("about/ar.md");
        (await office.Get("/office/content?event=lantern&show=about&in=ar")).Html.ShouldContain("مرحبًا.");

        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        (await door.Get("/office/content")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
