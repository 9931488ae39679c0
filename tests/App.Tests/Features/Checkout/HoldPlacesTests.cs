using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Tests.Features.Shared;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class HoldPlacesTests
{
    static Decision Decide(Inventory state, params Places[] places) => HoldPlacesHandler.Decide(Bob, places, Later, state);

    [Fact]
    public void The_last_places_are_held() =>
        Decide(Given(Room(Floor, 3), Held(Ada, On(Floor, 1))), On(Floor, 2)).ShouldBeFacts(new PlacesHeld(Bob, [On(Floor, 2)], Later));

    [Fact]
    public void One_more_than_is_left_is_refused_with_what_is_left() => Decide(Given(Room(Floor, 3), Held(Ada, On(Floor, 1))), On(Floor, 3)).ShouldRefuse("checkout.only-left", 2);

    [Fact]
    public void Nothing_left_is_sold_out() => Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1))), On(Floor, 1)).ShouldRefuse("checkout.sold-out");

    [Fact]
    public void A_quota_nobody_set_has_no_places() => Decide(Given(), On(Floor, 1)).ShouldRefuse("checkout.sold-out");

    [Fact]
    public void A_kind_without_a_quota_has_no_places() => Decide(Given(Room(Floor, 9)), new Places([], 1, null)).ShouldRefuse("checkout.sold-out");

    [Fact]
    public void Two_lines_that_share_a_quota_are_counted_together() =>
        Decide(Given(Room(Floor, 5), Room(Balcony, 5), Room(Both, 3)), new Places([Floor, Both], 2, null), new Places([Balcony, Both], 2, null)).ShouldRefuse("checkout.only-left", 3);

    [Fact]
    public void A_quota_named_twice_is_taken_twice() => Decide(Given(Room(Floor, 3)), new Places([Floor, Floor], 2, null)).ShouldRefuse("checkout.only-left", 3);

    [Fact]
    public void The_same_hold_again_changes_nothing_even_when_it_took_the_last() => HoldPlacesHandler.Decide(Ada, [On(Floor, 1)], Later, Given(Room(Floor, 1), Held(Ada, On(Floor, 1)))).ShouldBeFacts();

    static Inventory Hall(params object[] more) => Given([Room(Floor, 9), new SeatsOpened(Floor, ["A1", "A2", "A3"]), .. more]);

    [Fact]
    public void Free_seats_are_held_by_name() => Decide(Hall(), Seats(Floor, "A1", "A2")).ShouldBeFacts(new PlacesHeld(Bob, [Seats(Floor, "A1", "A2")], Later));

    [Fact]
    public void A_taken_seat_is_refused_by_name() => Decide(Hall(Held(Ada, Seats(Floor, "A2"))), Seats(Floor, "A1", "A2")).ShouldRefuse("checkout.seat-taken", "A2");

    [Fact]
    public void A_seat_that_is_not_there_or_of_another_quota_is_refused()
    {
        Decide(Hall(), Seats(Floor, "Z9")).ShouldRefuse("checkout.no-such-seat", "Z9");
        Decide(Hall(Room(Balcony, 9)), Seats(Balcony, "A1")).ShouldRefuse("checkout.no-such-seat", "A1");
    }

    [Fact]
    public void A_seat_named_twice_is_refused_in_one_line_and_in_two()
    {
        Decide(Hall(), Seats(Floor, "A1", "A1")).ShouldRefuse("checkout.seat-twice");
        Decide(Hall(), Seats(Floor, "A1"), Seats(Floor, "A1")).ShouldRefuse("checkout.seat-twice");
    }

    [Fact]
    public void More_places_than_seats_named_is_refused() => Decide(Hall(), new Places([Floor], 2, ["A1"])).ShouldRefuse("checkout.seat-twice");

    [Fact]
    public async Task What_a_client_makes_up_is_refused_and_takes_nothing()
    {
        await using var office = await BoxOffice.Open();
        await No("checkout.nothing-chosen");
        await No("checkout.no-such-ticket", new Wanted(BoxOffice.Elsewhere, 1)); // another event's
        foreach (var count in new[] { 0, -1, 11, int.MaxValue, int.MinValue }) await No("checkout.too-many", new Wanted(BoxOffice.Talks, count));
        await No("checkout.too-many", new Wanted(BoxOffice.Talks, 6), new Wanted(BoxOffice.Talks, 5)); // the limit is the order's
        await No("checkout.too-many", new Wanted(BoxOffice.Talks, 10), new Wanted(BoxOffice.Talks, -5));
        await No("checkout.seat-twice", new Wanted(BoxOffice.Stalls, 1, ["A-1"]), new Wanted(BoxOffice.Stalls, 1, ["A-1"]));
        (await Should.ThrowAsync<Refused>(() => office.Host.Bus.InvokeAsync<Guid>(new HoldPlaces(BoxOffice.Talks, [new(BoxOffice.Talks, 1)]), default))).Key.ShouldBe("checkout.no-such-event");
        (await office.Inventory()).Holds.ShouldBeEmpty();

        // Without names a seated kind gets the first free ones, also when it is named twice.
        var order = await office.Host.Bus.InvokeAsync<Guid>(new HoldPlaces(BoxOffice.Event, [new(BoxOffice.Stalls, 2), new(BoxOffice.Stalls, 1)]), default);
        (await office.Inventory()).Holders.Keys.Order().ShouldBe(["A-1", "A-2", "A-3"]);
        (await office.Host.Db.FoldFresh<Order>(order, default)).State.Total.ShouldBe(12_000);

        async Task No(string key, params Wanted[] wanted) =>
            (await Should.ThrowAsync<Refused>(() => office.Host.Bus.InvokeAsync<Guid>(new HoldPlaces(BoxOffice.Event, wanted), default))).Key.ShouldBe(key);
    }

    [Fact]
    public async Task Two_hundred_buyers_in_two_processes_get_twenty_places()
    {
        await using var office = await BoxOffice.Open();
        await using var rival = await office.Rival();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try { await (i % 2 == 0 ? office.Host : rival).Bus.InvokeAsync<Guid>(new HoldPlaces(BoxOffice.Event, [new(BoxOffice.Talks, 1)]), default); return "held"; }
            catch (Refused no) { return no.Key; }
        }));
        outcomes.Count(o => o == "held").ShouldBe(20);
        outcomes.Count(o => o == "checkout.sold-out").ShouldBe(180);
        await office.Verified();
    }
}
