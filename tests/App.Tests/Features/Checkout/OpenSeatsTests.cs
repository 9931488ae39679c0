using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class OpenSeatsTests
{
    static Inventory Hall(params object[] more) => Given([Room(Floor, 9), new SeatsOpened(Floor, ["A1", "A2", "A3"]), .. more]);
    static Inventory After(Inventory state, params string[] wanted) => OpenSeatsHandler.Decide(Floor, wanted, state).Facts!.Aggregate(state, Inventory.Evolve);
    static IEnumerable<string> Free(Inventory state) => state.FreeSeats[Floor].Values;

    [Fact]
    public void The_same_seats_again_change_nothing() => OpenSeatsHandler.Decide(Floor, ["A1", "A2", "A3"], Hall()).Facts!.ShouldBeEmpty();

    [Fact]
    public void New_seats_are_offered_after_those_before_them_and_others_no_longer() => Free(After(Hall(), "A3", "A4", "A1")).ShouldBe(["A1", "A3", "A4"]);

    [Fact]
    public void A_seat_that_was_closed_does_not_lend_its_place_to_two() => Free(After(After(Hall(), "A3"), "A3", "B1", "B2")).ShouldBe(["A3", "B1", "B2"]);

    [Fact]
    public void Who_has_a_seat_keeps_it_and_once_given_back_it_is_sold_no_more()
    {
        var held = Hall(new PlacesHeld(Ada, [new([Floor], 1, ["A2"])], Later));
        var closed = After(held, "A1", "A3");
        closed.Holders["A2"].ShouldBe(Ada);
        closed.Quotas[Floor].Held.ShouldBe(1);
        var ended = Inventory.Evolve(closed, new HoldsEnded([Ada]));
        ended.Quotas[Floor].Held.ShouldBe(0);
        ended.Holders.ShouldBeEmpty();
        Free(ended).ShouldBe(["A1", "A3"]);
    }
}
