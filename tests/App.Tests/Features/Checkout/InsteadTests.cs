using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class InsteadTests
{
    static TicketType Kind(string name, long price, Guid quota, int most = 10, bool seated = false) => new(Ids.From(quota, name), name, "", price, [quota], most, 0, seated);

    static readonly TicketType Standing = Kind("Standing", 4_000, Floor), Gallery = Kind("Gallery", 3_500, Balcony), Lounge = Kind("Lounge", 9_000, Both);
    static readonly CatalogueEvent Event = CatalogueEvent.Empty with { Types = [Standing, Gallery, Lounge], Prices = PriceRules.None("EUR") };

    static string[] Of(Inventory state, params (TicketType Type, int Count)[] wanted) => Of(Event, state, wanted);
    static string[] Of(CatalogueEvent e, Inventory state, params (TicketType Type, int Count)[] wanted) =>
        [.. Instead.Of(e, type => wanted.Where(w => w.Type == type).Sum(w => w.Count), state).Select(o => $"{o.Count} {o.Type.Name} {o.Price}: {string.Join(", ", o.Wanted.Select(w => $"{w.Count} {e.Type(w.TicketTypeId)!.Name}"))}, {o.Total}")];

    [Fact]
    public void What_can_be_had_needs_nothing_else() => Of(Given(Room(Floor, 2), Room(Balcony, 9), Room(Both, 9)), (Standing, 2)).ShouldBeEmpty();

    [Fact]
    public void What_is_gone_has_the_others_the_nearest_in_price_first() =>
        Of(Given(Room(Floor, 0), Room(Balcony, 9), Room(Both, 9)), (Standing, 2)).ShouldBe(["2 Gallery 7000: 2 Gallery, 7000", "2 Lounge 18000: 2 Lounge, 18000"]);

    [Fact]
    public void Of_what_is_nearly_gone_the_rest_comes_first() =>
        Of(Given(Room(Floor, 1), Room(Balcony, 9), Room(Both, 0)), (Standing, 2)).ShouldBe(["1 Standing 4000: 1 Standing, 4000", "2 Gallery 7000: 2 Gallery, 7000"]);

    [Fact]
    public void As_many_as_were_wanted_are_nearer_than_fewer_at_a_nearer_price() =>
        Of(Given(Room(Floor, 0), Room(Balcony, 1), Room(Both, 9)), (Standing, 2)).ShouldBe(["2 Lounge 18000: 2 Lounge, 18000", "1 Gallery 3500: 1 Gallery, 3500"]);

    [Fact]
    public void What_else_was_chosen_stays_chosen() =>
        Of(Given(Room(Floor, 0), Room(Balcony, 3), Room(Both, 9)), (Standing, 2), (Gallery, 1)).ShouldBe(["3 Gallery 10500: 3 Gallery, 10500", "2 Lounge 18000: 1 Gallery, 2 Lounge, 21500"]);

    [Fact]
    public void When_nothing_is_left_nothing_is_offered() => Of(Given(Room(Floor, 0), Room(Balcony, 0), Room(Both, 0)), (Standing, 2)).ShouldBeEmpty();

    [Fact]
    public void Kinds_that_share_their_places_are_counted_together()
    {
        var shared = Event with { Types = [Standing, Kind("Students", 1_000, Floor), Gallery] };
        Of(shared, Given(Room(Floor, 3), Room(Balcony, 9)), (Standing, 2), (shared.Types[1], 2)).ShouldBe(["1 Students 1000: 2 Standing, 1 Students, 9000", "2 Gallery 7000: 2 Standing, 2 Gallery, 15000", "3 Standing 12000: 3 Standing, 12000"]);
    }

    [Fact]
    public void More_than_an_order_may_have_is_offered_as_many_as_it_may_and_no_other_kind() =>
        Of(Given(Room(Floor, 500), Room(Balcony, 500), Room(Both, 500)), (Standing, 12)).ShouldBe(["10 Standing 40000: 10 Standing, 40000"]);

    [Fact]
    public void Another_kind_is_never_offered_beyond_its_own_limit()
    {
        var few = Event with { Types = [Standing, Kind("Gallery", 3_500, Balcony, most: 2)] };
        Of(few, Given(Room(Floor, 0), Room(Balcony, 500)), (Standing, 4)).ShouldBe(["2 Gallery 7000: 2 Gallery, 7000"]);
    }

    [Fact]
    public void Seats_are_offered_while_there_are_free_ones()
    {
        var seated = Event with { Types = [Standing, Kind("Stalls", 4_500, Balcony, seated: true)] };
        Of(seated, Given(Room(Floor, 0), Room(Balcony, 9), new SeatsOpened(Balcony, ["A1", "A2", "A3"]), Held(Ada, Seats(Balcony, "A2"))), (Standing, 3)).ShouldBe(["2 Stalls 9000: 2 Stalls, 9000"]);
    }

    [Fact]
    public void Whatever_is_offered_can_be_held()
    {
        for (var floor = 0; floor < 4; floor++)
            for (var balcony = 0; balcony < 4; balcony++)
                for (var both = 0; both < 3; both++)
                    for (var wanted = 1; wanted < 5; wanted++)
                    {
                        var state = Given(Room(Floor, floor), Room(Balcony, balcony), Room(Both, both));
                        foreach (var offer in Instead.Of(Event, type => type == Standing ? wanted : type == Gallery ? 1 : 0, state))
                            HoldPlacesHandler.Decide(Bob, [.. offer.Wanted.Select(w => new Places(Event.Type(w.TicketTypeId)!.Quotas, w.Count, null))], Later, state).Accepted.ShouldBeTrue();
                    }
    }

    [Fact]
    public void At_another_price_the_same_is_an_offer_as_well() =>
        Instead.Of(Event, type => type == Standing ? 2 : 0, Given(Room(Floor, 5)), again: true).Select(o => (o.Type.Name, o.Count, o.Total)).ShouldBe([("Standing", 2, 8_000L)]);

    [Fact]
    public void A_button_says_what_its_offer_is()
    {
        var offer = Instead.Of(Event, type => type == Standing ? 2 : type == Gallery ? 1 : 0, Given(Room(Floor, 1), Room(Balcony, 3)))[0];
        Picker.WantedOf(Instead.Fields(Instead.Write(offer))).ShouldBe(offer.Wanted);
        Picker.WantedOf(Instead.Fields($"{Picker.FieldOf(Standing.Id)}=-1&{Picker.FieldOf(Gallery.Id)}=x&t-x=1&name=Ada&=&%ff")).ShouldBeEmpty();
    }
}
