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
}
