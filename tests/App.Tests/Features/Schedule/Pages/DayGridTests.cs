using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;

namespace App.Tests.Features.Schedule.Pages;

public sealed class DayGridTests
{
    static readonly DateTimeOffset Early = new(2027, 4, 1, 8, 0, 0, TimeSpan.Zero);
    readonly House house = new();

    DayGrid Grid(DateTimeOffset? now = null) => DayGrid.Of(house.Schedule, house.Schedule.Days[0], now ?? Early);
    GridCard Card(string title) => Grid().Slots.SelectMany(s => s.Cards).Single(c => c.Entry.Title == title);

    static string Event(int n, string title, string time, string duration = "00:45", string room = "Quay", string more = "") =>
        Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", title, $"2027-05-01T{time}:00+01:00", duration, more).Replace("\"room\": \"Quay\"", $"\"room\": \"{room}\"", StringComparison.Ordinal);

    [Fact]
    public void A_session_lies_where_its_room_and_hour_are()
    {
        house.Import(Samples.Json(Event(10, "First", "09:30"), Event(11, "Odd", "11:07", "00:11")));
        Grid().FirstHour.ShouldBe(9);
        Card("First").Places.ShouldBe("h9 m30 d45 c1");
        Card("Odd").Places.ShouldBe("h11 m5 d15 c1", "on a grid of five minutes, from the step it begins in to the one it ends in");
        Grid().Slots.Select(s => s.Start.Clock).ShouldBe(["09:30", "11:07"], "the words are exact");
    }

    [Fact]
    public void Sessions_that_overlap_in_a_room_stand_side_by_side()
    {
        house.Import(Samples.Json(Event(10, "One", "10:00"), Event(11, "Two", "10:15"), Event(12, "Three", "10:45")));
        var grid = Grid();
        (grid.Rooms.Single().Width, grid.Columns).ShouldBe((2, 2));
        new[] { "One", "Two", "Three" }.Select(t => Card(t).Places.Split(' ')[^1]).ShouldBe(["c1", "c2", "c1"]);
    }

    [Fact]
    public void What_was_cancelled_is_struck_and_gives_its_place_to_what_came_instead()
    {
        house.Import(Samples.Json(Event(10, "Off", "10:00"), Event(11, "Still", "12:00")));
        house.Import(Samples.Json(Event(12, "Instead", "10:15"), Event(11, "Still", "12:00")));
        (Card("Off").Cancelled, Card("Off").Hidden, Grid().Columns).ShouldBe((true, true, 1));
        Card("Instead").Cancelled.ShouldBeFalse();
    }

    [Fact]
    public void A_move_is_told_when_people_had_made_their_plans()
    {
        house.Import(Samples.Json(Event(10, "Lamps", "10:00")));
        house.Import(Samples.Read(Samples.Json(Event(10, "Lamps", "11:00"))), at: Samples.Now.AddDays(1));
        Card("Lamps").Moved.ShouldBeNull("in January everything moves");
        house.Import(Samples.Read(Samples.Json(Event(10, "Lamps", "12:00"))), at: new(2027, 4, 30, 18, 0, 0, TimeSpan.Zero));
        Card("Lamps").Moved!.Start.ShouldBe(new(2027, 5, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_line_for_now_stands_in_its_day_only()
    {
        house.Import(Samples.Json(Event(10, "First", "09:30"), Event(11, "Second", "11:00")));
        Grid().NowPlaces.ShouldBeEmpty();
        var grid = Grid(new(2027, 5, 1, 10, 7, 0, TimeSpan.FromHours(1)));
        (grid.NowPlaces, grid.Now!.Start.Clock, grid.NowIs.Clock).ShouldBe(("h10 m5 d5", "09:30", "10:07"));
        Grid(new(2027, 5, 1, 12, 0, 0, TimeSpan.FromHours(1))).NowPlaces.ShouldBeEmpty("everything is over");
    }

    [Fact]
    public void A_keynote_alone_at_its_hour_is_for_all_rooms()
    {
        const string featured = ", \"type\": \"keynote\"";
        house.Import(Samples.Json(Event(10, "Opening", "09:00", more: featured), Event(11, "Parallel", "11:00", more: featured), Event(12, "Other", "11:00", room: "Loft")));
        (Card("Opening").Plenary, Card("Parallel").Plenary).ShouldBe((true, false));
    }

    /// <summary>plaza.md §5.14: breaks were ignored, and of a session that is given twice only the first time was shown.</summary>
    [Fact]
    public void Breaks_and_every_time_of_a_session_are_there()
    {
        house.Import(Samples.Json(Event(10, "Twice", "10:00"), Event(10, "Twice", "15:00")));
        house.Append(new BreakSet(Guid.Parse("0190de30-0000-7000-8000-0000000000bb"), "lunch", "Lunch", null, new(2027, 5, 1, 11, 0, 0, TimeSpan.Zero), new(2027, 5, 1, 12, 0, 0, TimeSpan.Zero), true, Samples.Now));
        Grid().Slots.SelectMany(s => s.Cards).Select(c => (c.Entry.Title, c.Places)).ShouldBe([("Twice", "h10 d45 c1"), ("Lunch", "h12 d60 c1"), ("Twice", "h15 d45 c1")]);
    }
}
