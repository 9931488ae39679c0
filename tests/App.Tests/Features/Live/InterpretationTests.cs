using System.Net;
using App.Features.Live;
using App.Features.Live.Contracts;
using App.Features.Live.Interpretation;
using App.Features.Registration.Contracts;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Tests.Support;

using InterpreterBooth = App.Features.Live.Interpretation.Booth;

namespace App.Tests.Features.Live;

/// <summary>Interpretation, through HTTP and on two processes.</summary>
public sealed class InterpretationTests(TalkHall hall) : IClassFixture<TalkHall>, IAsyncLifetime
{
    const string Sound = "https://sound.example/secret-es";
    Talk talk = null!;
    string Office => $"/office/events/{hall.Show.EventId}/schedule/interpretation";
    string Booth => talk.Path + "/booth/es";
    Guid ChannelId => Channel.IdOf(talk.Session.Id, "es");

    public async Task InitializeAsync()
    {
        talk = await hall.Talk();
        hall.At(TalkHall.Starts);
        (await hall.Office.PostForm(Office + "?handler=Channel", ("session", talk.Session.Id.ToString()), ("language", "ES"), ("address", Sound))).Status.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var email in new[] { "ada@example.org", "bo@example.org" }) (await hall.Office.PostForm(Office + "?handler=Appoint", ("email", email))).Status.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var app in new[] { hall.App, hall.Rival })
            await Eventually.Is(async () => (await app.Get<HotStreams<TalkRules>>().Get(TalkRules.StreamOf(hall.Show.EventId))).State.Channels.ContainsKey(ChannelId));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    Browser Interpreter(string name, AppHost? app = null) => hall.Attendee(name, email: name.ToLowerInvariant() + "@example.org", app: app);

    async Task<WebPage> Do(Browser browser, string deed, params (string, string)[] fields)
    {
        await browser.Get(Booth);
        return await browser.PostForm($"{Booth}?handler={deed}", fields);
    }

    async Task<InterpreterBooth> State() => (await hall.App.Db.FoldFresh<InterpreterBooth>(InterpreterBooth.StreamOf(ChannelId), default)).State;

    [Fact]
    public async Task Listeners_see_who_is_on_air_and_reach_the_channel_only_when_the_sessions_links_open()
    {
        using var listener = hall.App.Browser();
        using var ada = Interpreter("Ada");
        (await listener.Get(talk.Path)).Html.ShouldContain($"href=\"{talk.Path}/listen\"");
        var list = await listener.Get(talk.Path + "/listen");
        (list.Text.Contains("Spanish", StringComparison.Ordinal), list.Text.Contains("Nobody on air", StringComparison.Ordinal), list.Html.Contains(Sound, StringComparison.Ordinal)).ShouldBe((true, true, false));
        await Do(ada, "Enter");
        await Do(ada, "Take");
        (await listener.Get(talk.Path + "/listen?handler=State")).Text.ShouldContain("On air");
        (await listener.Get(talk.Path + "/listen/es")).Html.ShouldContain(Sound);
        await hall.App.Bus.InvokeAsync(new RuleSchedule(hall.Show.EventId, null, Links: new LinkRule(LinkAccess.Attendees, null, [], false)), default);
        await Eventually.Is(async () => (await hall.App.Get<ScheduleCatalogue>().Find(hall.Show.EventId))!.Session(talk.Session.Id)!.LinkRule.Access == LinkAccess.Attendees);
        var closed = await listener.Get(talk.Path + "/listen/es");
        (closed.Status, closed.Html.Contains(Sound, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Redirect, false));
        (await ada.Get(talk.Path + "/listen/es")).Html.ShouldContain(Sound);
        await hall.App.Bus.InvokeAsync(new RuleSchedule(hall.Show.EventId, null, Links: LinkRule.Public), default);
        (await listener.Get(talk.Path + "/listen/fr")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_providers_frame_comes_only_from_known_hosts_and_only_onto_the_page_that_was_asked_for()
    {
        (await hall.Office.PostForm(Office + "?handler=Channel", ("session", talk.Session.Id.ToString()), ("language", "de"), ("address", "https://youtu.be/dQw4w9WgXcQ"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.Is(async () => (await hall.App.Get<HotStreams<TalkRules>>().Get(TalkRules.StreamOf(hall.Show.EventId))).State.Channels.ContainsKey(Channel.IdOf(talk.Session.Id, "de")));
        using var listener = hall.App.Browser();
        (await listener.Get(talk.Path + "/listen")).Header("Content-Security-Policy")!.ShouldContain("frame-src 'none'");
        var page = await listener.Get(talk.Path + "/listen/de");
        (page.Html.Contains("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", StringComparison.Ordinal), page.Header("Content-Security-Policy")!.Contains("https://www.youtube-nocookie.com", StringComparison.Ordinal)).ShouldBe((true, true));
        (await listener.Get(talk.Path + "/listen/es")).Html.ShouldNotContain("<iframe");
    }

    [Fact]
    public async Task Only_appointed_interpreters_and_staff_enter_the_booth()
    {
        using var stranger = hall.Attendee("Stranger");
        using var admin = hall.Attendee("Desk", AttendeeRole.Admin);
        using var ada = Interpreter("Ada");
        (await stranger.Get(Booth)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await stranger.Get(Booth + "?handler=State")).Status.ShouldBe(HttpStatusCode.Redirect);
        foreach (var browser in new[] { admin, ada, hall.Office }) (await browser.Get(Booth)).Status.ShouldBe(HttpStatusCode.OK);
        (await Do(ada, "Take")).Text.ShouldContain("Enter the booth first");
    }

    [Fact]
    public async Task Twenty_who_take_a_free_microphone_on_two_processes_put_one_on_air()
    {
        Browser[] browsers = [Interpreter("Ada"), Interpreter("Bo", hall.Rival)];
        foreach (var browser in browsers) (await Do(browser, "Enter")).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.Is(async () => (await hall.App.Get<HotStreams<InterpreterBooth>>().Get(InterpreterBooth.StreamOf(ChannelId))).State.Present.Count == 2 && (await State()).Present.Count == 2);
        foreach (var browser in browsers) await browser.Get(Booth);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => browsers[n % 2].PostForm(Booth + "?handler=Take", ("from", ""))));
        var booth = await State();
        var winner = booth.OnAir == TalkHall.IdOf("Ada") ? 0 : 1;
        answers.Where((_, n) => n % 2 == winner).ShouldAllBe(a => a.Status == HttpStatusCode.SeeOther);
        answers.Where((_, n) => n % 2 != winner).ShouldAllBe(a => a.Status == HttpStatusCode.UnprocessableEntity);
        answers[1 - winner].Text.ShouldContain("Somebody else took the microphone meanwhile");
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task One_asks_to_be_relieved_the_other_accepts_and_they_write_to_each_other()
    {
        using var ada = Interpreter("Ada");
        using var bo = Interpreter("Bo");
        foreach (var browser in new[] { ada, bo }) await Do(browser, "Enter");
        await Do(ada, "Take");
        (await Do(ada, "Ask", ("minutes", "10"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await bo.Get(Booth)).Text.ShouldContain("Ada asks to be relieved for 10 min.");
        await Do(bo, "Accept");
        (await ada.Get(Booth)).Text.ShouldContain("On air Bo From 10:00 to 10:10, as agreed.");
        foreach (var _ in Enumerable.Range(0, 2)) await bo.PostForm(Booth + "?handler=Say", ("form", "1"), ("text", "Slides <b>first</b>"));
        var page = await ada.Get(Booth);
        (page.Text.Split("Slides <b>first</b>").Length, page.Html.Contains("<b>first", StringComparison.Ordinal)).ShouldBe((2, false));
    }

    [Fact]
    public async Task A_lost_line_frees_the_microphone_by_itself()
    {
        using var ada = Interpreter("Ada");
        await Do(ada, "Enter");
        await Do(ada, "Take");
        hall.At(TalkHall.Starts + InterpreterBooth.Lease);
        await Eventually.Is(async () => (await State()).OnAir is null);
        (await State()).Present.ShouldBeEmpty();
    }

    [Fact]
    public async Task Addresses_and_languages_that_can_lead_nowhere_are_refused()
    {
        foreach (var (language, address, says) in new[] { ("es", "javascript:alert(1)", "begins with https://"), ("es", "http://sound.example/", "begins with https://"), ("Spanish!", Sound, "language’s code") })
        {
            var refused = await hall.Office.PostForm(Office + "?handler=Channel", ("session", talk.Session.Id.ToString()), ("language", language), ("address", address));
            (refused.Status, refused.Text.Contains(says, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Text);
        }
        (await hall.Office.PostForm(Office + "?handler=Appoint", ("email", "nobody"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
