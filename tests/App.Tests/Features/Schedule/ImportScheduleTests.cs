using App.Features.Events.Contracts;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Verification;
using App.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace App.Tests.Features.Schedule;

/// <summary>Through commands and the job, on a real database.</summary>
public sealed class ImportScheduleTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        // The job runs when a test says so: in a moment that stands still, one by itself would be another run of the same time.
        app = await AppHost.Start(settings: ["--Downloads:PrivateHosts:0=127.0.0.1", "--Schedule:FetchEvery=100.00:00:00"]);
        show = await app.AddShow();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    ScheduleImports Imports => app.Get<ScheduleImports>();
    ScheduleCatalogue Catalogue => app.Get<ScheduleCatalogue>();

    Task<ImportReport> Upload(string text, bool dryRun = false) => Imports.Upload(show.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(text), "test", dryRun, false, default);

    [Fact]
    public async Task An_import_makes_a_conference_of_an_event_and_stands_in_memory()
    {
        (await Catalogue.Find(show.EventId)).ShouldBeNull();
        (await Upload(Samples.Pentabarf, dryRun: true)).Added.Count.ShouldBe(3);
        (await Catalogue.FindFresh(show.EventId, default)).ShouldBeNull("a dry run writes nothing");

        (await Upload(Samples.Pentabarf)).Added.Count.ShouldBe(3);
        ConferenceSchedule? schedule = null;
        await Eventually.Is(async () => (schedule = await Catalogue.Find("salitre", show.Slug, default)) is not null);

        schedule!.Days.Select(d => d.Entries.Length).ShouldBe([3, 1]);
        schedule.Session("how-lamps-were-lit")!.Speakers.Select(s => s.Name).ShouldBe(["Ada Quill", "Bo Ferry"]);
        schedule.By(schedule.Speaker("ada-quill")!).Single().Title.ShouldBe("How lamps were lit");
        schedule.In(schedule.Room("quay")!).Length.ShouldBe(3);
        (await app.Get<EventCatalogue>().Find(show.EventId))!.Kind.ShouldBe(EventKind.Conference);
        (await Catalogue.Find(show.EventId)).ShouldBeSameAs(schedule, "built once a version");
        (await app.Get<Verifier>().Run(default)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task A_refused_file_leaves_the_schedule_and_a_note()
    {
        await Upload(Samples.Pentabarf);
        var before = (await Catalogue.FindFresh(show.EventId, default))!.Version;
        (await Should.ThrowAsync<Refused>(() => Upload("{\"schedule\":"))).Key.ShouldBe("schedule.file-broken");
        (await Catalogue.FindFresh(show.EventId, default))!.Version.ShouldBe(before);
        var runs = await ImportRun.Latest(show.EventId, 10, app.Db, default);
        runs.Select(r => r.Error is null).ShouldBe([false, true], ignoreOrder: true);
        runs.Single(r => r.Error is not null).Error!.ShouldContain("broken or cut off");
    }

    [Fact]
    public async Task A_reader_never_sees_half_an_import()
    {
        await Upload(Samples.Json([.. Enumerable.Range(10, 60).Select(i => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{i}", $"A{i}", "2027-05-01T10:00:00+01:00"))]));
        await Eventually.Is(async () => await Catalogue.Find(show.EventId) is not null);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; await Task.Yield())
                (await Catalogue.Find(show.EventId))!.Sessions.Select(s => s.Title[0]).Distinct().Count().ShouldBe(1);
        });
        foreach (var letter in new[] { "B", "C", "D" }) await Upload(Samples.Json([.. Enumerable.Range(10, 60).Select(i => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{i}", $"{letter}{i}", "2027-05-01T10:00:00+01:00"))]));
        await Eventually.Is(async () => (await Catalogue.Find(show.EventId))!.Sessions[0].Title[0] == 'D');
        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task The_job_fetches_what_has_a_source_and_notes_what_failed()
    {
        var text = Samples.Json(Samples.Event());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var source = builder.Build();
        source.MapGet("/schedule.json", () => Results.Text(text, "application/json"));
        source.MapGet("/away", () => Results.Redirect("http://localhost:1/inside"));
        await source.StartAsync();
        await app.Bus.InvokeAsync(new SetScheduleSource(show.EventId, source.Urls.First() + "/schedule.json", null), default);

        (await app.Get<RecurringJobs>().RunNow("fetch-schedule", app.Bus, default)).ShouldBeTrue();
        (await Catalogue.FindFresh(show.EventId, default))!.Sessions.Single().Title.ShouldBe("How lamps were lit");

        text = "not a schedule";
        await Should.ThrowAsync<InvalidOperationException>(() => app.Get<RecurringJobs>().RunNow("fetch-schedule", app.Bus, default));
        (await Catalogue.FindFresh(show.EventId, default))!.Sessions.Length.ShouldBe(1);
        (await ImportRun.Latest(show.EventId, 5, app.Db, default)).Count(r => r.Error is not null).ShouldBe(1);
        (await Should.ThrowAsync<Refused>(() => Imports.Fetch(show.EventId, source.Urls.First() + "/away", "test", false, false, default))).Key.ShouldBe("downloads.inside", "a redirect leads nowhere that an address may not");
    }

    /// <summary>Another conference's published file is a source like any; ours says when it hasn't changed, and isn't read for nothing.</summary>
    [Fact]
    public async Task What_says_that_it_has_not_changed_is_not_read_again()
    {
        var other = await app.AddShow(slug: "lantern", title: "Lantern Days");
        async Task Give(string title)
        {
            await Imports.Upload(other.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Json(Samples.Event(title: title))), "test", false, false, default);
            await Eventually.Is(async () => (await Catalogue.Find(other.EventId))?.Sessions[0].Title == title && (await app.Get<EventCatalogue>().Find(other.EventId))!.IsConference);
        }
        async Task<ImportRun> Fetched()
        {
            app.Clock.Now += TimeSpan.FromMinutes(5);
            (await app.Get<RecurringJobs>().RunNow("fetch-schedule", app.Bus, default)).ShouldBeTrue();
            return (await ImportRun.Latest(show.EventId, 1, app.Db, default)).Single();
        }
        await Give("How lamps were lit");
        await app.Bus.InvokeAsync(new SetScheduleSource(show.EventId, new Uri(app.Address, other.Path + "/schedule.json").ToString(), null), default);

        (await Fetched()).Report!.Added.Count.ShouldBe(1);
        for (var i = 0; i < 2; i++) (await Fetched()).WasUnchanged.ShouldBeTrue();
        await Give("How lamps are lit");
        (await Fetched()).Report!.Changed.Count.ShouldBe(1);
        // What somebody else has imported since, the source knows nothing of.
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await Upload(Samples.Json(Samples.Event(title: "Something else")));
        (await Fetched()).Report!.Changed.Count.ShouldBe(1);
        (await Fetched()).WasUnchanged.ShouldBeTrue();
        app.Clock.Now += TimeSpan.FromDays(1);
        (await Fetched()).Report!.ChangesNothing.ShouldBeTrue("once a day we look for ourselves");
    }

    [Theory]
    [InlineData("\"id\": 3, ")]
    [InlineData("")]
    public async Task An_erased_speaker_leaves_no_name_and_no_import_brings_it_back(string id)
    {
        var text = Samples.Json(Samples.Event()).Replace("\"id\": 3, ", id, StringComparison.Ordinal);
        await Upload(text);
        var ada = (await Catalogue.FindFresh(show.EventId, default))!.Speakers.Single();
        await app.Bus.InvokeAsync(new EraseSpeaker(show.EventId, ada.Id), default);
        await Upload(text.Replace("\"1.0\"", "\"1.1\"", StringComparison.Ordinal));

        var schedule = (await Catalogue.FindFresh(show.EventId, default))!;
        (schedule.Speakers.Length, schedule.Sessions.Single().Speakers.Length).ShouldBe((0, 0));
        (await app.Db.QueryFirst<long>("select (select count(*) from doc_speaker where data::text like '%Quill%') + (select count(*) from events where data::text like '%Quill%') + (select count(*) from doc_schedule_import where data::text like '%Quill%')", default)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_shown_and_when_links_open_is_ruled()
    {
        await Upload(Samples.Json(Samples.Event()));
        var session = (await Catalogue.FindFresh(show.EventId, default))!.Sessions.Single();
        await app.Bus.InvokeAsync(new RuleSchedule(show.EventId, ScheduleVisibility.Titles, session.Id, new(LinkAccess.Attendees, 15, [], false)), default);

        var schedule = (await Catalogue.FindFresh(show.EventId, default))!;
        (schedule.Visibility, schedule.Sessions.Single().LinkRule.Access).ShouldBe((ScheduleVisibility.Titles, LinkAccess.Attendees));
        var start = schedule.Sessions.Single().First!.Start;
        (schedule.Sessions.Single().LinksAreDue(start.AddMinutes(-16)), schedule.Sessions.Single().LinksAreDue(start.AddMinutes(-15))).ShouldBe((false, true));
        (await Should.ThrowAsync<Refused>(() => app.Bus.InvokeAsync(new RuleSchedule(show.EventId, null, Guid.Empty, LinkRule.Public), default))).Key.ShouldBe("schedule.no-such-session");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "downloads.inside")]
    [InlineData("http://[::ffff:10.0.0.1]/", "downloads.inside")]
    [InlineData("http://localhost/", "downloads.inside")]
    [InlineData("file:///etc/passwd", "downloads.not-an-address")]
    [InlineData("http://user:secret@example.org/", "downloads.not-an-address")]
    public async Task Nothing_is_fetched_from_inside(string address, string key) =>
        (await Should.ThrowAsync<Refused>(() => Imports.Fetch(show.EventId, address, "test", true, false, default))).Key.ShouldBe(key);

    [Fact]
    public async Task A_calendar_strikes_out_what_was_cancelled()
    {
        const string Second = "aaaaaaaa-0000-4000-8000-000000000002";
        await Upload(Samples.Json(Samples.Event(), Samples.Event(Second, "Wicks, oil; and more", "2027-05-01T12:00:00+01:00")));
        var before = System.Text.Encoding.UTF8.GetString(ScheduleCalendar.OfAll((await Catalogue.FindFresh(show.EventId, default))!, Samples.Place));
        await Upload(Samples.Json(Samples.Event()));
        var schedule = (await Catalogue.FindFresh(show.EventId, default))!;
        var after = System.Text.Encoding.UTF8.GetString(ScheduleCalendar.OfAll(schedule, Samples.Place));

        before.ShouldNotContain("STATUS:CANCELLED");
        before.ShouldContain("SUMMARY:Wicks\\, oil\\; and more");
        after.ShouldContain("STATUS:CANCELLED");
        var uid = $"UID:{schedule.Cancelled.Single().Slots.Single().Id}@foyer";
        before.ShouldContain(uid);
        after.ShouldContain(uid);
        after.ShouldContain("BEGIN:VTIMEZONE");
        System.Text.Encoding.UTF8.GetString(ScheduleCalendar.Of(schedule.Room("quay")!, schedule, Samples.Place)).ShouldContain("LOCATION:Quay");
    }
}
