using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Tests.Features.Schedule;

public sealed class ImportDecisionTests
{
    const string Second = "aaaaaaaa-0000-4000-8000-000000000002";
    readonly House house = new();

    [Fact]
    public void The_same_file_again_changes_nothing()
    {
        house.Import(Samples.Pentabarf).Added.Count.ShouldBe(3);
        var again = house.Import(Samples.Pentabarf);
        (again.Facts, again.Unchanged).ShouldBe((0, 3));
    }

    [Fact]
    public void A_session_that_moves_keeps_its_slots_identity_and_counts_up()
    {
        house.Import(Samples.Json(Samples.Event()));
        var before = house.Session("How lamps were lit");
        var report = house.Import(Samples.Json(Samples.Event(date: "2027-05-01T11:00:00+01:00")));
        var after = house.Session("How lamps were lit");

        report.Moved.Titles.ShouldBe(["How lamps were lit"]);
        after.Slots.Single().Id.ShouldBe(before.Slots.Single().Id);
        after.Sequence.ShouldBeGreaterThan(before.Sequence);
        house.Facts.OfType<SessionMoved>().Single().Before.Single().Start.ShouldBe(before.Slots.Single().Start);
    }

    [Fact]
    public void A_session_that_vanishes_leaves_a_tombstone_and_may_come_back()
    {
        house.Import(Samples.Json(Samples.Event(), Samples.Event(Second, "Wicks", "2027-05-01T12:00:00+01:00")));
        var id = house.Session("Wicks").Id;
        house.Import(Samples.Json(Samples.Event())).Cancelled.Titles.ShouldBe(["Wicks"]);
        house.Schedule.Cancelled.Single().Slots.Length.ShouldBe(1, "calendars must be told what to strike out");
        house.Schedule.Sessions.Length.ShouldBe(1);

        house.Import(Samples.Json(Samples.Event(), Samples.Event(Second, "Wicks", "2027-05-01T12:00:00+01:00"))).Restored.Titles.ShouldBe(["Wicks"]);
        house.Session("Wicks").Id.ShouldBe(id);
    }

    [Fact]
    public void A_slot_that_goes_is_remembered_and_its_identity_not_given_to_another()
    {
        house.Import(Samples.Json(Samples.Event(), Samples.Event(date: "2027-05-01T15:00:00+01:00")));
        var late = house.Session("How lamps were lit").Slots[1].Id;
        house.Import(Samples.Json(Samples.Event()));
        house.Session("How lamps were lit").Gone.Single().Id.ShouldBe(late);
        house.Import(Samples.Json(Samples.Event(), Samples.Event(date: "2027-05-01T18:00:00+01:00")));
        house.Session("How lamps were lit").Slots[1].Id.ShouldNotBe(late);
    }

    /// <summary>What was moved or dropped in drafts, or while only titles were public, was told as a move and struck out of calendars that had never had it.</summary>
    [Fact]
    public void What_moves_or_goes_before_anybody_knew_when_it_is_is_no_move_and_calls_nothing_off()
    {
        ScheduleSession Shown() => house.Schedule.Sessions.Concat(house.Schedule.Hidden).Single();
        house.Import(Samples.Json(Samples.Event(), Samples.Event(date: "2027-05-01T15:00:00+01:00")));
        var late = Shown().Slots[1].Id;
        house.Append(new ScheduleShown(ScheduleVisibility.Titles, Samples.Now));
        house.Import(Samples.Json(Samples.Event(date: "2027-05-01T11:00:00+01:00")));
        house.Append(new ScheduleShown(ScheduleVisibility.Times, Samples.Now), new SessionStated(Shown().Id, SessionState.Draft, ByHand: false, Samples.Now));
        house.Import(Samples.Json(Samples.Event(date: "2027-05-01T12:00:00+01:00")));
        Shown().State.ShouldBe(SessionState.Confirmed);
        (Shown().Slots.Single().Moved, Shown().CancelledSlots.Length).ShouldBe((null, 0));

        house.Import(Samples.Json(Samples.Event(date: "2027-05-01T13:00:00+01:00"), Samples.Event(date: "2027-05-01T18:00:00+01:00")));
        Shown().Slots[0].Moved!.Start.Hour.ShouldBe(11);
        Shown().Slots[1].Id.ShouldNotBe(late, "a slot's identity is given to no other");
        house.Import(Samples.Json(Samples.Event(date: "2027-05-01T13:00:00+01:00")));
        Shown().CancelledSlots.Single().Start.Hour.ShouldBe(17);
    }

    [Fact]
    public void What_people_set_here_stays_until_the_source_says_the_same()
    {
        house.Import(Samples.Json(Samples.Event()));
        var s = house.Session("How lamps were lit");
        house.Append(new SessionDescribed(s.Id, s.Slug, s.Details with { Title = "How lamps are lit" }, s.Source, ["title"], Samples.Now));

        var report = house.Import(Samples.Json(Samples.Event(title: "How lamps were lit, really", more: ", \"description\": \"New words\"")));
        (house.State.Sessions[s.Id].Details.Title, house.State.Sessions[s.Id].Details.Description).ShouldBe(("How lamps are lit", "New words"));
        report.Warnings.Single(w => w.Kind == "kept-as-edited-here").Examples.Single().ShouldContain("title");

        house.Import(Samples.Json(Samples.Event(title: "How lamps are lit", more: ", \"description\": \"New words\"")));
        house.State.Sessions[s.Id].Hand.ShouldBeEmpty("the source says the same: it is its own again");
    }

