using System.Net.Http.Json;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
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

    async Task<ScheduleReading> Read() => (await new ScheduleReader(new Downloads(new()), client).Read("pretalx:lantern", null, FileMark.None, default)).Reading!;

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

    // Where the document is behind its own product: resources that are asked to be expanded come as objects, a break has no submission, and its list of time zones is empty.
    static bool IsBetterKnown(string fault) => fault.Contains(".resources[", StringComparison.Ordinal) || fault.EndsWith(".submission: null is not allowed", StringComparison.Ordinal) || fault.EndsWith("$.timezone: Europe/Lisbon is none of []", StringComparison.Ordinal);

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
        (await Should.ThrowAsync<Refused>(() => new ScheduleReader(new Downloads(new()), client).Read("pretalx:none", null, FileMark.None, default))).Key.ShouldBe("schedule.pretalx-refused");
        await sandbox.BehaveAsPretalx(new Behaviour(FailRate: 1));
        (await Should.ThrowAsync<Refused>(Read)).Key.ShouldBe("schedule.pretalx-unavailable");
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
