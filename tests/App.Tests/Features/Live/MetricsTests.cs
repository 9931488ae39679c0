using System.Net;
using System.Text;
using App.Features.Live.Metrics;
using App.Features.Shared;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>Counts of what was looked at, without anybody in them.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddConference();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    Browser Person(AppHost? at = null, params (string Name, string Value)[] headers)
    {
        var browser = (at ?? app).Browser();
        browser.Headers["User-Agent"] = Firefox;
        browser.Headers["Sec-Fetch-Mode"] = "navigate";
        foreach (var (name, value) in headers) browser.Headers[name] = value;
        return browser;
    }

    async Task<long> Counted(string name, string? subject = null)
    {
        await app.Get<Counters>().Write();
        return await app.Db.QueryFirst<long>("select coalesce(sum(count), 0)::bigint from live_counts where event_id = $1 and name = $2 and ($3::text is null or subject = $3)", default, show.EventId, name, subject);
    }

    [Fact]
    public async Task Pages_are_counted_also_those_from_memory_and_over_replicas_and_leave_no_cookie()
    {
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        using var person = Person();
        for (var i = 0; i < 3; i++) await person.Get(show.Path + "/schedule");
        await Person(rival).Get(show.Path + "/schedule");
        // An answer is counted once it has gone.
        await Eventually.Is(async () => { await rival.Get<Counters>().Write(); return await Counted("view/Schedule") == 4; });
        person.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_scripts_and_who_asks_not_to_be_tracked_are_not_counted()
    {
        foreach (var (name, value) in new[] { ("User-Agent", "Googlebot/2.1"), ("User-Agent", "curl/8.0"), ("DNT", "1"), ("Sec-GPC", "1"), ("Sec-Purpose", "prefetch"), ("Sec-Fetch-Mode", "cors") })
            await Person(null, (name, value)).Get(show.Path + "/schedule");
        await app.Browser().Get(show.Path + "/schedule");
        await Person().Get(show.Path + "/schedule/there-is-no-such-session");
        (await app.Db.QueryFirst<long>("select count(*) from live_counts", default)).ShouldBe(0);
        (await Counted("view/Schedule")).ShouldBe(0);
    }

    [Fact]
    public async Task A_deed_is_counted_by_its_session_if_there_is_one()
    {
        var slug = (await app.Get<App.Features.Schedule.Contracts.ScheduleCatalogue>().Find(show.EventId))!.Sessions[0].Slug;
        using var person = Person();
        (await person.Post(show.Path + "/count", [("deed", "link"), ("of", slug)])).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.Post(show.Path + "/count", [("deed", "link"), ("of", "nothing-of-ours")])).Status.ShouldBe(HttpStatusCode.NoContent);
        ((await Counted("deed/link", slug)), (await Counted("deed/link", ""))).ShouldBe((1, 1));
        foreach (var widget in new[] { "countdown", "countdown", "<script>" }) await person.Post(show.Path + "/count", [("deed", "widget"), ("of", widget)]);
        ((await Counted("deed/widget", "countdown")), (await Counted("deed/widget", ""))).ShouldBe((2, 1), "a home's widgets are counted by their kind");
        using var organizer = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await organizer.Get($"/office/events/{show.EventId}/metrics")).Text.ShouldContain("Home: countdown 2");
    }

    /// <summary>plaza.md §2: saves, sign-ins, own calendars and exports were counted with an identity beside each; here by page and answer alone.</summary>
    [Fact]
    public async Task What_is_saved_asked_for_and_fetched_is_counted_too_unless_the_browser_says_no()
    {
        var session = (await app.Get<App.Features.Schedule.Contracts.ScheduleCatalogue>().Find(show.EventId))!.Sessions[0];
        using (var refuses = Person(null, ("Sec-GPC", "1")))
        {
            (await refuses.Post(show.Path + "/my-schedule?handler=Save", [("star", session.Id.ToString())])).Status.ShouldBe(HttpStatusCode.SeeOther);
            await refuses.Get(show.Path + "/schedule.json");
        }
        using var person = Person();
        foreach (var handler in new[] { "Save", "Save", "Unsave", "Save" }) await person.Post($"{show.Path}/my-schedule?handler={handler}", [("star", session.Id.ToString())]);
        foreach (var kind in new[] { "Feed", "Share" }) await person.Post(show.Path + "/my-schedule?handler=Open", [("kind", kind)]);
        (await person.Post(show.Path + "/my-schedule?handler=Take", [("star", session.Id.ToString())])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await person.PostForm(show.Path + "/sign-in", ("Email", "ada@example.org"))).Status.ShouldBe(HttpStatusCode.Redirect);
        using var program = app.Browser();
        foreach (var file in new[] { "/schedule.json", "/schedule.json", "/schedule.xml", "/schedule.ics", $"/schedule/{session.Slug}.ics", "/schedule/no-such.ics" }) await program.Get(show.Path + file);
        await Person(null, ("Sec-Fetch-Site", "cross-site")).Get($"{show.Path}/schedule/{session.Slug}");

        await Eventually.Is(async () => await Counted("deed/from-elsewhere", session.Slug) == 1);
        (await Counted("deed/save", session.Slug), await Counted("deed/unsave", session.Slug), await Counted("deed/place"), await Counted("deed/calendar-feed"), await Counted("deed/share-schedule"), await Counted("deed/sign-in-asked")).ShouldBe((3, 1, 0, 1, 1, 1));
        (await Counted("file/json"), await Counted("file/xml"), await Counted("file/calendar"), await Counted("file/calendar-part")).ShouldBe((2, 1, 1, 1));
        (await app.Db.QueryFirst<long>("select count(*) from live_counts c where c::text like '%example.org%'", default)).ShouldBe(0);
    }

    /// <summary>The pages write their handlers with small letters, the list had capitals: nobody ever signed in, out or deleted themselves.</summary>
    [Fact]
    public async Task Signing_in_signing_out_and_leaving_are_counted_as_the_pages_own_forms_do_it()
    {
        await app.Sell(show, name: "Unique Person", email: "ada@example.org");
        using var person = Person();
        async Task Press(string page, string handler, params (string, string)[] fields)
        {
            var action = System.Text.RegularExpressions.Regex.Match((await person.Get(page)).Html, $"action=\"([^\"]*handler={handler})\"").Groups[1].Value;
            (await person.PostForm(action, fields)).Status.ShouldBe(HttpStatusCode.Redirect, action);
        }
        async Task SignIn() => await Press(show.Path + "/sign-in?step=code", "code", ("code", (await app.AskForLink(person, show, "ada@example.org"))!.Value.Code));
        await SignIn();
        await Press(show.Path + "/profile", "signout");
        await SignIn();
        await Press(show.Path + "/profile?deleting=true", "delete");
        await Eventually.Is(async () => await Counted("deed/deleted") == 1);
        (await Counted("deed/signed-in"), await Counted("deed/signed-out"), await Counted("deed/sign-in-asked")).ShouldBe((2, 1, 2));
    }

    [Fact]
    public async Task The_most_people_of_an_hour_are_kept_not_added_up()
    {
        foreach (var people in new[] { 3, 9, 4 }) { app.Get<Counters>().Peak(show.EventId, people); await app.Get<Counters>().Write(); }
        app.Clock.Now += TimeSpan.FromHours(1);
        app.Get<Counters>().Peak(show.EventId, 5);
        await app.Get<Counters>().Write();
        (await app.Db.Query<long>("select count from live_counts where event_id = $1 and name = 'people/most' order by hour", default, show.EventId)).ShouldBe([9, 5]);
        using var organizer = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var page = await organizer.Get($"/office/events/{show.EventId}/metrics");
        page.Text.ShouldContain("Most people at once: 9");
        page.Text.ShouldContain("Pages opened per day: 0");
    }

    [Fact]
    public async Task A_hostile_beacon_counts_nothing_fills_nothing_and_ends_nothing()
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Firefox);
        var path = show.Path + "/count";
        async Task<HttpStatusCode> Send(byte[] body, string type = "application/x-www-form-urlencoded") => (await http.PostAsync(path, new ByteArrayContent(body) { Headers = { ContentType = new(type) } })).StatusCode;
        (await Send(new byte[100_000])).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        foreach (var body in new[] { "", "deed=drop-table&of=x", "deed=" + new string('a', 400), "\0\0\0", "&&&&&&&&&&=", "a=1&b=2&c=3&d=4&e=5&f=6", "{\"deed\":\"link\"" }) ((int)await Send(Encoding.UTF8.GetBytes(body))).ShouldBeLessThan(500);
        for (var i = 0; i < 50; i++) await Send(Encoding.UTF8.GetBytes("deed=link&of=" + i));
        (await http.PostAsync("/e/nobody/nothing/count", new StringContent("deed=link"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.Get<Counters>().Write();
        (await app.Db.QueryFirst<long>("select count(*) from live_counts", default)).ShouldBe(1, "all of the made-up sessions are no session");
    }

    [Fact]
    public async Task The_organizer_sees_days_pages_and_sessions_and_takes_them_along_as_a_file()
    {
        using var person = Person();
        await person.Get(show.Path + "/schedule");
        await person.Get(show.Path + "/now");
        await app.Get<Counters>().Write();
        using var organizer = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var page = await organizer.Get($"/office/events/{show.EventId}/metrics");
        page.Text.ShouldContain("Pages opened per day: 2");
        page.Text.ShouldContain("On now");
        var csv = await organizer.Get($"/office/events/{show.EventId}/metrics?handler=export");
        csv.Html.ShouldContain("2027-01-12T12:00Z,view/Schedule,,1");
    }
}