    [Fact]
    public void A_time_set_here_and_a_session_made_here_stay()
    {
        house.Import(Samples.Json(Samples.Event()));
        var s = house.Session("How lamps were lit");
        var (made, later) = (Guid.Parse("0190de30-0000-7000-8000-0000000000aa"), s.Slots[0] with { Start = s.Slots[0].Start.AddHours(2), End = s.Slots[0].End.AddHours(2) });
        house.Append(new SessionMoved(Samples.ConferenceId, s.Id, [later], s.Slots, ByHand: true, Samples.Now), new SessionDescribed(made, "made-here", new("Made here"), SourceRef.ByHand, [], Samples.Now));

        var report = house.Import(Samples.Json(Samples.Event(date: "2027-05-01T11:00:00+01:00")));
        house.State.Sessions[s.Id].Slots.Single().ShouldBe(later);
        house.State.Sessions[made].State.ShouldBe(SessionState.Confirmed);
        report.Cancelled.Count.ShouldBe(0);
    }

    /// <summary>A room, a track or a speaker that the source had forgotten vanished from under sessions that were made here.</summary>
    [Fact]
    public void What_a_session_made_here_needs_stays_when_the_source_lists_it_no_more()
    {
        house.Import(Samples.Json(Samples.Event()));
        var (s, made) = (house.Session("How lamps were lit"), Guid.Parse("0190de30-0000-7000-8000-0000000000aa"));
        house.Append(new SessionDescribed(made, "made-here", s.Details with { Title = "Made here" }, SourceRef.ByHand, [], Samples.Now), new SessionScheduled(Samples.ConferenceId, made, [s.Slots[0] with { Id = made }], ByHand: true, Samples.Now));
        var other = Samples.Json(Samples.Event(Second, "Wicks")).Replace("Quay", "Loft", StringComparison.Ordinal).Replace("11111111-1111", "22222222-2222", StringComparison.Ordinal).Replace("\"Light\"", "\"Dark\"", StringComparison.Ordinal).Replace("Ada Quill", "Bo Ferry", StringComparison.Ordinal).Replace("\"id\": 3", "\"id\": 4", StringComparison.Ordinal);
        house.Import(other);
        var here = house.Schedule.Sessions.Single(x => x.Title == "Made here");
        (here.First!.Room!.Name, here.Track!.Name, here.Speakers.Single().Name).ShouldBe(("Quay", "Light", "Ada Quill"));
        house.Import(other).Facts.ShouldBe(0);

        house.Append(new SessionCancelled(Samples.ConferenceId, made, Vanished: false, ByHand: true, Samples.Now));
        house.Import(other);
        (house.Schedule.Rooms.Single().Name, house.Schedule.Tracks.Single().Name, house.State.Speakers.Count).ShouldBe(("Loft", "Dark", 1));
    }

    [Fact]
    public void An_erased_speaker_is_not_brought_back()
    {
        house.Import(Samples.Json(Samples.Event()));
        var ada = house.Words.Values.Single();
        house.Words[ada.Id] = ada with { Name = "", Biography = "", Keys = ada.Keys, Erased = true };
        house.Import(Samples.Json(Samples.Event(title: "Anew")));
        house.Words[ada.Id].Name.ShouldBeEmpty();
        house.Schedule.Sessions.Single().Speakers.ShouldBeEmpty();
    }

    [Fact]
    public void A_source_that_loses_most_of_itself_is_refused_unless_it_is_meant()
    {
        var many = Enumerable.Range(1, 30).Select(i => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{i:00}", $"Session {i}", "2027-05-01T12:00:00+01:00")).ToArray();
        house.Import(Samples.Json(many));
        Should.Throw<Refused>(() => house.Import(Samples.Json(many[..5]))).Key.ShouldBe("schedule.too-much-gone");
        house.Import(Samples.Json(many[..5]), force: true).Cancelled.Count.ShouldBe(25);
    }

    [Fact]
    public void No_fact_carries_a_speakers_name()
    {
        house.Import(Samples.Pentabarf);
        house.Facts.ShouldAllBe(f => !System.Text.Json.JsonSerializer.Serialize(f, f.GetType(), ScheduleJson.Default).Contains("Quill"));
        house.Schedule.Speakers.Select(s => s.Slug).ShouldBe(["ada-quill", "bo-ferry"]);
    }

    [Fact]
    public void Addresses_are_unique_and_stay()
    {
        house.Import(Samples.Json(Samples.Event(), Samples.Event(Second, "How lamps were lit!", "2027-05-01T12:00:00+01:00")));
        house.Schedule.Sessions.Select(s => s.Slug).ShouldBe(["how-lamps-were-lit", "how-lamps-were-lit-2"]);
        house.Import(Samples.Json(Samples.Event(title: "Renamed"), Samples.Event(Second, "How lamps were lit!", "2027-05-01T12:00:00+01:00")));
        house.Session("Renamed").Slug.ShouldBe("how-lamps-were-lit");
    }
}
