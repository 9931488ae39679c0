using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class SaleTests
{
    static Decision Decide(Inventory state) => Sale.Decide(Ada, [On(Floor, 1)], state);

    [Fact]
    public void Paid_in_time_sells_what_was_held() => Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1)))).ShouldBeFacts(new PlacesSold(Ada, null));

    [Fact]
    public void Paid_late_takes_places_again_when_there_are_some() =>
        Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1)), new HoldsEnded([Ada]))).ShouldBeFacts(new PlacesSold(Ada, [On(Floor, 1)]));

    [Fact]
    public void Paid_late_and_sold_meanwhile_is_refused() =>
        Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1)), new HoldsEnded([Ada]), Held(Bob, On(Floor, 1)))).ShouldRefuse("checkout.sold-out-meanwhile");

    [Fact]
    public void A_hold_is_sold_although_the_room_got_smaller_meanwhile() => Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1)), Room(Floor, 0))).ShouldBeFacts(new PlacesSold(Ada, null));
}
