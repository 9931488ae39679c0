using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Schedule.Mine;
using App.Infrastructure.Store;
using App.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Features.Schedule.Mine;

/// <summary>Somebody's own schedule, through HTTP: on a device, signed in, from a calendar, by a friend.</summary>
public sealed class MyScheduleTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;
    string Mine => show.Path + "/my-schedule";

    /// <summary>Signed in is who says so in a header; how one proves it is Registration's.</summary>
    sealed class SaidVisitors : IVisitors
    {
        public ValueTask<Visitor> Current(HttpContext context, Guid eventId, CancellationToken ct) => new(new Visitor(eventId,
            Guid.TryParse(context.Request.Headers["X-Attendee"], out var id) ? new(id, eventId, "ada@example.com", "Ada", ["Regular"], [], []) : null,
            Guid.TryParse(context.Request.Cookies["device"], out var device) ? device : null));

        public bool IsNobody(HttpContext context, Guid eventId) => false;

        public Guid GiveDevice(HttpContext context)
        {
            var device = Guid.Parse("0190de30-0000-7000-8000-0000000000dd");
            context.Response.Cookies.Append("device", device.ToString());
            return device;
        }
    }

    public async Task InitializeAsync()
    {
        app = await AppHost.Start(more: builder => builder.Services.AddSingleton<IVisitors, SaidVisitors>());
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await Import(Samples.Event(), Event(2, "How lamps go out", "10:30"));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    static string Event(int n, string title, string time, string more = "") => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", title, $"2027-05-01T{time}:00+01:00", "00:45", more);

    async Task Import(params string[] events)
    {
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Json(events)), "test", false, false, default);
        var version = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.Kind == App.Features.Events.Contracts.EventKind.Conference);
    }

    async Task<string> Id(string title) => (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Sessions.Single(s => s.Title == title).Id.ToString();

    Browser SignedIn(int n)
    {
        var browser = app.Browser();
        browser.Headers["X-Attendee"] = new Guid(n, 1, 0, new byte[8]).ToString();
        return browser;
    }

    async Task Star(Browser browser, string title, string what = "Save") => (await browser.Post($"{Mine}?handler={what}", [("star", await Id(title))])).Status.ShouldBe(HttpStatusCode.SeeOther);

    async Task<string?> Address(Browser browser, string kind, string id)
    {
        await browser.Post($"{Mine}?handler=Open", [("kind", kind)]);
        return Regex.Match((await browser.Get(Mine)).Html, $"id=\"{id}\"[^>]*value=\"(?<url>[^\"]+)\"") is { Success: true } found ? new Uri(found.Groups["url"].Value).PathAndQuery : null;
    }

    [Fact]
    public async Task Without_an_account_a_star_keeps_a_session_on_the_device_and_looking_leaves_no_cookie()
    {
        using var browser = app.Browser();
        var nothing = await browser.Get(Mine);
        nothing.Text.ShouldContain("Nothing saved yet");
        nothing.Html.ShouldContain($"href=\"{show.Path}/sign-in?returnUrl={Uri.EscapeDataString(Mine)}\"");
        // From any page of the conference to one's own, which asks who isn't signed in.
        foreach (var path in new[] { Mine, show.Path + "/schedule", show.Path }) (await browser.Get(path)).Html.ShouldContain($"<a href=\"{show.Path}/profile\">You</a>");
        browser.Cookies.ShouldBeEmpty();
        await Star(browser, "How lamps were lit");
        await Star(browser, "How lamps were lit");
        await Star(browser, "How lamps go out");
        var page = await browser.Get(Mine);
        page.Text.ShouldContain("2 sessions, 2 at the same time as another");
        page.Text.ShouldContain("Same time as How lamps go out");
        page.Header("Cache-Control").ShouldBe("no-store");
        await Star(browser, "How lamps go out", "Unsave");
        (await browser.Get(Mine)).Text.ShouldContain("1 session.");
        using var other = app.Browser();
        (await other.Get(Mine)).Text.ShouldContain("Nothing saved yet");
    }

    [Fact]
    public async Task Another_site_can_press_nothing_and_a_session_that_is_not_there_is_refused_in_words()
    {
        using var browser = app.Browser();
        var refused = await browser.Post($"{Mine}?handler=Save", [("star", Guid.NewGuid().ToString())]);
        (refused.Status, refused.Text.Contains("There is no such session", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await browser.Post($"{Mine}?handler=Save", [("star", "no number")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Headers["Sec-Fetch-Site"] = "cross-site";
        (await browser.Post($"{Mine}?handler=Save", [("star", await Id("How lamps were lit"))])).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Stars_ask_once_which_of_them_are_lit()
    {
        using var browser = app.Browser();
        await Star(browser, "How lamps were lit");
        using var answer = JsonDocument.Parse((await browser.Get(Mine + "/saved.json")).Html);
        answer.RootElement.GetProperty("saved").EnumerateArray().Select(e => e.GetString()).ShouldBe([await Id("How lamps were lit")]);
        answer.RootElement.GetProperty("signed").GetBoolean().ShouldBeFalse();
        // From when to when, for who looks at another session of that hour.
        var times = answer.RootElement.GetProperty("sessions").EnumerateArray().ShouldHaveSingleItem();
        (times.GetProperty("title").GetString(), times.GetProperty("href").GetString()).ShouldBe(("How lamps were lit", $"{show.Path}/schedule/how-lamps-were-lit"));
        times.GetProperty("at")[0].EnumerateArray().Select(t => DateTimeOffset.FromUnixTimeMilliseconds(t.GetInt64())).ShouldBe([new(2027, 5, 1, 9, 0, 0, default), new(2027, 5, 1, 9, 45, 0, default)]);
        var fits = await browser.Get(show.Path + "/search?fits=yes");
        (fits.Text.Contains("1 session", StringComparison.Ordinal), fits.Header("Cache-Control")).ShouldBe((true, "no-store"));
        using var nobody = app.Browser();
        (await nobody.Get(show.Path + "/search?fits=yes")).Text.ShouldContain("2 sessions");
    }

    [Fact]
    public async Task A_calendar_reads_it_until_the_address_is_revoked_and_a_new_address_is_another()
    {
        using var browser = app.Browser();
        await Star(browser, "How lamps were lit");
        var feed = (await Address(browser, "Feed", "feed"))!;
        using var calendar = app.Browser();
        var first = await calendar.Get(feed);
        (first.Status, first.Header("Content-Type"), first.Html.Contains("SUMMARY:How lamps were lit", StringComparison.Ordinal), first.Html.Contains("go out", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, "text/calendar; charset=utf-8; method=PUBLISH", true, false));
        first.Html.ShouldContain("X-WR-CALNAME:Lantern Days: My schedule");
        calendar.Headers["If-None-Match"] = first.Header("ETag")!;
        (await calendar.Get(feed)).Status.ShouldBe(HttpStatusCode.NotModified);
        (await calendar.Get(feed.Replace("/my-schedule/", "/my-schedule/A", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.NotFound);
        await browser.Post($"{Mine}?handler=Revoke", [("kind", "Feed")]);
        (await calendar.Get(feed)).Status.ShouldBe(HttpStatusCode.NotFound);
        var second = (await Address(browser, "Feed", "feed"))!;
        second.ShouldNotBe(feed);
        calendar.Headers.Remove("If-None-Match");
        ((await calendar.Get(second)).Status, (await calendar.Get(feed)).Status).ShouldBe((HttpStatusCode.OK, HttpStatusCode.NotFound));
        await app.Bus.InvokeAsync(new App.Features.Events.SaveEvent(show.EventId, show.OrganizationId, "", "", "EUR", "Europe/Lisbon") { Language = "es" }, default);
        await Eventually.Is(async () => (await calendar.Get(second)).Html.Contains("X-WR-CALNAME:Lantern Days: Mi programa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Friends_see_what_is_shared_and_nothing_to_press_and_the_calendar_s_address_does_not_open_it()
    {
        using var browser = app.Browser();
        await Star(browser, "How lamps were lit");
        var (share, feed) = ((await Address(browser, "Share", "share"))!, (await Address(browser, "Feed", "feed"))!);
        using var friend = app.Browser();
        var page = await friend.Get(share);
        page.Text.ShouldContain("How lamps were lit");
        page.Html.ShouldNotContain("<form");
        (await friend.Get(feed.Replace(".ics", "", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.NotFound);
        await browser.Post($"{Mine}?handler=Revoke", [("kind", "Share")]);
        (await friend.Get(share)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_move_and_a_cancellation_are_said_where_they_matter()
    {
        using var browser = app.Browser();
        await Star(browser, "How lamps were lit");
        await Star(browser, "How lamps go out");
        await Import(Samples.Event(), Event(2, "How lamps go out", "10:30").Replace("\"type\": \"talk\"", "\"type\": \"walk\"", StringComparison.Ordinal));
        var walks = await browser.Get(Mine + "?type=walk&track=none-such");
        (walks.Html.Contains("/how-lamps-go-out\"", StringComparison.Ordinal), walks.Html.Contains("/how-lamps-were-lit\"", StringComparison.Ordinal), walks.Text.Contains("2 sessions", StringComparison.Ordinal)).ShouldBe((true, false, true));
        await Import(Samples.Event(date: "2027-05-01T14:00:00+01:00"), Event(2, "How lamps go out", "10:30", ", \"state\": \"canceled\""));
        (await browser.Get(Mine)).Text.ShouldContain("Moved from Sat 1 May, 10:00");
        await Star(browser, "How lamps were lit", "Seen");
        (await browser.Get(Mine)).Text.ShouldNotContain("Moved from");
    }

    [Fact]
    public async Task The_last_places_go_to_as_many_as_there_are_and_one_given_back_goes_to_who_waits()
    {
        await Import(Samples.Event(), Event(2, "How lamps go out", "10:30"), Event(3, "Wick making", "15:00"));
        await Cap("Wick making", 3);
        using (var nobody = app.Browser())
        {
            var sent = await nobody.Post($"{Mine}?handler=Take", [("star", await Id("Wick making"))]);
            (sent.Status, sent.Location).ShouldBe((HttpStatusCode.Redirect, $"{show.Path}/sign-in?returnUrl={Uri.EscapeDataString(show.Path + "/schedule/wick-making")}"), "asked to sign in, and back");
        }
        var people = Enumerable.Range(1, 12).Select(SignedIn).ToArray();
        var id = await Id("Wick making");
        var answers = await Task.WhenAll(people.Select(p => p.Post($"{Mine}?handler=Take", [("star", id)])));
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.SeeOther);
        var pages = await Task.WhenAll(people.Select(p => p.Get(Mine)));
        (pages.Count(p => p.Text.Contains("You have a place", StringComparison.Ordinal)), pages.Count(p => p.Text.Contains("On the waiting list", StringComparison.Ordinal))).ShouldBe((3, 9));
        // The schedule is the same for everybody, and says that it is full as soon as it is.
        using (var anybody = app.Browser())
        {
            await Eventually.Is(async () => (await anybody.Get(show.Path + "/schedule")).Html.Contains("data-full=\"wick-making\"><", StringComparison.Ordinal));
            (await anybody.Get(show.Path + "/schedule/wick-making")).Text.ShouldContain("Full");
            (await anybody.Get(show.Path + "/search?places=left")).Text.ShouldContain("0 sessions");
        }
        var holder = Array.FindIndex(pages, p => p.Text.Contains("You have a place", StringComparison.Ordinal));
        await people[holder].Post($"{Mine}?handler=Release", [("star", id)]);
        pages = await Task.WhenAll(people.Select(p => p.Get(Mine)));
        pages.Count(p => p.Text.Contains("You have a place", StringComparison.Ordinal)).ShouldBe(3);
        await Cap("Wick making", 5);
        await Eventually.Is(async () => (await Task.WhenAll(people.Select(p => p.Get(Mine)))).Count(p => p.Text.Contains("You have a place", StringComparison.Ordinal)) == 5);
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task Who_loses_access_loses_the_place_to_who_waits_and_signing_in_brings_the_device_s_sessions_along()
    {
        await Cap("How lamps go out", 1);
        using var first = SignedIn(1);
        using var second = SignedIn(2);
        foreach (var browser in new[] { first, second }) await browser.Post($"{Mine}?handler=Take", [("star", await Id("How lamps go out"))]);
        (await second.Get(Mine)).Text.ShouldContain("On the waiting list");
        await Tell(new AttendeeAccessEnded(show.EventId, new(1, 1, 0, new byte[8]), new(GroundKind.Ticket, "t"), "refunded", HasAccess: false, app.Clock.GetUtcNow()));
        await Eventually.Is(async () => (await second.Get(Mine)).Text.Contains("You have a place", StringComparison.Ordinal));

        using var device = app.Browser();
        await Star(device, "How lamps were lit");
        await Tell(new AttendeeSignedIn(show.EventId, new(2, 1, 0, new byte[8]), Guid.Parse("0190de30-0000-7000-8000-0000000000dd"), app.Clock.GetUtcNow()));
        await Eventually.Is(async () => (await second.Get(Mine)).Text.Contains("How lamps were lit", StringComparison.Ordinal));
        (await device.Get(Mine)).Text.ShouldContain("Nothing saved yet");
    }

    async Task Cap(string title, int capacity)
    {
        var id = Guid.Parse(await Id(title));
        await Append<App.Features.Schedule.Conference>(App.Features.Schedule.Conference.StreamOf(show.EventId), state => state.Sessions[id] is var s ? new SessionDescribed(id, s.Slug, s.Details with { Capacity = capacity }, s.Source, ["capacity"], app.Clock.GetUtcNow(), show.EventId) : null!);
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Session(id)!.Capacity == capacity);
    }

    /// <summary>As if another feature had written it.</summary>
    /// <summary>It stood on their page only, which nobody looks at all day.</summary>
    [Fact]
    public async Task Whoever_moves_up_from_the_waiting_list_is_told_by_mail_once_and_only_if_it_is_still_so()
    {
        await Cap("How lamps were lit", 1);
        Browser[] browsers = [SignedIn(1), SignedIn(2), SignedIn(3)];
        foreach (var n in new[] { 1, 2, 3 })
            await app.Store(new App.Features.Registration.AttendeeCard(new(n, 1, 0, new byte[8]), show.EventId, $"person{n}@example.org", $"Person {n}", [new(GroundKind.Invitation, $"invited:{n}")]) { MailLanguage = n == 3 ? "es" : null });
        foreach (var browser in browsers) await Star(browser, "How lamps were lit", "Take");
        await app.HandleDueMessages();
        app.Mails.ShouldBeEmpty("nobody waited for the first place");
        await Star(browsers[0], "How lamps were lit", "Release");
        await app.HandleDueMessages();
        var mail = app.Mails.ShouldHaveSingleItem();
        (mail.To, mail.Subject).ShouldBe(("person2@example.org", "You have a place: How lamps were lit"));
        foreach (var words in new[] { "Saturday 1 May 2027, 10:00, Lisbon time, Quay", $"{show.Path}/my-schedule" }) mail.Text.ShouldContain(words);
        var stale = new PlaceTaken(show.EventId, Guid.Parse(await Id("How lamps were lit")), new(1, 1, 0, new byte[8]), Waited: true, app.Clock.GetUtcNow());
        await Tell(stale);
        app.Mails.Count.ShouldBe(1, "they have given it back meanwhile");
        await Star(browsers[1], "How lamps were lit", "Release");
        await app.HandleDueMessages();
        var spanish = app.Mails[^1];
        (spanish.To, spanish.Subject).ShouldBe(("person3@example.org", "Tienes plaza: How lamps were lit"));
        foreach (var words in new[] { "Cuándo: sábado 1 de mayo de 2027, 10:00, hora de Lisbon, Quay", "Quedó una plaza libre en How lamps were lit", "Preguntas:" }) spanish.Text.ShouldContain(words);
        foreach (var browser in browsers) browser.Dispose();
    }

    /// <summary>The list was emptied by one who heard of the deletion before it was read by another, who gives the places back.</summary>
    [Fact]
    public async Task Whoever_deletes_themselves_keeps_no_seat_whoever_hears_of_it_first()
    {
        await Cap("How lamps go out", 1);
        using var first = SignedIn(1);
        using var second = SignedIn(2);
        foreach (var browser in new[] { first, second }) await Star(browser, "How lamps go out", "Take");
        (await second.Get(Mine)).Text.ShouldContain("On the waiting list");
        // No word of the access that ended: only the list's own hearing.
        await Tell(new AttendeeErased(show.EventId, new(1, 1, 0, new byte[8]), app.Clock.GetUtcNow()));
        await Eventually.Is(async () => (await second.Get(Mine)).Text.Contains("You have a place", StringComparison.Ordinal));
    }

    Task Tell(object fact) => Append<Nothing>(App.Infrastructure.Ids.New(app.Clock.GetUtcNow()), _ => fact);

    async Task Append<T>(Guid stream, Func<T, object> fact) where T : class, IEventSourced<T>
    {
        var session = new DocumentSession(app.Get<EventStore>(), app.Get<App.Infrastructure.Messaging.HandlerRegistry>(), Cause.System);
        var fetched = await session.FetchForWriting<T>(stream, default);
        fetched.Append(fact(fetched.State));
        await session.SaveChangesAsync(app.Services, default);
        await app.HandleDueMessages();
    }

    sealed record Nothing : IEventSourced<Nothing>
    {
        public static Nothing Empty { get; } = new();
        public static Nothing Evolve(Nothing state, object fact) => state;
    }
}
