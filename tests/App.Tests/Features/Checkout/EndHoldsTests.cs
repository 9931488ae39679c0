using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Tests.Features.Shared;
using App.Tests.Support;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class EndHoldsTests
{
    [Fact]
    public void A_hold_lives_through_its_last_second_and_not_the_next()
    {
        var state = Given(Room(Floor, 5), Held(Ada, On(Floor, 1)), new PlacesHeld(Bob, [On(Floor, 1)], Later.AddMinutes(1)));
        EndHolds.Due(state, Later.AddMilliseconds(999)).ShouldBeEmpty();
        EndHolds.Due(state, Later.AddSeconds(1)).ShouldHaveSingleItem().ShouldBeOfType<HoldsEnded>().HoldIds.ShouldBe([Ada]);
        EndHolds.Due(state, Later.AddHours(1)).ShouldHaveSingleItem().ShouldBeOfType<HoldsEnded>().HoldIds.ShouldBe([Ada, Bob]);
    }

    [Fact]
    public void One_that_was_extended_ends_by_its_new_deadline_one_that_was_sold_never()
    {
        var state = Given(Room(Floor, 5), Held(Ada, On(Floor, 1)), Held(Bob, On(Floor, 1)), new HoldExtended(Ada, Later.AddMinutes(5)), new PlacesSold(Bob, null));
        EndHolds.Due(state, Later.AddMinutes(1)).ShouldBeEmpty();
        EndHolds.Due(state, Later.AddMinutes(6)).ShouldHaveSingleItem().ShouldBeOfType<HoldsEnded>().HoldIds.ShouldBe([Ada]);
    }

    [Fact]
    public async Task Holds_of_an_event_that_nobody_visits_after_a_restart_end_all_the_same()
    {
        var office = await BoxOffice.Open();
        await office.Hold(BoxOffice.Talks, 5);
        await office.Host.DisposeAsync();
        office.Clock.Now += TimeSpan.FromHours(1);
        await using var restarted = await office.Rival();
        await Eventually.Is(async () => (await restarted.Db.FoldFresh<Inventory>(InventoryId.Of(BoxOffice.Event), default)).State.Holds.IsEmpty);
        await office.Stripe.DisposeAsync();
    }
}
