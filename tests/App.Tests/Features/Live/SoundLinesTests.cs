using System.Net;
using System.Net.Http.Json;
using App.Features.Live;
using App.Features.Live.Interpretation;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Sound;
using App.Tests.Support;
using Sandbox.Sound;

namespace App.Tests.Features.Live;

/// <summary>Sound by WHIP and WHEP: what goes between browsers, us and the provider.</summary>
public sealed class SoundLinesTests(SoundHall hall) : IClassFixture<SoundHall>, IAsyncLifetime
{
    const string Offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";
    Talk talk = null!;
    Browser ada = null!, bo = null!;

    string Office => $"/office/events/{hall.Show.EventId}/schedule/interpretation";
    string Booth => talk.Path + "/booth/es";
    string Listen => talk.Path + "/listen/es";
    Guid ChannelId => Channel.IdOf(talk.Session.Id, "es");

    public async Task InitializeAsync()
    {
        talk = await hall.Talk();
        hall.At(TalkHall.Starts);
        (await hall.Office.PostForm(Office + "?handler=Channel", ("session", talk.Session.Id.ToString()), ("language", "es"), ("address", ""))).Status.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var email in new[] { "ada@example.org", "bo@example.org" }) await hall.Office.PostForm(Office + "?handler=Appoint", ("email", email));
        foreach (var app in new[] { hall.App, hall.Rival })
            await Eventually.Is(async () => (await app.Get<HotStreams<TalkRules>>().Get(TalkRules.StreamOf(hall.Show.EventId))).State.Channels.ContainsKey(ChannelId));
        (ada, bo) = (hall.Attendee("Ada", email: "ada@example.org"), hall.Attendee("Bo", email: "bo@example.org", app: hall.Rival));
        foreach (var browser in new[] { ada, bo }) await Do(browser, "Enter");
        await Do(ada, "Take");
    }

    public async Task DisposeAsync()
    {
        await hall.Sandbox.Lie(new());
        await hall.Sandbox.BehaveAsSound(new());
        ada.Dispose();
        bo.Dispose();
    }

    async Task Do(Browser browser, string deed, params (string, string)[] fields)
    {
        await browser.Get(Booth);
        (await browser.PostForm($"{Booth}?handler={deed}", fields)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    static Task<WebPage> Post(Browser browser, string path, string offer = Offer, string type = SoundClient.Type) => browser.Call(HttpMethod.Post, path + "/line", new StringContent(offer) { Headers = { ContentType = new(type) } });

    async Task<SoundSession[]> Of(string kind) => [.. (await hall.Sandbox.Sounds()).Where(s => s.Kind == kind && s.Channel == ChannelId.ToString("N"))];

    async Task BoTakesOver() => await Do(bo, "Take", ("from", TalkHall.IdOf("Ada").ToString()));

    [Fact]
    public async Task Who_is_on_air_sends_and_listeners_hear_and_no_browser_learns_where_the_provider_is()
    {
        using var listener = hall.App.Browser();
        (await Post(listener, Listen)).Status.ShouldBe(HttpStatusCode.Conflict, "nobody sends yet");
        var sends = await Post(ada, Booth);
        (sends.Status, sends.Header("Content-Type"), sends.Html[..3], sends.Location!.StartsWith(Booth + "/line/", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Created, "application/sdp", "v=0", true));
        var hears = await Post(listener, Listen);
        (hears.Status, hears.Location!.StartsWith(Listen + "/line/", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Created, true));
        var (whip, whep) = ((await Of("whip")).ShouldHaveSingleItem(), (await Of("whep")).ShouldHaveSingleItem());
        (whip.Offer, whip.Authorization, whep.Offer, whep.Authorization).ShouldBe((Offer, "Bearer sound-token", Offer, "Bearer sound-token"));
        foreach (var page in new[] { sends, hears, await ada.Get(Booth), await listener.Get(Listen), await listener.Get(talk.Path + "/listen") })
            foreach (var secret in new[] { "sound-token", hall.Sandbox.BaseUrl.Authority, whip.Id, whep.Id, "/whip/" })
                (page.Html + page.Response.Headers).ShouldNotContain(secret);

        (await listener.Call(HttpMethod.Delete, hears.Location!)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await listener.Call(HttpMethod.Delete, sends.Location!)).Status.ShouldBe(HttpStatusCode.Unauthorized, "not theirs");
        (await bo.Call(HttpMethod.Delete, sends.Location!)).Status.ShouldBe(HttpStatusCode.NotFound, "not theirs either");
        (await listener.Call(HttpMethod.Delete, Listen + "/line/abc")).Status.ShouldBe(HttpStatusCode.NotFound);
        ((await Of("whip"))[0].Ended, (await Of("whep"))[0].Ended).ShouldBe((false, true));
        (await ada.Call(HttpMethod.Delete, sends.Location!)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Of("whip"))[0].Ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Handing_over_in_another_process_ends_the_formers_line_and_the_new_one_sends()
    {
        await Post(ada, Booth);
        await BoTakesOver();
        (await Post(bo, Booth)).Status.ShouldBe(HttpStatusCode.Created);
        var late = await Post(ada, Booth);
        (late.Status, late.Html).ShouldBe((HttpStatusCode.Conflict, "You are not on air."));
        await hall.App.HandleDueMessages();
        (await Of("whip")).Select(s => s.Ended).ShouldBe([true, false]);
        await Do(bo, "Release");
        await Eventually.Is(async () => (await Of("whip")).All(s => s.Ended));
    }

    [Fact]
    public async Task A_lost_line_and_a_removed_channel_end_at_the_provider_too_and_again_is_a_new_one()
    {
        await Post(ada, Booth);
        (await Post(ada, Booth)).Status.ShouldBe(HttpStatusCode.Created, "a page loaded again");
        (await Of("whip")).Select(s => s.Ended).ShouldBe([true, false]);
        hall.At(TalkHall.Starts + App.Features.Live.Interpretation.Booth.Lease);
        await Eventually.Is(async () => (await Of("whip"))[1].Ended);
        await Do(ada, "Enter");
        await Do(ada, "Take");
        await Post(ada, Booth);
        await hall.Office.PostForm(Office + "?handler=Remove", ("channel", ChannelId.ToString()));
        await Eventually.Is(async () => (await Of("whip"))[2].Ended);
        await Eventually.Is(async () => (await Post(ada, Booth)).Status == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_loses_the_microphone_while_the_provider_thinks_is_not_left_on_air()
    {
        // The engine's work is looked at, so there is an engine, and it takes its time.
        using (await hall.Sandbox.Http.GetAsync("/_sandbox/sound/work")) { }
        var post = Post(ada, Booth);
        SoundWork? work = null;
        await Eventually.Is(async () =>
        {
            using var answer = await hall.Sandbox.Http.GetAsync("/_sandbox/sound/work");
            if (answer.StatusCode == HttpStatusCode.OK) work = await answer.Content.ReadFromJsonAsync<SoundWork>();
            return work is { Kind: "whip" };
        });
        await BoTakesOver();
        using (await hall.Sandbox.Http.PostAsync($"/_sandbox/sound/work/{work!.Id}", new StringContent(Offer))) { }
        (await post).Status.ShouldBe(HttpStatusCode.Conflict);
        await Eventually.Is(async () => (await Of("whip")).ShouldHaveSingleItem().Ended);
        using (await hall.Sandbox.Http.DeleteAsync("/_sandbox/sound/work")) { }
    }

    [Fact]
    public async Task Only_offers_of_who_may_reach_the_provider()
    {
        using var stranger = hall.Attendee("Stranger");
        (await Post(stranger, Booth)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(bo, Booth)).Status.ShouldBe(HttpStatusCode.Conflict, "in the booth, not on air");
        (await Post(ada, Booth, "<html>")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(ada, Booth, type: "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Post(ada, Booth, Offer + new string('a', 40_000))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Post(ada, talk.Path + "/booth/fr")).Status.ShouldBe(HttpStatusCode.NotFound);
        await hall.App.Bus.InvokeAsync(new RuleSchedule(hall.Show.EventId, null, Links: new LinkRule(LinkAccess.Attendees, null, [], false)), default);
        await Eventually.Is(async () => (await hall.App.Get<ScheduleCatalogue>().Find(hall.Show.EventId))!.Session(talk.Session.Id)!.LinkRule.Access == LinkAccess.Attendees);
        using var nobody = hall.App.Browser();
        (await Post(nobody, Listen)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Of("whip")).Concat(await Of("whep")).ShouldBeEmpty();
        await hall.App.Bus.InvokeAsync(new RuleSchedule(hall.Show.EventId, null, Links: LinkRule.Public), default);
        await Eventually.Is(async () => (await hall.App.Get<ScheduleCatalogue>().Find(hall.Show.EventId))!.Session(talk.Session.Id)!.LinkRule.Access != LinkAccess.Attendees);
    }

    [Fact]
    public async Task A_provider_that_lies_or_is_away_is_said_so_and_leads_nowhere_and_what_was_to_end_ends_when_it_is_back()
    {
        using var elsewhere = Elsewhere.Start();
        foreach (var lie in new SoundLie[]
        {
            new(Location: "http://169.254.169.254/latest/meta-data"), new(Location: elsewhere.Url), new(Location: "//user@127.0.0.1/x"), new(Location: "file:///etc/passwd"), new(Redirect: elsewhere.Url), new(Type: "text/html"), new(Answer: "no"), new(Answer: "v=0" + new string('a', 70_000)),
        })
        {
            await hall.Sandbox.Lie(lie);
            var no = await Post(ada, Booth);
            no.Status.ShouldBeOneOf([HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable], lie.ToString());
            no.Html.ShouldStartWith("The provider of the sound");
            foreach (var session in (await Of("whip")).Where(s => !s.Ended)) using (await End(session)) { }
        }
        elsewhere.Asked.ShouldBe(0);
        await hall.Sandbox.Lie(new());
        foreach (var (status, ours) in new[] { (403, HttpStatusCode.BadGateway), (503, HttpStatusCode.ServiceUnavailable) })
        {
            await hall.Sandbox.BehaveAsSound(new(FailNext: 1, FailStatus: status));
            (await Post(ada, Booth)).Status.ShouldBe(ours);
        }
        (await Post(ada, Booth)).Status.ShouldBe(HttpStatusCode.Created);
        await hall.Sandbox.BehaveAsSound(new(FailRate: 1, FailStatus: 503));
        await Do(ada, "Release");
        await Eventually.Is(async () => await hall.App.Db.QueryFirst<long>("select count(*) from messages where type = 'end-line' and attempts > 0", default) > 0);
        (await Of("whip"))[^1].Ended.ShouldBeFalse();
        await hall.Sandbox.BehaveAsSound(new());
        await Eventually.Is(async () => { hall.At(hall.App.Clock.Now.AddSeconds(5)); await hall.App.HandleDueMessages(); return (await Of("whip"))[^1].Ended; });
    }

    Task<HttpResponseMessage> End(SoundSession session)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/whip/{session.Channel}/{session.Id}");
        request.Headers.Authorization = new("Bearer", "sound-token");
        return hall.Sandbox.Http.SendAsync(request);
    }

    [Fact]
    public async Task A_named_host_that_leads_inside_is_not_asked()
    {
        using var sound = new SoundClient(new() { WhipUrl = "https://sound.example/{channel}", WhepUrl = "https://sound.example/{channel}/listen", SessionHosts = ["localhost"] });
        (await Should.ThrowAsync<SoundException>(() => sound.End(new("https://localhost/session"), default))).Message.ShouldContain("leads inside");
    }

    [Theory]
    [InlineData("https://sound.example/{channel}", null, "belong together")]
    [InlineData("https://sound.example/all", "https://sound.example/{channel}", "needs {channel}")]
    [InlineData("https://{channel}.sound.example/", "https://sound.example/{channel}", "not in its host")]
    [InlineData("http://sound.example/{channel}", "https://sound.example/{channel}", "https address")]
    [InlineData("https://me:secret@sound.example/{channel}", "https://sound.example/{channel}", "https address")]
    [InlineData("https://sound.example/{channel}", "https://sound.example/{channel}", null)]
    [InlineData(null, null, null)]
    public void Settings_that_cannot_be_meant_stop_the_start(string? whip, string? whep, string? says)
    {
        var fault = new SoundOptions { WhipUrl = whip, WhepUrl = whep }.Fault;
        if (says is null) fault.ShouldBeNull(); else fault!.ShouldContain(says);
    }

    [Fact]
    public async Task Only_the_booth_gets_the_microphone_and_without_script_it_says_what_is_missing()
    {
        using var listener = hall.App.Browser();
        var booth = await ada.Get(Booth);
        booth.Header("Permissions-Policy")!.ShouldContain("microphone=(self)");
        (booth.Text.Contains("Your browser asks whether this page may use your microphone", StringComparison.Ordinal), booth.Html.Contains("/js/sound", StringComparison.Ordinal)).ShouldBe((true, true));
        foreach (var page in new[] { await listener.Get(Listen), await listener.Get(talk.Path), await listener.Get(talk.Path + "/listen") }) page.Header("Permissions-Policy")!.ShouldContain("microphone=()");
        (await listener.Get(Listen)).Text.ShouldContain("To hear it on this page your browser needs scripts.");
        await hall.Office.PostForm(Office + "?handler=Channel", ("session", talk.Session.Id.ToString()), ("language", "es"), ("address", "https://sound.example/es"));
        await Eventually.Is(async () => (await listener.Get(Listen)).Html.Contains("<noscript><p class=\"stack tight\"><a class=\"button\" href=\"https://sound.example/es\"", StringComparison.Ordinal));
    }

    /// <summary>Somewhere the provider has no business sending us.</summary>
    sealed class Elsewhere(HttpListener listener, string url) : IDisposable
    {
        int asked;

        public string Url => url;
        public int Asked => asked;

        public static Elsewhere Start()
        {
            using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            free.Stop();
            var listener = new HttpListener { Prefixes = { url } };
            listener.Start();
            var elsewhere = new Elsewhere(listener, url + "x");
            _ = elsewhere.Answer();
            return elsewhere;
        }

        async Task Answer()
        {
            try { while (listener.IsListening) { (await listener.GetContextAsync()).Response.Close(); Interlocked.Increment(ref asked); } }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { }
        }

        public void Dispose() => ((IDisposable)listener).Dispose();
    }
}
