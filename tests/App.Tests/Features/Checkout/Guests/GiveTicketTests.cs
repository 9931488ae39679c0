using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Guests;
using App.Infrastructure;
using static App.Features.Checkout.Guests.GiveTicketHandler;

namespace App.Tests.Features.Checkout.Guests;

public sealed class GiveTicketTests
{
    static readonly DateTimeOffset Noon = new(2027, 5, 1, 12, 0, 0, TimeSpan.Zero), Doors = Noon.AddHours(3);
    static readonly Guid Ticket = Guid.Parse("01890000-0000-7000-8000-000000000001");
    static readonly Order Paid = Order.Empty with { Id = Guid.Parse("01890000-0000-7000-8000-000000000002"), Status = OrderStatus.Paid };

    static Order After(params TicketGiven[] facts) => facts.Aggregate(Paid, (order, fact) => Order.Evolve(order, fact));
    static TicketGiven Given(int revision, bool toGuest = true) => new(Paid.Id, Paid.EventId, Ticket, toGuest, revision, Noon);
    static string Refusal(Order order, bool isValid = true, DateTimeOffset? now = null) => Should.Throw<Refused>(() => Decide(order, Ticket, isValid, true, Doors, now ?? Noon)).Key;

    [Fact]
    public void A_ticket_changes_hands_and_counts_it() =>
        (Decide(Paid, Ticket, true, true, Doors, Noon), Decide(After(Given(1)), Ticket, true, true, Doors, Noon), Decide(After(Given(1)), Ticket, true, false, Doors, Noon)).ShouldBe((Given(1), Given(2), Given(2, toGuest: false)));

    [Fact]
    public void What_is_the_buyers_cannot_be_taken_back() => (Decide(Paid, Ticket, true, false, Doors, Noon), Decide(After(Given(1), Given(2, false)), Ticket, true, false, Doors, Noon)).ShouldBe((null, null));

    [Fact]
    public void Nobody_gives_what_is_not_paid_void_too_late_or_too_often() =>
        (Refusal(Paid with { Status = OrderStatus.Placed }), Refusal(Paid, isValid: false), Refusal(Paid, now: Doors), Refusal(After(Given(MostTimes)))).ShouldBe(("checkout.no-such-order", "order.guests-void", "order.guests-closed", "order.guests-too-often"));
}
