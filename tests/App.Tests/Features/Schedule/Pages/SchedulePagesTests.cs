using System.IO.Compression;
using System.Net;
using App.Features.Demo;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Pages;

/// <summary>A conference's public pages, through HTTP.</summary>
public sealed class SchedulePagesTests : IAsyncLifetime
{
    const string Join = "https://meet.example/secret-room";
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    string Schedule => show.Path + "/schedule";

    async Task Import(params string[] events)
    {
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Json(events)), "test", false, false, default);
        await Shows((await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version);
    }

    async Task Rule(ScheduleVisibility? visibility = null, LinkRule? links = null)
    {
        await app.Bus.InvokeAsync(new RuleSchedule(show.EventId, visibility, Links: links), default);
        await Shows((await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version);
    }

    /// <summary>What an editor would have written.</summary>
    async Task Append(object fact)
    {
        var session = new DocumentSession(app.Get<EventStore>(), app.Get<HandlerRegistry>(), Cause.System);
        (await session.FetchForWriting<Conference>(Conference.StreamOf(show.EventId), default)).Append([fact]);
        await session.SaveChangesAsync(app.Services, default);
        await Shows((await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version);
    }

    Task Shows(int version) => Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.Kind == App.Features.Events.Contracts.EventKind.Conference);

    static string WithLink(string kind = "links") => Samples.Event().Replace("\"links\": [", $"\"{kind}\": [ {{ \"url\": \"{Join}\", \"title\": \"Join us\" }}, ", StringComparison.Ordinal);

    [Fact]
    public async Task The_event_leads_to_its_schedule_and_that_to_its_sessions()
    {
        using var browser = app.Browser();
        (await browser.Get(Schedule)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get(show.Path)).Html.ShouldNotContain("/schedule\"");
        await Import(Samples.Event());
        (await browser.Get(show.Path)).Html.ShouldContain($"href=\"{Schedule}\"");

        var day = await browser.Get(Schedule);
        day.Status.ShouldBe(HttpStatusCode.OK);
        day.Html.ShouldContain($"href=\"{Schedule}/how-lamps-were-lit\"");
        foreach (var words in new[] { "How lamps were lit", "Ada Quill", "Quay", "10:00", "45 min", "Lisbon time, UTC+1" }) day.Text.ShouldContain(words);

        await Import(Samples.Event(more: ", \"tags\": [\"Wax\"]"), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T09:00:00+01:00"), Samples.Event("aaaaaaaa-0000-4000-8000-000000000003", "Moths", "2027-05-02T09:00:00+01:00"));
        var page = await browser.Get(Schedule + "/how-lamps-were-lit");
        page.Html.ShouldContain($"<a class=\"badge line\" href=\"{show.Path}/search?tag=wax\">Wax</a>");

        var session = page.Text;
        foreach (var words in new[] { "Sat 1 May, 10:00 to 10:45", "Lisbon time, UTC+1", "About oil and gas.", "Ada Quill", "English", "120 places", "Oil" }) session.ShouldContain(words);
    }

    [Fact]
    public async Task Each_day_has_its_address_also_as_a_list_and_others_are_not_there()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-02T12:00:00+01:00"));
        using var browser = app.Browser();
        (await browser.Get(Schedule)).Text.ShouldContain("How lamps were lit");
        var second = await browser.Get(Schedule + "/day/2027-05-02");
        (second.Text.Contains("Wicks", StringComparison.Ordinal), second.Text.Contains("How lamps", StringComparison.Ordinal)).ShouldBe((true, false));
        (await browser.Get(Schedule + "/day/2027-05-02/list")).Html.ShouldContain("listed");
        foreach (var nowhere in new[] { "/day/2027-05-03", "/day/tomorrow", "/day/2027-05-02/grid", "/nothing-of-that-name" }) (await browser.Get(Schedule + nowhere)).Status.ShouldBe(HttpStatusCode.NotFound, nowhere);

        app.Clock.Now = new(2027, 5, 2, 11, 30, 0, TimeSpan.Zero);
        var today = await browser.Get(Schedule);
        today.Text.ShouldContain("Wicks");
        today.Text.ShouldContain("Jump to now");
        (await browser.Get(Schedule + "/day/2027-05-01")).Text.ShouldContain("Go to today");
    }

    /// <summary>plaza.md §5.3: the schedule was read, parsed and written anew for each request, uncompressed, without an ETag.</summary>
    [Fact]
    public async Task A_page_is_rendered_once_a_change_and_not_sent_twice()
    {
        await Import(Samples.Event());
        using var browser = app.Browser();
        var first = await browser.Get(Schedule);
        browser.Headers["If-None-Match"] = first.Header("ETag")!;
        (await browser.Get(Schedule)).Status.ShouldBe(HttpStatusCode.NotModified);
        await Import(Samples.Event(title: "How lamps are lit"));
        var changed = await browser.Get(Schedule);
        (changed.Status, changed.Text.Contains("How lamps are lit", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
    }

    [Theory]
    [InlineData("es", "ltr", "Programa", "Sáb 1 may", "Salas y horas", "Guardar en mi programa", "1 sesión", "Ponentes")]
    [InlineData("de", "ltr", "Programm", "Sa, 1. Mai", "Räume und Zeiten", "In mein Programm", "1 Sitzung", "Vortragende")]
    [InlineData("fr", "ltr", "Programme", "sam. 1 mai", "Salles et heures", "Ajouter à mon programme", "1 session", "Intervenants")]
    [InlineData("ar", "rtl", "البرنامج", "السبت، 1 مايو", "القاعات والأوقات", "احفظ في برنامجي", "جلسة واحدة", "المتحدثون")]
    public async Task The_schedule_speaks_the_readers_language(string language, string direction, string title, string day, string grid, string save, string one, string speakers)
    {
        await Import(Samples.Event());
        using var browser = app.Browser();
        browser.Headers["Accept-Language"] = language;
        var schedule = await browser.Get(Schedule);
        schedule.Html.ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\">");
        foreach (var words in new[] { title, grid }) schedule.Text.ShouldContain(words);
        schedule.Text.ShouldContain(day, Case.Insensitive);
        (await browser.Get(Schedule + "/how-lamps-were-lit")).Text.ShouldContain(save);
        (await browser.Get(show.Path + "/search?q=lamps")).Text.ShouldContain(one);
        (await browser.Get(show.Path + "/speakers")).Text.ShouldContain(speakers);
        string[] english = ["Rooms and times", "Find sessions", "Times are", "Save to", "When and where", "My schedule", "Nothing saved", "Will be recorded", "Speakers", "Calendar file"];
        foreach (var path in new[] { Schedule, Schedule + "/how-lamps-were-lit", show.Path + "/search", show.Path + "/speakers", show.Path + "/rooms/quay", show.Path + "/rooms/quay/sign", show.Path + "/my-schedule", show.Path + "/tracks/light", show.Path + "/collage", show.Path + "/collage?all=true", show.Path + "/map" })
        {
            var page = await browser.Get(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            foreach (var words in english) page.Text.ShouldNotContain(words, Case.Sensitive, path);
        }
    }

    static SchedulePicture Picture(string name = "0123456789abcdef0123456789abcdef") => new($"/pictures/{name}.png", "Lamps in a row", 1600, 1000);

    /// <summary>plaza.md row 30: whatever file a link ended in was shown, from wherever it was; here it is what was given here.</summary>
    [Fact]
    public async Task Sessions_with_a_picture_hang_together_and_are_chosen_by_their_type()
    {
        static string Of(string number, string title, string type) => Samples.Event($"aaaaaaaa-0000-4000-8000-00000000000{number}", title, $"2027-05-01T1{number}:00:00+01:00").Replace("\"type\": \"talk\"", $"\"type\": \"{type}\"", StringComparison.Ordinal);
        await Import(Of("0", "How lamps were lit", "talk"), Of("1", "A hundred lanterns", "installation"), Of("2", "Moths", "installation"));
        using var browser = app.Browser();
        var empty = await browser.Get(show.Path + "/collage");
        empty.Text.ShouldContain("No pictures yet");
        empty.Html.ShouldContain($"href=\"{show.Path}/collage?all=true\"");
        (await browser.Get(Schedule)).Html.ShouldNotContain($"href=\"{show.Path}/collage\"");

        var sessions = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Sessions;
        foreach (var s in sessions.Where(s => s.Title != "Moths")) await Append(new PictureSet(s.Id, Picture(), app.Clock.GetUtcNow()));
        var collage = await browser.Get(show.Path + "/collage");
        foreach (var words in new[] { "How lamps were lit", "A hundred lanterns", "Ada Quill", "Quay" }) collage.Text.ShouldContain(words);
        collage.Text.ShouldNotContain("Moths");
        collage.Html.ShouldContain("<img src=\"/pictures/0123456789abcdef0123456789abcdef.png\" width=\"1600\" height=\"1000\" alt=\"Lamps in a row\"");
        collage.Html.ShouldContain($"href=\"{Schedule}/a-hundred-lanterns\"");
        (await browser.Get(Schedule)).Html.ShouldContain($"href=\"{show.Path}/collage\"");

        var chosen = await browser.Get(show.Path + "/collage?type=installation");
        (chosen.Text.Contains("A hundred lanterns", StringComparison.Ordinal), chosen.Text.Contains("How lamps were lit", StringComparison.Ordinal)).ShouldBe((true, false));
        (await browser.Get(show.Path + "/collage?all=true&type=installation")).Text.ShouldContain("Moths");
        (await browser.Get(show.Path + "/collage?type=none-such")).Text.ShouldContain("Nothing of these types has a picture");
        browser.Headers["HX-Request"] = "true";
        (await browser.Get(show.Path + "/collage?type=installation")).Html.ShouldNotContain("<html");
    }

    [Fact]
    public async Task A_day_is_narrowed_to_tracks_in_the_address_and_other_days_keep_the_choice()
    {
        static string Of(string number, string title, string track, string day = "01") => Samples.Event($"aaaaaaaa-0000-4000-8000-00000000000{number}", title, $"2027-05-{day}T1{number}:00:00+01:00").Replace("\"track\": \"Light\"", $"\"track\": \"{track}\"", StringComparison.Ordinal);
        await Import(Of("0", "How lamps were lit", "Light"), Of("1", "Wicks", "Light"), Of("2", "Tallow", "Wax"), Of("3", "Moths", "Night"), Of("4", "Snuffers", "Wax", "02"));
        using var browser = app.Browser();
        var day = await browser.Get(Schedule);
        foreach (var words in new[] { "All 4", "Light 2", "Wax 1", "Night 1", "Tallow" }) day.Text.ShouldContain(words);
        var path = Schedule + "/day/2027-05-01";
        day.Html.ShouldContain($"href=\"{path}?track=light\"");

        var light = await browser.Get(path + "?track=light");
        (light.Text.Contains("Wicks", StringComparison.Ordinal), light.Text.Contains("Tallow", StringComparison.Ordinal)).ShouldBe((true, false));
        light.Html.ShouldContain($"href=\"{path}?track=light&amp;track=wax\"");
        light.Html.ShouldContain($"href=\"{Schedule}/day/2027-05-02?track=light\"");
        light.Html.ShouldContain($"href=\"{path}/list?track=light\"");
        light.Html.ShouldContain("content=\"noindex\"");

        var both = await browser.Get(path + "/list?track=light&track=wax&track=none-such");
        (both.Text.Contains("Wicks", StringComparison.Ordinal), both.Text.Contains("Tallow", StringComparison.Ordinal), both.Text.Contains("Moths", StringComparison.Ordinal)).ShouldBe((true, true, false));
        var nothing = await browser.Get(Schedule + "/day/2027-05-02?track=light");
        nothing.Text.ShouldContain("Nothing like that on this day");
        nothing.Html.ShouldContain($"href=\"{Schedule}/day/2027-05-02\"");
        (await browser.Get(path + "?track=none-such")).Text.ShouldContain("Moths");

        // ux.md U43: also by room, type and language; what is none of this schedule's counts for nothing.
        await Import(Of("0", "How lamps were lit", "Light"), Of("1", "Wicks", "Light").Replace("\"type\": \"talk\"", "\"type\": \"walk\"", StringComparison.Ordinal), Of("2", "Tallow", "Wax").Replace("\"language\": \"en\"", "\"language\": \"de\"", StringComparison.Ordinal), Of("4", "Snuffers", "Wax", "02"));
        await Eventually.Is(async () => (await browser.Get(path)).Html.Contains("id=\"by-type\"", StringComparison.Ordinal));
        var talks = await browser.Get(path + "?type=talk&language=en&room=none-such");
        (talks.Text.Contains("How lamps", StringComparison.Ordinal), talks.Text.Contains("Wicks", StringComparison.Ordinal), talks.Text.Contains("Tallow", StringComparison.Ordinal)).ShouldBe((true, false, false));
        foreach (var link in new[] { $"{Schedule}/day/2027-05-02?type=talk&amp;language=en", $"{path}?track=light&amp;type=talk&amp;language=en", $"{path}/list?type=talk&amp;language=en" }) talks.Html.ShouldContain($"href=\"{link}\"");
        foreach (var words in new[] { "All 1", "Light 1", "Wax 0" }) talks.Text.ShouldContain(words);
        (await browser.Get(path + "?track=wax&type=walk")).Text.ShouldContain("Nothing like that on this day");

        browser.Headers["HX-Request"] = "true";
        var part = await browser.Get(path + "?track=wax");
        (part.Html.Contains("<html", StringComparison.Ordinal), part.Text.Contains("Tallow", StringComparison.Ordinal)).ShouldBe((false, true));
    }

    /// <summary>ux.md U43, with the words of a real conference of 432 and 442 sessions a day.</summary>
    [Fact]
    public async Task Five_hundred_sessions_are_sixty_kilobytes_at_most()
    {
        await app.Bus.InvokeAsync(new ImportSchedule(show.EventId, DemoProgramme.Read(0)), default);
        var schedule = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!;
        await Shows(schedule.Version);
        using var browser = app.Browser();
        foreach (var day in schedule.Days)
        {
            var page = await browser.Get($"{Schedule}/day/{day.Date:yyyy-MM-dd}");
            var bytes = Compressed.Gzip(System.Text.Encoding.UTF8.GetBytes(page.Html), CompressionLevel.Optimal).Length;
            (bytes * 500 / day.Entries.Length).ShouldBeLessThanOrEqualTo(60 * 1024, $"{bytes} bytes, {day.Entries.Length} sessions");
        }
    }

    /// <summary>plaza.md §1 row 10 and §5.15: what was hidden was sent all the same.</summary>
    [Fact]
    public async Task Before_times_are_public_no_answer_has_them()
    {
        // By title the other way round than by time.
        await Import(WithLink(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T09:00:00+01:00"));
        await Rule(ScheduleVisibility.Titles, new(LinkAccess.Everybody, 15, [], false));
        using var browser = app.Browser();
        foreach (var now in new[] { app.Clock.Now, new(2027, 5, 1, 8, 50, 0, TimeSpan.Zero) })
        {
            app.Clock.Now = now;
            foreach (var path in new[] { Schedule, Schedule + "/how-lamps-were-lit", Schedule + "/how-lamps-were-lit/links", show.Path + "/tracks/light", show.Path + "/speakers/ada-quill", show.Path + "/search?q=", show.Path + "/collage?all=true" })
            {
                var page = await browser.Get(path);
                (page.Status, page.Text.Contains("How lamps were lit", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true), path);
                foreach (var words in new[] { "09:00", "09:45", "10:00", "2027-05-01T", "Quay", "1 May,", Join }) page.Html.ShouldNotContain(words, Case.Insensitive, path);
                if (!path.StartsWith(Schedule + "/", StringComparison.Ordinal)) page.Html.IndexOf(">How lamps were lit<", StringComparison.Ordinal).ShouldBeLessThan(page.Html.IndexOf(">Wicks<", StringComparison.Ordinal), path);
            }
        }
        var board = await browser.Get(Schedule);
        board.Text.ShouldContain("What’s on");
        var session = await browser.Get(Schedule + "/how-lamps-were-lit");
        foreach (var page in new[] { board, session })
        {
            page.Text.ShouldContain("How lamps were lit");
            foreach (var words in new[] { "10:00", "2027-05-01", "Quay" }) page.Html.ShouldNotContain(words);
        }
        foreach (var path in new[] { "/day/2027-05-01", "/how-lamps-were-lit.ics" }) (await browser.Get(Schedule + path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get(Schedule + ".ics")).Status.ShouldBe(HttpStatusCode.NotFound);

        await Rule(ScheduleVisibility.Hidden);
        foreach (var path in new[] { "", "/how-lamps-were-lit" }) (await browser.Get(Schedule + path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get(show.Path)).Html.ShouldNotContain("/schedule\"");
    }

    /// <summary>plaza.md §5.15: unconfirmed sessions leaked through calendars and share pages.</summary>
    [Fact]
    public async Task A_session_that_is_not_confirmed_is_nowhere()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00"));
        var id = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("wicks")!.Id;
        await Append(new SessionStated(id, SessionState.Accepted, true, app.Clock.Now));
        using var browser = app.Browser();
        foreach (var path in new[] { "/wicks", "/wicks.ics", "/wicks/watch/0" }) (await browser.Get(Schedule + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { "", ".ics" }) (await browser.Get(Schedule + path)).Html.ShouldNotContain("Wicks");
    }

    /// <summary>plaza.md row 12: links opened by two different numbers, one of them in the browser.</summary>
    [Fact]
    public async Task Links_are_in_no_page_until_their_rule_opens_them()
    {
        await Import(WithLink());
        await Rule(links: new(LinkAccess.Everybody, 15, [], false));
        using var browser = app.Browser();
        app.Clock.Now = new(2027, 5, 1, 8, 44, 59, TimeSpan.Zero);
        var before = await browser.Get(Schedule + "/how-lamps-were-lit");
        before.Html.ShouldNotContain(Join);
        before.Text.ShouldContain("The links open on Sat 1 May, 09:45, Lisbon time.");
        app.Clock.Now = new(2027, 5, 1, 8, 45, 0, TimeSpan.Zero);
        var open = await browser.Get(Schedule + "/how-lamps-were-lit");
        (open.Html.Contains($"href=\"{Schedule}/how-lamps-were-lit/join/0\"", StringComparison.Ordinal), open.Html.Contains(Join, StringComparison.Ordinal)).ShouldBe((true, false), "they lead through a door");

        await Rule(links: new(LinkAccess.Attendees, null, [], false));
        var stranger = await browser.Get(Schedule + "/how-lamps-were-lit");
        stranger.Html.ShouldNotContain(Join);
        stranger.Text.ShouldContain("The links are for people with a ticket.");
        foreach (var path in new[] { "", ".ics", "/how-lamps-were-lit.ics" }) (await browser.Get(Schedule + path)).Html.Contains(Join, StringComparison.Ordinal).ShouldBeFalse(path);
    }

    [Theory]
    [InlineData(".json", "application/json")]
    [InlineData(".xml", "application/xml")]
    public async Task The_schedule_is_a_file_for_programs_with_what_everybody_may_know(string file, string type)
    {
        const string Slides = "https://lantern.example/slides.pdf";
        await Import(WithLink(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00").Replace("\"track\": \"Light\"", "\"track\": \"Secret track\"", StringComparison.Ordinal).Replace("https://lantern.example/oil", Slides, StringComparison.Ordinal));
        using var browser = app.Browser();
        (await browser.Get(Schedule)).Html.ShouldContain($"<link rel=\"alternate\" type=\"{type}\" title=\"schedule{file}\" href=\"{Schedule}{file}\">");
        var open = await browser.Get(Schedule + file);
        (open.Header("Content-Type"), open.Header("Access-Control-Allow-Origin")).ShouldBe((type + "; charset=utf-8", "*"));
        foreach (var words in new[] { Join, Slides, "Wicks", "Secret track", "Ada Quill" }) open.Html.ShouldContain(words);
        browser.Headers["If-None-Match"] = open.Header("ETag")!;
        (await browser.Get(Schedule + file)).Status.ShouldBe(HttpStatusCode.NotModified);

        // A rule of one session closes its links here for good: nobody asks who reads, or when.
        var schedule = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!;
        await Append(new LinksRuled(schedule.Session("how-lamps-were-lit")!.Id, new(LinkAccess.Everybody, 15, [], false), app.Clock.Now));
        app.Clock.Now = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero);
        var ruled = await browser.Get(Schedule + file);
        (ruled.Status, ruled.Html.Contains(Join, StringComparison.Ordinal), ruled.Html.Contains(Slides, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, false, true));
        await Append(new SessionStated(schedule.Session("wicks")!.Id, SessionState.Draft, true, app.Clock.Now));
        var drafted = await browser.Get(Schedule + file);
        foreach (var words in new[] { "Wicks", "Secret track", Slides, Join }) drafted.Html.ShouldNotContain(words);
        drafted.Html.ShouldContain("How lamps were lit");
        if (file == ".json") ScheduleSchema.Faults(System.Text.Encoding.UTF8.GetBytes(drafted.Html)).ShouldBeEmpty();
        var again = ScheduleReader.Read(System.Text.Encoding.UTF8.GetBytes(drafted.Html), null).Snapshot;
        again.Sessions.Select(s => s.Details.Title).ShouldBe(["How lamps were lit"]);

        await Rule(ScheduleVisibility.Titles);
        (await browser.Get(Schedule + file)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_film_is_framed_only_where_somebody_asked_for_it()
    {
        const string film = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
        await Import(WithLink().Replace(Join, film, StringComparison.Ordinal));
        var session = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("how-lamps-were-lit")!;
        await Append(new SessionDescribed(session.Id, session.Slug, new(session.Title) { Links = [new(film, "Film", LinkKind.Watch), new("https://evilyoutube.com/watch?v=dQw4w9WgXcQ", "Not one", LinkKind.Watch)] }, session.Source, [], app.Clock.Now));
        using var browser = app.Browser();
        var page = await browser.Get(Schedule + "/how-lamps-were-lit");
        page.Html.ShouldNotContain("<iframe");
        page.Header("Content-Security-Policy")!.ShouldContain("frame-src 'none'");
        page.Text.ShouldContain("the film comes from YouTube, which then learns that you watch");

        var watch = await browser.Get(Schedule + "/how-lamps-were-lit/watch/0");
        watch.Html.ShouldContain("src=\"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ\"");
        watch.Header("Content-Security-Policy")!.ShouldContain("frame-src 'self' https://www.youtube-nocookie.com;");
        foreach (var nothing in new[] { "1", "2", "-1" }) (await browser.Get($"{Schedule}/how-lamps-were-lit/watch/{nothing}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await Rule(links: new(LinkAccess.Attendees, null, [], false));
        (await browser.Get(Schedule + "/how-lamps-were-lit/watch/0")).Location.ShouldBe(Schedule + "/how-lamps-were-lit");
    }

    /// <summary>plaza.md §5.7 and §5.13: titles and abstracts ran as code in the share page and in the schedule.</summary>
    [Fact]
    public async Task Nothing_an_author_wrote_runs()
    {
        await Import(Samples.Event(title: "</script><script>alert(1)</script>", more: ", \"description\": \"<img src=x onerror=alert(2)> [x](javascript:alert(3)) ![y](https://tracker.example/y.png)\"").Replace("Ada Quill", "<b onmouseover=alert(4)>Ada", StringComparison.Ordinal));
        var id = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Sessions.Single();
        await Append(new SessionDescribed(id.Id, "bad", new("</script><script>alert(1)</script>") { Abstract = "<img src=x onerror=alert(2)>", Links = [new("javascript:alert(5)", "Slides", LinkKind.Attachment)] }, id.Source, [], app.Clock.Now));
        using var browser = app.Browser();
        foreach (var path in new[] { "", "/bad" })
        {
            var page = await browser.Get(Schedule + path);
            page.Text.ShouldContain("<script>alert(1)</script>", customMessage: "it is read as it was written");
            foreach (var code in new[] { "<script>alert", "<img src=x", "javascript:", "<b onmouseover", "tracker.example/y.png\"" }) page.Html.ShouldNotContain(code, customMessage: path);
        }
    }

    [Fact]
    public async Task A_session_tells_networks_and_search_engines_what_it_is()
    {
        await Import(Samples.Event());
        using var browser = app.Browser();
        var page = (await browser.Get(Schedule + "/how-lamps-were-lit")).Html;
        page.ShouldContain("<meta property=\"og:title\" content=\"How lamps were lit\">");
        page.ShouldContain("<meta property=\"og:description\" content=\"About oil and gas.\">");
        var data = System.Text.Json.JsonDocument.Parse(page.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0]).RootElement;
        (data.GetProperty("@type").GetString(), data.GetProperty("startDate").GetString(), data.GetProperty("location").GetProperty("name").GetString(), data.GetProperty("performer")[0].GetProperty("name").GetString()).ShouldBe(("Event", "2027-05-01T10:00+01:00", "Quay, Teatro Salitre", "Ada Quill"));
    }

    /// <summary>plaza.md row 18: a new UID at each download made doubles in people's calendars.</summary>
    [Fact]
    public async Task Calendars_keep_what_they_know()
    {
        await Import(Samples.Event());
        using var browser = app.Browser();
        var first = await browser.Get(Schedule + "/how-lamps-were-lit.ics");
        first.Html.ShouldContain("DTSTART;TZID=Europe/Lisbon:20270501T100000");
        first.Header("Content-Type")!.ShouldStartWith("text/calendar");
        browser.Headers["If-None-Match"] = first.Header("ETag")!;
        (await browser.Get(Schedule + "/how-lamps-were-lit.ics")).Status.ShouldBe(HttpStatusCode.NotModified);
        await Import(Samples.Event(date: "2027-05-01T11:00:00+01:00"));
        var moved = await browser.Get(Schedule + "/how-lamps-were-lit.ics");
        static string Line(WebPage page, string name) => page.Html.Split("\r\n").First(l => l.StartsWith(name, StringComparison.Ordinal));
        (moved.Status, Line(moved, "UID")).ShouldBe((HttpStatusCode.OK, Line(first, "UID")));
        Line(moved, "SEQUENCE").ShouldNotBe(Line(first, "SEQUENCE"));
    }

    [Fact]
    public async Task A_cancelled_session_says_so_where_it_was()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00"));
        await Import(Samples.Event());
        using var browser = app.Browser();
        (await browser.Get(Schedule)).Text.ShouldContain("Wicks");
        (await browser.Get(Schedule)).Text.ShouldContain("Cancelled");
        (await browser.Get(Schedule + "/wicks")).Text.ShouldContain("This session was cancelled");
    }

    [Fact]
    public async Task A_search_is_a_form_with_an_address_and_htmx_gets_its_part()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-02T12:00:00+01:00"));
        using var browser = app.Browser();
        var all = await browser.Get(show.Path + "/search");
        all.Text.ShouldContain("2 sessions");
        var one = await browser.Get(show.Path + "/search?q=l%C3%A1mps&day=2027-05-01&day=2027-05-02");
        one.Html.ShouldContain("How <mark>lamps</mark> were lit");
        one.Text.ShouldContain("1 session");
        one.Html.ShouldContain("value=\"2027-05-02\" checked");
        browser.Headers["HX-Request"] = "true";
        var part = await browser.Get(show.Path + "/search?q=wicks");
        (part.Html.Contains("<form", StringComparison.Ordinal), part.Html.Contains("hx-swap-oob", StringComparison.Ordinal), part.Header("Vary")).ShouldBe((false, true, "HX-Request"));
    }

    [Fact]
    public async Task A_room_and_its_screen_say_what_is_on_and_what_comes_next()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00"));
        using var browser = app.Browser();
        foreach (var path in new[] { "/rooms/quay", "/rooms/quay/sign" })
        {
            app.Clock.Now = new(2027, 5, 1, 9, 10, 0, TimeSpan.Zero);
            (await browser.Get(show.Path + path)).Text.ShouldMatch("Now.*How lamps were lit.*Next.*Wicks");
            app.Clock.Now = new(2027, 5, 1, 11, 0, 0, TimeSpan.Zero);
            (await browser.Get(show.Path + path)).Text.ShouldMatch("Now.*Wicks", "the page goes on with the hour though nothing was changed");
        }
        (await browser.Get(show.Path + "/rooms/nowhere")).Status.ShouldBe(HttpStatusCode.NotFound);
        await Rule(ScheduleVisibility.Titles);
        foreach (var path in new[] { "/rooms/quay", "/rooms/quay/sign", "/rooms/quay.ics" }) (await browser.Get(show.Path + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }

    /// <summary>plaza.md §5.15: every speaker the source returned was published. §1 row 32: they had no pages, only a dialog no keyboard could open.</summary>
    [Fact]
    public async Task Speakers_have_pages_and_those_of_unconfirmed_sessions_have_none()
    {
        await Import(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00").Replace("Ada Quill", "Bo Ferry", StringComparison.Ordinal).Replace("\"id\": 3,", "\"id\": 4,", StringComparison.Ordinal));
        using var browser = app.Browser();
        (await browser.Get(show.Path + "/speakers")).Text.ShouldContain("Bo Ferry");
        (await browser.Get(show.Path + "/speakers/bo-ferry")).Text.ShouldContain("Wicks");
        (await browser.Get(show.Path + "/tracks/light")).Text.ShouldContain("Wicks");
        await Append(new SessionStated((await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("wicks")!.Id, SessionState.Accepted, true, app.Clock.Now));
        foreach (var path in new[] { "/speakers/bo-ferry", "/speakers/bo-ferry.ics" }) (await browser.Get(show.Path + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { "/speakers", "/search?q=ferry", "/tracks/light" }) (await browser.Get(show.Path + path)).Text.Contains("Bo Ferry", StringComparison.Ordinal).ShouldBeFalse(path);
    }
}
