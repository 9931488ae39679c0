using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Edit;
using App.Infrastructure;

namespace App.Tests.Features.Schedule.Edit;

public sealed class KeepSessionTests
{
    static readonly DateTimeOffset Nine = new(2027, 5, 1, 8, 0, 0, TimeSpan.Zero);
    readonly House house = new();

    public KeepSessionTests() => house.Import(Samples.Json(Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00")));

    static string Event(int n, string title, string time) => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", title, $"2027-05-01T{time}:00+01:00", "00:45");
    static WantedSlot At(DateTimeOffset start, int minutes = 45, Guid? room = null) => new(room, start, start.AddMinutes(minutes));

    object[] Keep(Session? had, SessionDetails details, SessionState state = SessionState.Confirmed, params WantedSlot[] slots)
    {
        var facts = KeepSessionHandler.Decide(new(Samples.ConferenceId, had?.Id, details, state, slots, []), had?.Id ?? Guid.Parse("0190de30-0000-7000-8000-0000000000e1"), house.State, Samples.Now).ToArray();
        house.Append(facts);
        return facts;
    }

    WantedSlot[] SlotsOf(Session s) => [.. s.Slots.Select(t => new WantedSlot(t.RoomId, t.Start, t.End))];

    [Fact]
    public void What_was_changed_by_hand_survives_the_next_import_and_the_rest_follows_it()
    {
        var lamps = house.Session("Lamps");
        Keep(lamps, lamps.Details with { Title = "Lamps of Lisbon" }, SessionState.Confirmed, SlotsOf(lamps)).Single().ShouldBeOfType<SessionDescribed>().Hand.ShouldBe(["title"]);
        house.Import(Samples.Json(Event(10, "Lamps", "15:00"), Event(11, "Wicks", "12:00")));
        var after = house.Session("Lamps of Lisbon");
        after.Slots.Single().Start.ShouldBe(new DateTimeOffset(2027, 5, 1, 14, 0, 0, TimeSpan.Zero));
        after.Slug.ShouldBe(lamps.Slug, "an address that was given stays");
    }

    [Fact]
    public void Keeping_what_is_there_writes_nothing()
    {
        var lamps = house.Session("Lamps");
        Keep(lamps, lamps.Details, SessionState.Confirmed, SlotsOf(lamps)).ShouldBeEmpty();
    }

    [Fact]
    public void A_moved_slot_stays_the_same_slot_so_calendars_move_it_and_an_import_leaves_it()
    {
        var lamps = house.Session("Lamps");
        var moved = MoveSlotHandler.Decide(new(Samples.ConferenceId, lamps.Id, lamps.Slots[0].Id, null, Nine), house.State, Samples.Now).ToArray();
        house.Append(moved);
        var after = house.Session("Lamps").Slots.Single();
        (after.Id, after.Start, after.End, after.RoomId).ShouldBe((lamps.Slots[0].Id, Nine, Nine.AddMinutes(45), null));
        house.Import(Samples.Json(Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00")));
        house.Session("Lamps").Slots.Single().Start.ShouldBe(Nine);
        MoveSlotHandler.Decide(new(Samples.ConferenceId, lamps.Id, lamps.Slots[0].Id, null, Nine), house.State, Samples.Now).ShouldBeEmpty();
    }

    [Fact]
    public void A_session_made_here_is_a_draft_until_it_is_confirmed_and_no_import_touches_it()
    {
        Keep(null, new("Night walk") { Languages = ["en"] }, SessionState.Draft, At(Nine)).Length.ShouldBe(3);
        house.Schedule.Sessions.Select(s => s.Title).ShouldNotContain("Night walk");
        house.Schedule.Hidden.Single().Title.ShouldBe("Night walk");
        house.Import(Samples.Json(Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00")));
        var walk = house.Session("Night walk");
        Keep(walk, walk.Details, SessionState.Confirmed, SlotsOf(walk));
        house.Schedule.Sessions.Select(s => s.Title).ShouldContain("Night walk");
    }

    [Fact]
    public void Cancelling_here_is_a_cancellation_that_the_source_does_not_undo()
    {
        var lamps = house.Session("Lamps");
        Keep(lamps, lamps.Details, SessionState.Cancelled, SlotsOf(lamps)).Single().ShouldBeOfType<SessionCancelled>().ByHand.ShouldBeTrue();
        house.Import(Samples.Json(Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00")));
        house.Schedule.Cancelled.Single().Title.ShouldBe("Lamps");
    }

    /// <summary>Whoever saved last wrote over what another had saved meanwhile, unseen.</summary>
    [Fact]
    public void What_was_changed_meanwhile_is_not_written_over()
    {
        var lamps = house.Session("Lamps");
        var keep = new KeepSession(Samples.ConferenceId, lamps.Id, lamps.Details with { Subtitle = "Mine" }, SessionState.Confirmed, SlotsOf(lamps), []) { Known = lamps.Sequence };
        Keep(lamps, lamps.Details with { Title = "Lamps of Lisbon" }, SessionState.Confirmed, SlotsOf(lamps));
        Should.Throw<Refused>(() => KeepSessionHandler.Decide(keep, lamps.Id, house.State, Samples.Now).ToArray()).Key.ShouldBe("schedule.changed-meanwhile");
        KeepSessionHandler.Decide(keep with { Known = house.State.Sessions[lamps.Id].Sequence }, lamps.Id, house.State, Samples.Now).ShouldNotBeEmpty();
    }

    KeepSession Read(SessionForm form, out List<(string Field, string Message)> faults)
    {
        form.Title = "Anew";
        var reading = new ReadSessionForm(form, new("en", ["en", "de"]), house.Schedule, null);
        var keep = reading.Read(Samples.ConferenceId);
        faults = reading.Faults;
        return keep;
    }

    /// <summary>An address inside an address was taken for the whole, and a stream for any link.</summary>
    [Fact]
    public void A_link_is_its_lines_last_word_and_of_the_kind_its_address_says()
    {
        const string archived = "https://web.archive.org/web/2020/http://lantern.example/oil";
        var links = Read(new() { Links = $"As it was {archived}\nThe stream https://www.youtube.com/watch?v=abcdefghijk\nhttps://meet.jit.si/lamps" }, out var faults).Details.Links;
        links.ShouldBe([new(archived, "As it was", LinkKind.Related), new("https://www.youtube.com/watch?v=abcdefghijk", "The stream", LinkKind.Watch), new("https://meet.jit.si/lamps", "", LinkKind.Join)]);
        faults.ShouldBeEmpty();
        Read(new() { Links = "https://lantern.example/oil is the address" }, out faults).Details.Links.ShouldBeEmpty();
        faults.Single().Field.ShouldBe("links");
    }

    [Fact]
    public void A_links_language_stands_in_brackets_before_it_and_other_brackets_are_words()
    {
        var links = Read(new() { Languages = "en, ase", Links = "[es] Sala https://meet.jit.si/a\n[PT-br] https://meet.jit.si/b\n[pdf] Slides https://lantern.example/c\n[ase] Signed https://meet.jit.si/d\n[] Empty https://lantern.example/e" }, out var faults).Details.Links;
        faults.ShouldBeEmpty();
        links.Select(l => (l.Language, l.Title)).ShouldBe([("es", "Sala"), ("pt-BR", ""), ("", "[pdf] Slides"), ("ase", "Signed"), ("", "[] Empty")]);
        // What an import brought stays, whoever knows the code.
        SessionLink[] had = [new("https://lantern.example/x", "Old", LinkKind.Related, "xyz")];
        LinkLines.Read(LinkLines.Of(had), had, faults).ShouldBe(had);
        LinkLines.Read(LinkLines.Of(links), links, faults, ["ase"]).ShouldBe(links);
    }

    [Fact]
    public void A_tag_may_have_commas_in_its_name()
    {
        Guid[] ids = [.. Enumerable.Range(1, 3).Select(n => new Guid(n, 0, 0, new byte[8]))];
        foreach (var (name, n) in new[] { ("Oil, gas", 0), ("Gas", 1), ("Oil", 2) }) house.Append(new LabelSet(ids[n], LabelKind.Tag, "id:" + n, "tag-" + n, name, "", "", n, true, Samples.Now));
        Read(new() { Tags = "Oil, gas, Gas" }, out var faults).Details.Tags.ShouldBe([ids[0], ids[1]]);
        Read(new() { Tags = "gas,oil" }, out faults).Details.Tags.ShouldBe([ids[1], ids[2]]);
        faults.ShouldBeEmpty();
        Read(new() { Tags = "Oil, whale" }, out faults);
        faults.Single().Message.ShouldContain("whale");
    }

    [Fact]
    public void Who_speaks_in_a_draft_only_is_known_and_not_made_twice()
    {
        house.Import(Samples.Json(Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00").Replace("Ada Quill", "Bo Ferry", StringComparison.Ordinal).Replace("\"id\": 3", "\"id\": 4", StringComparison.Ordinal)));
        house.Append(new SessionStated(house.Session("Wicks").Id, SessionState.Draft, ByHand: true, Samples.Now));
        house.Schedule.Speakers.Select(s => s.Name).ShouldBe(["Ada Quill"]);
        var keep = Read(new() { Speakers = "bo ferry\nCy Lamp" }, out _);
        (keep.Details.Speakers.Single(), keep.NewSpeakers.Single()).ShouldBe((house.Words.Values.Single(w => w.Name == "Bo Ferry").Id, "Cy Lamp"));
    }

    [Theory]
    [InlineData("", "schedule.title-missing")]
    [InlineData("x", "schedule.no-such-room")]
    public void Nonsense_is_refused_whole(string title, string key) =>
        Should.Throw<Refused>(() => KeepSessionHandler.Decide(new(Samples.ConferenceId, null, new(title), SessionState.Draft, [At(Nine, room: Guid.NewGuid())], []), Guid.NewGuid(), house.State, Samples.Now).ToArray()).Key.ShouldBe(key);

    [Fact]
    public void Two_in_a_room_a_speaker_in_two_rooms_and_too_many_for_a_room_are_said_and_not_refused()
    {
        var (lamps, wicks) = (house.Session("Lamps"), house.Session("Wicks"));
        ScheduleConflicts.Of(house.Schedule).ShouldBeEmpty();
        Keep(wicks, wicks.Details, SessionState.Confirmed, new WantedSlot(lamps.Slots[0].RoomId, lamps.Slots[0].Start.AddMinutes(30), lamps.Slots[0].Start.AddMinutes(75)));
        ScheduleConflicts.Of(house.Schedule).Select(c => (c.Kind, c.What)).ShouldBe([(ConflictKind.Room, "Quay"), (ConflictKind.Speaker, "Ada Quill")], ignoreOrder: true);
        wicks = house.Session("Wicks");
        Keep(wicks, wicks.Details with { Capacity = 500 }, SessionState.Confirmed, At(Nine.AddHours(8), room: lamps.Slots[0].RoomId));
        ScheduleConflicts.Of(house.Schedule).Select(c => c.Kind).ShouldBe([ConflictKind.Capacity]);
    }

    [Fact]
    public void A_room_that_sessions_are_in_is_not_removed()
    {
        var room = house.State.Rooms.Keys.Single();
        Should.Throw<Refused>(() => RemoveRoomHandler.Decide(new(Samples.ConferenceId, room), house.State, Samples.Now).ToArray()).Key.ShouldBe("schedule.room-used");
        Should.Throw<Refused>(() => KeepRoomHandler.Decide(new(Samples.ConferenceId, null, "quay", "", null), Guid.NewGuid(), house.State, Samples.Now).ToArray()).Key.ShouldBe("schedule.name-taken");
    }

    [Fact]
    public void A_label_that_was_removed_leaves_its_sessions_and_no_import_brings_it_back()
    {
        string[] events = [Event(10, "Lamps", "10:00"), Event(11, "Wicks", "12:00")];
        var track = house.State.Labels.Values.First(l => l.Kind == LabelKind.Track);
        var used = house.State.Sessions.Values.Count(s => s.Details.Track == track.Id);
        used.ShouldBeGreaterThan(0);
        Should.Throw<Refused>(() => RemoveLabelHandler.Decide(new(Samples.ConferenceId, track.Id, used - 1), house.State, Samples.Now)).Key.ShouldBe("schedule.label-used");
        house.Append([.. RemoveLabelHandler.Decide(new(Samples.ConferenceId, track.Id, used), house.State, Samples.Now)]);
        house.Session("Lamps").Details.Track.ShouldBeNull();
        house.Import(Samples.Json(events)).Facts.ShouldBe(0);
        (house.State.Labels.ContainsKey(track.Id), house.Session("Lamps").Details.Track).ShouldBe((false, null));

        // Somebody wants it again: it is made again, and the source's word for it is heard again.
        house.Append([.. KeepLabelHandler.Decide(new(Samples.ConferenceId, null, LabelKind.Track, track.Name), Guid.Parse("0190de30-0000-7000-8000-0000000000e9"), house.State, Samples.Now)]);
        house.Import(Samples.Json(events));
        house.Session("Lamps").Details.Track.ShouldBe(Guid.Parse("0190de30-0000-7000-8000-0000000000e9"));
    }

    [Fact]
    public void A_speaker_somebody_has_edited_keeps_what_they_set_and_another_change_meanwhile_is_not_written_over()
    {
        var had = new Speaker(Guid.Parse("0190de30-0000-7000-8000-0000000000e2"), Samples.ConferenceId, ["code:ADA"], "ada-quill", "Ada Quill", "", "", "", [], 3);
        var keep = new KeepSpeaker(Samples.ConferenceId, had.Id, "Ada Quill", "Lamplighter", "Bio", "ada@example.org", [], null, 3);
        var kept = KeepSpeakerHandler.Decide(keep, had, had.Id, []);
        (kept.Role, kept.Email, kept.ByHand, kept.Revision, kept.Slug).ShouldBe(("Lamplighter", "ada@example.org", true, 4, "ada-quill"));
        Should.Throw<Refused>(() => KeepSpeakerHandler.Decide(keep, kept, had.Id, [])).Key.ShouldBe("schedule.speaker-changed");
        Should.Throw<Refused>(() => KeepSpeakerHandler.Decide(keep with { Name = " " }, had, had.Id, [])).Key.ShouldBe("schedule.name-missing");
    }
}
