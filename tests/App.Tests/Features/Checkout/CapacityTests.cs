using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Infrastructure.Store;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class CapacityTests
{
    static Decision Decide(Inventory state, int capacity, DateTimeOffset? at = null) => SetCapacityHandler.Decide(new QuotaSet(Eve, Floor, "Floor", capacity, at ?? Noon), state);

    [Fact]
    public void A_first_capacity_is_set_also_when_it_is_nought() => Decide(Given(), 0).ShouldBeFacts(new CapacitySet(Floor, 0, Noon));

    [Fact]
    public void The_same_again_changes_nothing() => Decide(Given(Room(Floor, 5)), 5).ShouldBeFacts();

    [Fact]
    public void An_older_wish_that_arrives_later_changes_nothing() => Decide(Given(new CapacitySet(Floor, 5, Later)), 9, Noon).ShouldBeFacts();

    [Fact]
    public void A_room_made_smaller_than_what_is_taken_sells_nothing_until_enough_came_back()
    {
        var state = Given(Room(Floor, 4), Held(Ada, On(Floor, 2)), Held(Bob, On(Floor, 2)));
        Decide(state, 3, Later).ShouldBeFacts(new CapacitySet(Floor, 3, Later));
        state = Inventory.Evolve(state, new CapacitySet(Floor, 3, Later));
        state.Quotas[Floor].Free.ShouldBe(0);
        Inventory.Evolve(state, new HoldsEnded([Ada])).Quotas[Floor].Free.ShouldBe(1);
    }
}
