using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Edit;
using App.Infrastructure;

namespace App.Tests.Features.Schedule.Edit;

/// <summary>Floor plans and what stands on them.</summary>
public sealed class KeepSpotTests
{
    static readonly Guid Id = Samples.ConferenceId, Quay = Ids.New(Samples.Now), Ground = Ids.New(Samples.Now), Upper = Ids.New(Samples.Now), Cafe = Ids.New(Samples.Now);
    static readonly SchedulePicture Picture = new("/pictures/a.png", "Two halls", 1600, 1000);

    static readonly Conference Here = Fold(Conference.Empty, new ScheduleOpened(Id, Samples.Now), new RoomSet(Quay, "quay", "quay", "Quay", "", null, 1, false, Samples.Now),
        new PlanSet(Ground, "ground", "Ground", Picture, 1, Samples.Now), new PlanSet(Upper, "upper", "Upper", Picture, 2, Samples.Now), new SpotSet(Cafe, Ground, SpotKind.Food, "Café", 500, 500, Samples.Now));

    static Conference Fold(Conference from, params IEnumerable<object> facts) => facts.Aggregate(from, Conference.Evolve);
    static object[] Put(Guid? spot, Guid plan, SpotKind kind, int x = 100, int y = 100, Conference? here = null) => [.. KeepSpotHandler.Decide(new(Id, spot, plan, kind, "", x, y), spot ?? Ids.New(Samples.Now), here ?? Here, Samples.Now)];

    [Fact]
    public void A_room_stands_in_one_place_only()
    {
        var once = Fold(Here, Put(Quay, Ground, SpotKind.Room));
        var moved = Fold(once, Put(Quay, Upper, SpotKind.Room, here: once));
        moved.Spots.Values.Where(s => s.Kind == SpotKind.Room).ShouldHaveSingleItem().PlanId.ShouldBe(Upper);
        Put(Quay, Upper, SpotKind.Room, here: moved).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("schedule.no-such-room")]
    [InlineData("schedule.no-such-plan")]
    [InlineData("schedule.off-the-plan")]
    [InlineData("schedule.no-such-spot")]
    public void What_is_nowhere_is_not_put_there(string refusal) => Should.Throw<Refused>(() => refusal switch
    {
        "schedule.no-such-room" => Put(Ids.New(Samples.Now), Ground, SpotKind.Room),
        "schedule.no-such-plan" => Put(null, Id, SpotKind.Lift),
        "schedule.off-the-plan" => Put(Quay, Ground, SpotKind.Room, x: 1001),
        _ => Put(Id, Ground, SpotKind.Lift), // somebody took it off meanwhile
    }).Key.ShouldBe(refusal);

    [Fact]
    public void A_plan_goes_with_what_stands_on_it_and_nothing_else()
    {
        var gone = Fold(Fold(Here, Put(Quay, Upper, SpotKind.Room)), new PlanRemoved(Ground, Samples.Now));
        (gone.Plans.Keys.Single(), gone.Spots.Keys.Single()).ShouldBe((Upper, Quay));
    }

    [Fact]
    public void No_picture_comes_without_words_and_the_same_one_again_is_no_change()
    {
        Should.Throw<Refused>(() => KeepPicture.Decide(Quay, Picture with { Alt = " " }, Here, Samples.Now)).Key.ShouldBe("schedule.picture-without-words");
        var shown = Fold(Here, KeepPicture.Decide(Quay, Picture, Here, Samples.Now));
        KeepPicture.Decide(Quay, Picture, shown, Samples.Now).ShouldBeEmpty();
        Fold(shown, KeepPicture.Decide(Quay, null, shown, Samples.Now)).Pictures.ShouldBeEmpty();
    }

    [Fact]
    public void Plans_and_places_are_called_something_in_each_language_and_stay_so_when_they_are_moved()
    {
        object[] Say(Conference here, string plan, string spot) => [.. TranslateThingsHandler.Decide(new(Id, "de", "en", new Dictionary<Guid, (string, string)> { [Ground] = (plan, ""), [Cafe] = (spot, "") }), here, Samples.Now)];
        var said = Fold(Here, Say(Here, "Erdgeschoss", "Kaffee"));
        Say(said, "Erdgeschoss", "Kaffee").ShouldBeEmpty();
        var moved = Fold(said, KeepSpotHandler.Decide(new(Id, Cafe, Ground, SpotKind.Food, "Coffee", 1, 1), Cafe, said, Samples.Now));
        moved = Fold(moved, KeepPlanHandler.Decide(new(Id, Ground, "Ground floor", Picture), Ground, moved, Samples.Now));
        var schedule = ScheduleBuilder.Build(moved, [], 1);
        schedule.TextLanguages.ShouldBe(["de", "en"]);
        var (german, french) = (schedule.ReadIn("de", "en").Plans[0], schedule.ReadIn("fr", "en").Plans[0]);
        (german.Name, german.NameLanguage, german.Spots[0].Label, german.Spots[0].LabelLanguage).ShouldBe(("Erdgeschoss", "de", "Kaffee", "de"));
        (french.Name, french.NameLanguage, french.Spots[0].Label, french.Spots[0].LabelLanguage).ShouldBe(("Ground floor", "en", "Coffee", "en"));
        Fold(moved, KeepSpotHandler.Decide(new(Id, Cafe, Ground, SpotKind.Food, "", 1, 1), Cafe, moved, Samples.Now)).Spots[Cafe].Labels.ShouldBeNull("its kind says enough, in every language");
        Fold(said, Say(said, "", "")).Plans[Ground].Names.ShouldBe(new Translations("en", new Dictionary<string, string>()));
    }

    /// <summary>A source that drops a room for a night and lists it again the next day.</summary>
    [Fact]
    public void A_room_that_comes_back_has_its_picture_and_its_place_still()
    {
        var room = new RoomSet(Quay, "quay", "quay", "Quay", "", null, 1, false, Samples.Now);
        var placed = Fold(Fold(Here, Put(Quay, Ground, SpotKind.Room)), new PictureSet(Quay, Picture, Samples.Now));
        ScheduleBuilder.Build(Fold(placed, new RoomRemoved(Quay, Samples.Now)), [], 1).Plans[0].Spots.ShouldAllBe(s => s.Room == null);
        var back = ScheduleBuilder.Build(Fold(placed, new RoomRemoved(Quay, Samples.Now), room), [], 1);
        (back.Plans[0].Spots[0].Room, back.Rooms[0].Picture).ShouldBe((back.Rooms[0], Picture));
    }
}
