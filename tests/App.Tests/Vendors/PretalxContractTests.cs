using System.Net.Http.Json;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Schedule.Pages;
using App.Infrastructure;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Web;
using App.Tests.Features.Schedule;
using App.Tests.Support;
using Sandbox;

namespace App.Tests.Vendors;

/// <summary>What Foyer asks of Pretalx and what the sandbox answers, held against the published document; and that nothing Pretalx does wrong reaches a schedule.</summary>
public sealed class PretalxContractTests : IAsyncLifetime
{
    readonly Contract contract = new(VendorDocument.Pretalx);
    SandboxHost sandbox = null!;
    PretalxClient client = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        client = new(sandbox.PretalxOptions, TimeProvider.System, contract);
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        contract.Dispose();
    }

    async Task<ScheduleReading> Read(params SourceQuestion[] questions) => (await new ScheduleReader(new Downloads(new()), client).Read("pretalx:lantern", null, FileMark.None, questions, default)).Reading!;

    async Task Tell(object wanted) => (await sandbox.Http.PostAsJsonAsync("/_sandbox/pretalx", wanted)).EnsureSuccessStatusCode();

    [Fact]
    public async Task A_conference_arrives_whole_and_every_word_is_in_the_document()
    {
        var s = (await Read()).Snapshot;

        (s.Title, s.TimeZone, s.Release).ShouldBe(("Lantern Days", "Europe/Lisbon", "1.0"));
        (s.Sessions.Count, s.Rooms.Count, s.Breaks.Count).ShouldBe((120, 4, 3));
        s.Sessions.Single(x => x.Source.Code == "L25").Slots.Length.ShouldBe(2, "several slots a session");
        (s.Sessions.Count(x => x.State == SessionState.Accepted), s.Sessions.Count(x => x.State == SessionState.Cancelled)).ShouldBe((3, 2));
        s.Labels.Where(l => l.Kind == LabelKind.Tag).Select(l => l.Name).ShouldBe(["beginner"], "an internal tag is nobody's business");
        s.Sessions.Single(x => x.Source.Code == "L10").Details.Capacity.ShouldBe(20);
        contract.Exchanges.ShouldAllBe(e => e.Request.Headers.GetValues("Pretalx-Version").Single() == "v2" && e.Request.Headers.Authorization!.ToString() == "Token pretalx-token");
        contract.Faults.Where(f => !IsBetterKnown(f)).ShouldBeEmpty();
    }

    // Where the document is behind its own product: resources that are asked to be expanded come as objects, a break has no submission, an answer is about one thing only, an organizer's token is told more of a question, and its list of time zones is empty.
    static bool IsBetterKnown(string fault) => fault.Contains(".resources[", StringComparison.Ordinal) || OrganizersOnly.Any(field => fault.EndsWith($".{field}: is not in the document", StringComparison.Ordinal)) || AnswersNulls.Any(field => fault.EndsWith($".{field}: null is not allowed", StringComparison.Ordinal)) || fault.EndsWith(".submission: null is not allowed", StringComparison.Ordinal) || fault.EndsWith("$.timezone: Europe/Lisbon is none of []", StringComparison.Ordinal);

    static readonly string[] OrganizersOnly = ["active", "is_public", "contains_personal_data", "is_visible_to_reviewers"];
    static readonly string[] AnswersNulls = ["answer_file", "review", "person"];

    static SourceQuestion Used(PretalxQuestion question, AnswerUse use) => new(question.Id, question.Question!.In("en"), question.Target == "speaker", question.IsPublic, use);

    /// <summary>Plaza's three kinds of answers and its subtitle (plaza.md §4); what is careless in them is said and stays out.</summary>
    [Fact]
    public async Task Answers_to_the_questions_that_are_used_become_links_recommendations_and_what_stands_under_a_name()
    {
        var asked = (await client.ListQuestions("lantern", default)).ToDictionary(q => q.Id);
        var reading = await Read(Used(asked[11], AnswerUse.Links), Used(asked[12], AnswerUse.Recommended), Used(asked[13], AnswerUse.Feedback), Used(asked[14], AnswerUse.Subtitle), new(99, "Gone", false, null, AnswerUse.Links));
        var s = reading.Snapshot;

        SourceSession Session(string code) => s.Sessions.Single(x => x.Source.Code == code);
        Session("L1").Details.Links.Select(l => (l.Url, l.Kind)).ShouldBe([("https://lantern.example/media/1.pdf", LinkKind.Attachment), ("https://pad.lantern.example/1", LinkKind.Related), ("https://slides.lantern.example/1?a=1", LinkKind.Related)]);
        Session("L2").Details.Links.Select(l => l.Url).ShouldBe(["https://lantern.example/media/2.pdf", "https://lantern.example/2"], "what is an address of several words");
        Session("L4").Details.Links.Last().ShouldBe(new SessionLink("https://forms.lantern.example/4", "", LinkKind.Feedback));
        Session("L6").Details.Links.Length.ShouldBe(1, "a script is no address");
        s.Speakers.Single(p => p.Keys[0] == "code:S4").Role.ShouldBe("Lamp works no. 4");
        reading.Warning("question-gone")!.Examples.ShouldBe(["Gone"]);
        reading.Warning("answer-without-an-address")!.Count.ShouldBe(7);
        reading.Warning("answer-about-nobody-here")!.Examples.ShouldHaveSingleItem().ShouldEndWith("REJECT");
        contract.Exchanges.Where(e => e.Request.RequestUri!.AbsolutePath.EndsWith("/answers/", StringComparison.Ordinal)).ShouldAllBe(e => !e.Request.RequestUri!.Query.Contains("question=15", StringComparison.Ordinal) && !e.Answer.Contains("Nuts", StringComparison.Ordinal), "what nobody uses isn't fetched");
        contract.Faults.Where(f => !IsBetterKnown(f)).ShouldBeEmpty();

        var house = new House();
        var report = house.Import(reading);
        Related.Of(house.Schedule, house.Schedule.Sessions.Single(x => x.Source.Code == "L3")).Select(x => x.Source.Code).Take(2).ShouldBe(["L4", "L5"], "as its people said, then by likeness");
        report.Warnings.Single(w => w.Kind == "recommended-session-unknown").Examples.ShouldHaveSingleItem().ShouldContain("ZZZZZZ");
        house.Import(reading).Facts.ShouldBe(0);

        var without = await Read();
        (without.Snapshot.Speakers.All(p => p.Role.Length == 0), without.Snapshot.Sessions.All(x => x.Details.Links.Length == 1)).ShouldBe((true, true), "what isn't used is nothing");
    }

    [Fact]
    public async Task Without_a_token_only_public_questions_are_told_and_a_filter_that_is_no_number_is_refused()
    {
        using var anonymous = new HttpClient { BaseAddress = sandbox.BaseUrl, DefaultRequestHeaders = { { "Pretalx-Version", "v2" } } };
        (await anonymous.GetStringAsync("/api/events/lantern/questions/")).ShouldNotContain("eat");
        (await anonymous.GetStringAsync("/api/events/lantern/answers/?page_size=50&person=S1")).ShouldNotContain("Nuts");
        (await anonymous.GetAsync("/api/events/lantern/answers/?question=none")).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await client.ListAnswers("lantern", 15, default)).Count.ShouldBe(12, "an organizer's token reads them");
    }

    [Fact]
    public async Task Unconfirmed_sessions_are_not_public_and_cancelled_ones_not_there()
    {
        var house = new House();
        house.Import(await Read());
        house.Schedule.Sessions.ShouldAllBe(s => s.State == SessionState.Confirmed);
        house.Schedule.Hidden.Length.ShouldBe(3);
        house.Import(await Read()).Facts.ShouldBe(0, "the same again changes nothing");
    }

    [Fact]
    public async Task What_pages_repeat_is_counted_once_and_what_they_skip_is_fetched()
    {
        await Tell(new { repeats = true });
        (await client.ListSubmissions("lantern", ["accepted", "confirmed", "canceled", "withdrawn"], default)).Count.ShouldBe(120);
    }

    [Fact]
    public async Task Fields_may_vanish()
    {
        await Tell(new { leavesOut = true });
        var s = (await Read()).Snapshot;
        s.Sessions.Count.ShouldBe(120);
        s.Sessions.ShouldAllBe(x => x.Track.Length == 0 && x.Details.Abstract.Length == 0);
    }

    [Fact]
    public async Task Too_many_requests_are_asked_again_after_a_while()
    {
        await sandbox.BehaveAsPretalx(new Behaviour(FailNext: 1, FailStatus: 429));
        (await client.ListRooms("lantern", default)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_source_that_fails_or_knows_no_such_event_is_a_refusal_with_a_sentence()
    {
        (await Should.ThrowAsync<Refused>(() => new ScheduleReader(new Downloads(new()), client).Read("pretalx:none", null, FileMark.None, [], default))).Key.ShouldBe("schedule.pretalx-refused");
        await sandbox.BehaveAsPretalx(new Behaviour(FailRate: 1));
        (await Should.ThrowAsync<Refused>(() => Read())).Key.ShouldBe("schedule.pretalx-unavailable");
    }

    [Fact]
    public async Task A_session_moved_and_one_withdrawn_at_the_source_are_so_here()
    {
        var house = new House();
        house.Import(await Read());
        var before = house.State.Sessions.Values.Single(s => s.Source.Code == "L1");
        var slots = await sandbox.Http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/_sandbox/pretalx");
        foreach (var slot in slots!["slots"]!.AsArray()) if ((string?)slot!["submission"] == "L1") (slot["id"], slot["start"], slot["end"]) = (99_999, "2027-05-02T20:00:00+01:00", "2027-05-02T20:30:00+01:00");
        foreach (var submission in slots["submissions"]!.AsArray()) if ((string?)submission!["code"] == "L2") submission["state"] = "withdrawn";
        await Tell(slots);

        var report = house.Import(await Read());
        (report.Moved.Count, report.Cancelled.Count).ShouldBe((1, 1));
        house.State.Sessions[before.Id].Slots.Single().Id.ShouldBe(before.Slots.Single().Id, "Pretalx numbers slots anew with each release; calendars must not notice");
    }
}
