using System.Net;
using System.Net.Sockets;
using System.Text;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Live;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>A conference's news as browsers hear them.</summary>
public sealed class LiveStreamTests : IAsyncLifetime
{
    const string Ada = "ada-ada-ada-ada-ada-ada1", Bo = "bo-bo-bo-bo-bo-bo-bo-bo2";

    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await Import("14:00");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    static string Event(string time) => Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "How lamps go out", $"2027-05-01T{time}:00+01:00", "00:45", "");

    async Task Import(string time)
    {
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(Samples.Json(Event(time))), "test", false, false, default);
        var version = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version
            && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.Kind == App.Features.Events.Contracts.EventKind.Conference);
    }

    Task<AppHost> Rival() => AppHost.Start(connection: app.Connection, clock: app.Clock);

    [Fact]
    public async Task A_stream_begins_with_what_is_true_and_says_what_changes_on_another_replica()
    {
        await using var rival = await Rival();
        using var here = await LiveListener.Open(app, show.Path);
        using var there = await LiveListener.Open(rival, show.Path);
        here.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        here.Response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        await here.Until("schedule", _ => true);
        await there.Until("schedule", _ => true);
        here.Messages.ShouldBe(1);
        here.Rest.ShouldContain("retry:4000");
        var before = int.Parse(there.State["schedule"], System.Globalization.CultureInfo.InvariantCulture);
        await Import("15:00");
        await there.Until("schedule", v => int.Parse(v, System.Globalization.CultureInfo.InvariantCulture) > before);
        await here.Until("schedule", v => v == there.State["schedule"]);
    }

    [Fact]
    public async Task The_hour_alone_is_news_when_something_begins()
    {
        using var listener = await LiveListener.Open(app, show.Path);
        await listener.Until("now", v => v == "0");
        app.Clock.Now = new(2027, 5, 1, 13, 5, 0, TimeSpan.Zero);
        await listener.Until("now", v => v == new DateTimeOffset(2027, 5, 1, 13, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task People_are_counted_not_windows_and_over_all_replicas()
    {
        await using var rival = await Rival();
        using var adas = await LiveListener.Open(app, show.Path, Ada);
        using var adasOther = await LiveListener.Open(app, show.Path, Ada);
        using var adasThird = await LiveListener.Open(rival, show.Path, Ada);
        var bos = await LiveListener.Open(rival, show.Path, Bo);
        await adas.Until("people", v => v == "2");
        await adasThird.Until("people", v => v == "2");
        bos.Dispose();
        await adas.Until("people", v => v == "1");
        (await app.Db.QueryFirst<string>("select string_agg(encode(sketch, 'escape'), '') from live_presence", default))!.ShouldNotContain("ada");
    }

    [Fact]
    public async Task Who_does_not_want_to_be_counted_is_not()
    {
        using var silent = await LiveListener.Open(app, show.Path);
        using var asks = await LiveListener.Open(app, show.Path, Ada, ("Sec-GPC", "1"));
        using var asksToo = await LiveListener.Open(app, show.Path, Ada, ("DNT", "1"));
        using var odd = await LiveListener.Open(app, show.Path, "<script>alert(1)</script>");
        using var counted = await LiveListener.Open(app, show.Path, Bo);
        await counted.Until("people", v => v == "1");
        await asks.Until("people", v => v == "1");
        (await app.Browser().Get(show.Path + "/now")).Text.ShouldContain("1 person is looking");
    }

    /// <summary>The program this one follows ended with one unauthenticated message of a client's (plaza.md §5, 1). Here a client has no message to send: whatever it does, others go on hearing.</summary>
    [Fact]
    public async Task No_message_of_a_client_can_end_the_process_there_is_none()
    {
        using var listener = await LiveListener.Open(app, show.Path);
        await listener.Until("schedule", _ => true);
        var http = new HttpClient { BaseAddress = app.Address };
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            ((int)(await http.SendAsync(new(method, show.Path + "/live") { Content = new StringContent("[\"trackError\"]") })).StatusCode).ShouldBeInRange(400, 499);
        foreach (var bytes in new[] { "42[\"trackError\"]", "\0\0\0\0", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", new string('x', 100_000) })
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(app.Address.Host, app.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {show.Path}/live?v={Ada} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n{bytes}"));
        }
        foreach (var path in new[] { "/e/nobody/lantern/live", "/e/x/y/live?v=%00%ff", show.Path + "/live?v=" + new string('a', 5000) })
            using (await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead)) { }
        await Import("16:00");
        var now = (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await listener.Until("schedule", v => v == now);
        (await http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.Is(() => Task.FromResult(app.Get<LiveHub>().Open == 1));
    }

    [Fact]
    public async Task A_process_with_all_the_streams_it_holds_asks_to_come_back_and_takes_the_next_when_one_ends()
    {
        await using var small = await AppHost.Start(connection: app.Connection, clock: app.Clock, settings: ["--Live:Connections=1"]);
        using (var first = await LiveListener.Open(small, show.Path))
        {
            await first.Until("schedule", _ => true);
            using var second = await LiveListener.Open(small, show.Path);
            (second.Status, second.Response.Headers.RetryAfter!.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)));
        }
        await Eventually.Is(async () => { using var next = await LiveListener.Open(small, show.Path); return next.Status == HttpStatusCode.OK; });
    }

    [Fact]
    public async Task A_process_that_stops_ends_its_streams_and_says_when_to_come_back()
    {
        var rival = await Rival();
        using var listener = await LiveListener.Open(rival, show.Path, Ada);
        await listener.Until("schedule", _ => true);
        listener.Rest.Clear();
        await rival.DisposeAsync();
        await listener.ToTheEnd();
        listener.Rest.ShouldContain(line => line.StartsWith("retry:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_on_stands_on_its_page_without_a_script()
    {
        using var browser = app.Browser();
        (await browser.Get(show.Path + "/now")).Text.ShouldContain("Nothing is on");
        app.Clock.Now = new(2027, 5, 1, 13, 5, 0, TimeSpan.Zero);
        var page = await browser.Get(show.Path + "/now");
        page.Text.ShouldContain("How lamps go out");
        page.Text.ShouldContain("Until 14:45");
        browser.Cookies.ShouldBeEmpty();
        app.Clock.Now = new(2027, 5, 3, 13, 5, 0, TimeSpan.Zero);
        (await browser.Get(show.Path + "/now?lang=de")).Text.ShouldContain("Es ist vorbei");
    }

    [Fact]
    public async Task An_event_that_is_not_there_has_no_stream()
    {
        using var listener = await LiveListener.Open(app, "/e/nobody/nothing");
        listener.Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
