using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class PlaceOrderTests
{
    static IEnumerable<object> Decide(DateTimeOffset now, params object[] past) => PlaceOrderHandler.Decide(Order(past), GivenBy.Same, closes: false, now);
    static void Refuses(string key, DateTimeOffset now, params object[] past) => Should.Throw<Refused>(() => Decide(now, past).ToArray()).Key.ShouldBe(key);

    [Fact]
    public void Placed_in_time() => Decide(Noon, Started(Line(2))).ShouldHaveSingleItem().ShouldBeOfType<OrderPlaced>().Total.ShouldBe(2_000);

    [Fact]
    public void Placing_twice_changes_nothing() => Decide(Noon, Started(Line(2)), Placed).ShouldBeEmpty();

    [Fact]
    public void Who_gives_their_details_after_somebody_else_is_the_buyer()
    {
        var placed = Order(Started(Line(2)), Placed);
        PlaceOrderHandler.Decide(placed, GivenBy.Another, closes: true, Noon).ShouldBe([new BuyerChanged(2, 2, Noon)]);
        PlaceOrderHandler.Decide(placed, GivenBy.Anybody, closes: false, Noon).ShouldBe([new BuyerChanged(2, 1, Noon)]);
        PlaceOrderHandler.Decide(placed, GivenBy.Same, closes: true, Noon).ShouldBe([new BuyerChanged(2, 2, Noon)]);
        var after = Order(Started(Line(2)), Placed, new BuyerChanged(2, 2, Noon));
        (after.Giver, after.Attempt).ShouldBe((2, 2));
        Should.Throw<Refused>(() => PlaceOrderHandler.Decide(Order(Started(Line(2)), Placed), GivenBy.Another, closes: true, Later.AddSeconds(1))).Key.ShouldBe("checkout.hold-ended");
    }

    [Fact]
    public void Placed_after_the_hold_is_refused() => Refuses("checkout.hold-ended", Later.AddSeconds(1), Started(Line(2)));

    [Fact]
    public void Placed_in_the_time_that_was_added() => Decide(Later.AddSeconds(1), Started(Line(2)), new OrderProlonged(Later.AddMinutes(5), Noon)).ShouldHaveSingleItem();

    [Fact]
    public void An_order_whose_money_came_too_late_is_closed() => Refuses("checkout.order-closed", Noon, Started(Line(2)), Late("pi_1"));

    [Fact]
    public void An_order_that_never_was_is_none() => Refuses("checkout.no-such-order", Noon);
}
