using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Tests.Support;

namespace App.Tests.Features.Schedule;

/// <summary>A conference that follows a Pretalx: what its organizer chooses in the office, what the job commits, and its pictures.</summary>
public sealed class PretalxSourceTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        await Tell(new { sessions = 12 });
        app = await Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await app.Bus.InvokeAsync(new SetScheduleSource(show.EventId, "pretalx:lantern", null), default);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    // The job runs when a test says so.
    Task<AppHost> Start(string? connection = null, params string[] more) =>
        AppHost.Start(sandbox, connection, settings: [$"--Pretalx:BaseUrl={sandbox.BaseUrl}", "--Pretalx:Token=pretalx-token", "--Downloads:PrivateHosts:0=127.0.0.1", "--Schedule:FetchEvery=90.00:00:00", .. more]);

    string Path => $"/office/events/{show.EventId}/schedule/source";

    async Task Tell(object wanted) => (await sandbox.Http.PostAsJsonAsync("/_sandbox/pretalx", wanted)).EnsureSuccessStatusCode();
    async Task<ConferenceSchedule> Schedule() => (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!;
    async Task<ScheduleSession> Session(string code) => (await Schedule()).Sessions.Single(s => s.Source.Code == code);
    Task<IReadOnlyList<ImportRun>> Runs() => ImportRun.Latest(show.EventId, 50, app.Db, default);

    /// <param name="by">Another process; the messages are still worked off by the first.</param>
    async Task Fetch(double minutes = 5, AppHost? by = null)
    {
        app.Clock.Now += TimeSpan.FromMinutes(minutes);
        if (by is not null) by.Clock.Now = app.Clock.Now;
        (await (by ?? app).Get<RecurringJobs>().RunNow("fetch-schedule", (by ?? app).Bus, default)).ShouldBeTrue();
        await app.HandleDueMessages();
    }

    /// <summary>One language was picked, and the others were lost.</summary>
    [Fact]
    public async Task Names_come_in_every_language_that_Pretalx_has_them_in()
    {
        await Fetch();
        var schedule = await Schedule();
        (schedule.Title, schedule.Rooms[0].Name, schedule.Tracks[0].Name).ShouldBe(("Lantern Days", "Hall 1", "Track 1"));
        var portuguese = schedule.ReadIn("pt", "en");
        (portuguese.Title, portuguese.Rooms[0].Name, portuguese.Tracks[0].Name, portuguese.Types[0].Name).ShouldBe(("Dias da Lanterna", "Sala 1", "Trilho 1", "Palestra"));
        (schedule.Sessions[0].TitleLanguage, schedule.Sessions[0].Titles).ShouldBe(("en", null), "a title that stands there once is in the session's language");
        await Fetch();
        (await Schedule()).Version.ShouldBe(schedule.Version);
    }

    [Fact]
    public async Task An_organizer_says_what_answers_are_for_and_the_next_import_shows_them()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await office.Get(Path)).Text.ShouldContain("From Pretalx: lantern");
        (await office.PostForm(Path + "?handler=Look", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var page = await office.Get(Path);
        foreach (var said in new[] { "Pretalx asks 5 questions", "Where do people find your slides, your pad, your call?", "What can’t you eat? About speakers. Pretalx keeps these answers to the organizers" }) page.Text.ShouldContain(said);

        // A use that a question can't have, and one that there isn't, are none.
        (await office.PostForm(Path + "?handler=Keep", [("use-11", "Links"), ("use-12", "Recommended"), ("use-13", "Subtitle"), ("use-14", "Subtitle"), ("use-15", "7"), ("pictures", "true")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Db.Load<ScheduleSource>(show.EventId, default))!.Questions.Select(q => q.Use).ShouldBe([AnswerUse.Links, AnswerUse.Recommended, null, AnswerUse.Subtitle, null]);
        (await office.PostForm(Path + "?handler=Fetch", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        page = await office.Get(Path);
        foreach (var said in new[] { "12 added", "Something was odd about it", "Answers that should be addresses and aren’t, or not wholly: 1", "Where do people find your slides, your pad, your call? L2" }) page.Text.ShouldContain(said);
        page.Text.Contains("ask me", StringComparison.Ordinal).ShouldBeFalse("what was typed may be anything");

        var talk = await Session("L3");
        (await Schedule()).Speakers.Single(s => s.Name == "Speaker 4").Role.ShouldBe("Lamp works no. 4");
        var version = (await Schedule()).Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version);
        using var reader = app.Browser();
        await Eventually.Is(async () => (await reader.Get($"{show.Path}/schedule/{talk.Slug}")).Status == HttpStatusCode.OK);
        var shown = (await reader.Get($"{show.Path}/schedule/{talk.Slug}")).Html;
        var (first, second) = (shown.IndexOf($"/schedule/{(await Session("L4")).Slug}\"", StringComparison.Ordinal), shown.IndexOf($"/schedule/{(await Session("L5")).Slug}\"", StringComparison.Ordinal));
        (first > shown.IndexOf("related-t", StringComparison.Ordinal), second > first).ShouldBe((true, true), "its people's own recommendations, in their order");
        (await reader.Get($"{show.Path}/schedule/{(await Session("L1")).Slug}")).Html.ShouldContain("href=\"https://pad.lantern.example/1\"");

        await app.Bus.InvokeAsync(new SetScheduleSource(show.EventId, "pretalx:lantern", 30), default);
        (await app.Db.Load<ScheduleSource>(show.EventId, default))!.Questions.Length.ShouldBe(5, "how often it is fetched is another matter");
        await app.Bus.InvokeAsync(new SetScheduleSource(show.EventId, "pretalx:other", null), default);
        (await app.Db.Load<ScheduleSource>(show.EventId, default))!.Questions.ShouldBeEmpty("another one's questions are others");
    }

    /// <summary>Pretalx's API says nothing by which it could be asked whether something has changed, so it is read; then nothing is written but that it was.</summary>
    [Fact]
    public async Task Reading_the_same_again_appends_nothing_sends_nothing_and_is_one_line_however_often()
    {
        await Fetch();
        await Fetch();
        Task<long> Written() => app.Db.QueryFirst<long>("select (select max(seq) from events) + (select coalesce(sum(version), 0) from doc_speaker) + (select coalesce(sum(version), 0) from doc_brought_picture)", default);
        var before = await Written();
        for (var i = 0; i < 4; i++) await Fetch();
        (await Written()).ShouldBe(before);
        (await app.Db.QueryFirst<long>("select count(*) from messages where type = 'bring-pictures'", default)).ShouldBe(0);
        var runs = await Runs();
        (runs.Count, runs[0].Before, runs[0].Report!.ChangesNothing, runs[1].Report!.Added.Count).ShouldBe((2, 4, true, 12));
        runs[0].Since.ShouldNotBeNull().ShouldBeLessThan(runs[0].Began);

        await sandbox.BehaveAsPretalx(new Sandbox.Behaviour(FailRate: 1, FailStatus: 401));
        for (var i = 0; i < 3; i++) await Should.ThrowAsync<InvalidOperationException>(() => Fetch());
        (await Runs()).Select(r => (r.Error is null, r.Before)).ShouldBe([(false, 2), (true, 4), (true, 0)], "a night without an answer leaves what anybody wants to read");
    }

    [Fact]
    public async Task Pictures_are_brought_by_messages_from_Pretalx_only_and_go_with_their_people()
    {
        await Fetch();
        var (talk, speaker) = (await Session("L1"), (await Schedule()).Speakers.Single(s => s.Name == "Speaker 1"));
        (talk.Picture!.Width, talk.Picture.Alt, speaker.Portrait!.Width).ShouldBe((960, "", 320));
        ((await Schedule()).Sessions.Count(s => s.Picture is not null), (await Schedule()).Speakers.Count(s => s.Portrait is not null)).ShouldBe((4, 3));
        using var reader = app.Browser();
        var (picture, portrait) = (await reader.Get(talk.Picture.Address), await reader.Get(speaker.Portrait.Address));
        (picture.Header("Content-Type"), picture.Header("Cache-Control")).ShouldBe(("image/png", "public, max-age=31536000, immutable"));
        (portrait.Header("Content-Type"), portrait.Header("Cache-Control")).ShouldBe(("image/png", "public, max-age=86400"), "a face is forgotten with its person");

        // One that changed, one from inside, one that is led inside, one that is none.
        var lists = (await sandbox.Http.GetFromJsonAsync<JsonObject>("/_sandbox/pretalx"))!;
        void Image(string code, string address) => lists["submissions"]!.AsArray().Single(s => (string?)s!["code"] == code)!["image"] = address;
        Image("L1", "/media/lantern/submissions/L1/image_x8.png");
        Image("L4", "http://169.254.169.254/latest/meta-data");
        Image("L7", "/api/events/lantern/rooms/");
        await Tell(lists);
        // Imported by a process that only serves pages: the one that works messages off remembers the schedule of before.
        await using (var rival = await Start(app.Connection, "--Messaging:Lanes=none")) await Fetch(by: rival);
        (await Session("L1")).Picture!.ShouldBe(talk.Picture, "the same bytes are the same picture");
        ((await Session("L4")).Picture, (await Session("L7")).Picture).ShouldBe((null, null));
        (await app.Db.Load<BroughtPicture>((await Session("L4")).Id, default))!.Fault.ShouldBe("169.254.169.254 is not where this may be fetched from.");
        Image("L10", "/media/lantern/submissions/L10/image_x8.png");
        lists["pictures"] = "http://localhost:1/inside";
        await Tell(lists);
        await Fetch();
        (await app.Db.Load<BroughtPicture>((await Session("L10")).Id, default))!.Fault.ShouldBe("localhost is not where this may be fetched from.", "a redirect is judged as the first address was");
        await Fetch();
        var title = (await Session("L4")).Title;
        (await Runs())[0].Report!.Warnings.Single(w => w.Kind == "picture-not-had").Examples.ShouldContain(e => e.StartsWith(title, StringComparison.Ordinal));
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await office.Get(Path)).Text.ShouldContain("3 pictures could not be had");

        // A day later what is there is asked for by its mark; an answer of silence takes nothing away.
        await Tell(new { pictures = (string?)null });
        await sandbox.BehaveAsPretalx(new Sandbox.Behaviour(Only: "/media", FailRate: 1, FailStatus: 500));
        await Fetch(25 * 60);
        (await Session("L1")).Picture.ShouldNotBeNull();
        await sandbox.BehaveAsPretalx(new Sandbox.Behaviour());

        await app.Bus.InvokeAsync(new EraseSpeaker(show.EventId, speaker.Id), default);
        await Fetch(25 * 60);
        (await app.Db.QueryFirst<long>("select (select count(*) from events_pictures where portrait) + (select count(*) from doc_brought_picture where (data ->> 'isPortrait')::boolean)", default)).ShouldBe(4, "two of three are left, and what is known of them");
        (await app.Db.QueryFirst<long>("select (select count(*) from events where data::text like '%avatars%') + (select count(*) from messages where body::text like '%avatars%')", default)).ShouldBe(0);

        using var later = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        await later.Get(Path);
        (await later.PostForm(Path + "?handler=Keep", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.HandleDueMessages();
        ((await Schedule()).Sessions.All(s => s.Picture is null), (await Schedule()).Speakers.All(s => s.Portrait is null)).ShouldBe((true, true), "unticked, they go");
        (await app.Db.QueryFirst<long>("select count(*) from events_pictures where portrait", default)).ShouldBe(0);
    }
}
