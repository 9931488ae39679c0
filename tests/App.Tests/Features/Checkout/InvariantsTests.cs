using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Scanning;
using App.Features.Scanning.Contracts;
using App.Infrastructure;
using App.Infrastructure.Verification;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

/// <summary>Logs made wrong by hand: each fault is found, and named.</summary>
public sealed class InvariantsTests
{
    static async Task Finds(string words, IInvariant invariant, params object[] log) => (await Invariants.FaultsOf(log, invariant)).ShouldContain(f => f.Contains(words, StringComparison.Ordinal), words);
    static async Task FindsNothing(IInvariant invariant, params object[] log) => (await Invariants.FaultsOf(log, invariant)).ShouldBeEmpty();

    [Fact]
    public async Task Oversold()
    {
        await Finds("has 2 places, 3 held and 0 sold", new NeverOversoldInvariant(), Room(Floor, 2), Held(Ada, On(Floor, 2)), Held(Bob, On(Floor, 1)));
        // Also for a moment only: the end looks innocent.
        await Finds("has 2 places", new NeverOversoldInvariant(), Room(Floor, 2), Held(Ada, On(Floor, 2)), Held(Bob, On(Floor, 1)), new HoldsEnded([Bob]));
        await Finds("has 0 places", new NeverOversoldInvariant(), Held(Ada, On(Floor, 1)));
        await Finds("taken twice", new NeverOversoldInvariant(), Room(Floor, 9), Held(Ada, On(Floor, 1)), Held(Ada, On(Floor, 1)));
        await Finds("sold after it had ended", new NeverOversoldInvariant(), Room(Floor, 9), Held(Ada, On(Floor, 1)), new HoldsEnded([Ada]), new PlacesSold(Ada, null));
        await Finds("gave back more", new NeverOversoldInvariant(), Room(Floor, 9), Held(Ada, On(Floor, 1)), new PlacesSold(Ada, null), new PlacesReturned(Eve, Ada, [On(Floor, 2)]));
        await FindsNothing(new NeverOversoldInvariant(), Room(Floor, 2), Held(Ada, On(Floor, 2)), Room(Floor, 1), new PlacesSold(Ada, null));
    }

    [Fact]
    public async Task One_seat_two_holders()
    {
        await Finds("also taken by", new OneHolderInvariant(), Held(Ada, Seats(Floor, "A1")), Held(Bob, Seats(Floor, "A1")));
        await Finds("also taken by", new OneHolderInvariant(), Held(Ada, Seats(Floor, "A1")), new PlacesSold(Ada, null), new PlacesSold(Bob, [Seats(Floor, "A1")]));
        await Finds("also taken by", new OneHolderInvariant(), Held(Ada, Seats(Floor, "A1"), Seats(Floor, "A1")));
        await Finds("who hadn't it", new OneHolderInvariant(), Held(Ada, Seats(Floor, "A1")), new PlacesReturned(Eve, Bob, [Seats(Floor, "A1")]));
        await FindsNothing(new OneHolderInvariant(), Held(Ada, Seats(Floor, "A1")), new HoldsEnded([Ada]), Held(Bob, Seats(Floor, "A1")), new PlacesSold(Bob, null), new PlacesReturned(Eve, Bob, [Seats(Floor, "A1")]), Held(Ada, Seats(Floor, "A1")));
    }

    [Fact]
    public async Task A_hold_that_outlives_its_deadline()
    {
        await FindsNothing(new HoldsEndInvariant()); // a new house has no log
        object[] quarterOfAnHour = [.. Enumerable.Repeat(Room(Floor, 9), 15)];
        await Finds("should have ended", new HoldsEndInvariant(), [Held(Ada, On(Floor, 1)), .. quarterOfAnHour]);
        await FindsNothing(new HoldsEndInvariant(), Held(Ada, On(Floor, 1)));
        await FindsNothing(new HoldsEndInvariant(), [.. quarterOfAnHour, Held(Ada, On(Floor, 1)), new HoldExtended(Ada, Later.AddMinutes(5)), Held(Bob, On(Floor, 1)), new PlacesSold(Bob, null)]);
    }

    [Fact]
    public async Task Paid_and_not_sold_sold_and_not_paid_paid_twice_given_back_twice()
    {
        await Finds("paid for 2 places", new SoldOnceInvariant(), PaidWith("pi_1"));
        await Finds("has 2 places that it didn't pay for", new SoldOnceInvariant(), Held(Ada, On(Floor, 2)), new PlacesSold(Ada, null));
        await Finds("paid for 2 places", new SoldOnceInvariant(), Held(Ada, On(Floor, 2)), new PlacesSold(Ada, null), PaidWith("pi_1"), PaidWith("pi_2"));
        await Finds("gave its places back twice", new SoldOnceInvariant(), new PlacesReturned(Eve, Ada, [On(Floor, 1)]), new PlacesReturned(Eve, Ada, [On(Floor, 1)]));
        await FindsNothing(new SoldOnceInvariant(), Held(Ada, On(Floor, 2)), new PlacesSold(Ada, null), PaidWith("pi_1"), new PlacesReturned(Eve, Ada, [On(Floor, 1)]), new OrderRefundNoted(Eve, Ada, Ada, Ada, 1_000, "EUR", [Bob], Noon));
    }

    [Fact]
    public async Task A_promise_that_the_log_does_not_keep()
    {
        var notes = Path.GetTempFileName();
        await File.WriteAllTextAsync(notes, $"held {Ada}\npaid {Ada}\nheld {Bob}\nhe");
        AcknowledgedInvariant New() => new(new(null, notes));
        await Finds($"order {Bob} was held", New(), Started(Line(2)), PaidWith("pi_1"));
        await Finds($"order {Ada} was paid", New(), Started(Line(2)));
        await Finds("not understood: 'he'", New());
        File.Delete(notes);
    }

    static RefundApproved Approved(Guid id, long amount, RefundKind kind = RefundKind.Tickets, params Guid[] tickets) => new(id, Ada, Eve, Eve, kind, tickets, amount, "EUR", "pi_1", null, "ada", RefundReason.Mistake, Noon);

    [Fact]
    public async Task More_refunded_than_paid_and_money_that_stays_with_us()
    {
        MoneyInvariant New() => new(new(null, null));
        await Finds("was paid 2000 and refunded 2001", New(), PaidWith("pi_1"), Approved(Bob, 2_001));
        await Finds("isn't paid", New(), Approved(Bob, 1));
        await Finds("isn't on its way back", New(), Late("pi_9"));
        await Finds("has no payment", New(), PaidWith(null));
        await FindsNothing(New(), PaidWith("pi_1"), Approved(Bob, 2_000));
    }

    [Fact]
    public async Task Our_books_and_the_providers_differ()
    {
        var book = Path.GetTempFileName();
        MoneyInvariant New(params string[] lines) { File.WriteAllLines(book, lines); return new(new(book, null)); }
        string Charge(string intent = "pi_1", long amount = 2_000, Guid? order = null, string currency = "eur") =>
            $$$"""{"kind":"charge","id":"ch_{{{intent}}}","amount":{{{amount}}},"currency":"{{{currency}}}","created":1,"payment_intent":"{{{intent}}}","status":"succeeded","metadata":{"order_id":"{{{order ?? Ada}}}"}}""";
        string Refund(string id, Guid refund, long amount, string status = "succeeded") =>
            $$$"""{"kind":"refund","id":"{{{id}}}","amount":{{{amount}}},"currency":"eur","created":1,"payment_intent":"pi_1","status":"{{{status}}}","metadata":{"refund_id":"{{{refund}}}"}}""";
        RefundSent Sent(Guid id, string re) => new(id, Ada, Eve, Eve, RefundKind.Tickets, [], 500, "EUR", "pi_1", re, Noon);

        await FindsNothing(New(Charge()), PaidWith("pi_1"));
        await Finds("the provider has no charge", New(), PaidWith("pi_1"));
        await Finds("which isn't paid", New(Charge()), Started(Line(2)));
        await Finds("charge ch_pi_1 is 1999 eur", New(Charge(amount: 1_999)), PaidWith("pi_1"));
        await Finds("is 2000 usd", New(Charge(currency: "usd")), PaidWith("pi_1"));
        await Finds("not the payment it was sold for", New(Charge(), Charge("pi_2")), PaidWith("pi_1"));
        await FindsNothing(New(Charge(), Refund("re_1", Bob, 500, "pending"), Refund("re_1", Bob, 500)), PaidWith("pi_1"), Approved(Bob, 500), Sent(Bob, "re_1"));
        await Finds("the provider has none", New(Charge()), PaidWith("pi_1"), Approved(Bob, 500), Sent(Bob, "re_1"));
        await Finds("isn't one of ours", New(Charge(), Refund("re_1", Bob, 500)), PaidWith("pi_1"));
        await Finds("a second one", New(Charge(), Refund("re_1", Bob, 500), Refund("re_2", Bob, 500)), PaidWith("pi_1"), Approved(Bob, 500), Sent(Bob, "re_1"));
        await Finds("the provider's re_1 is 499", New(Charge(), Refund("re_1", Bob, 499)), PaidWith("pi_1"), Approved(Bob, 500), Sent(Bob, "re_1"));
        File.Delete(book);
    }

    [Fact]
    public async Task In_twice() => await Finds("came in twice", new AdmittedOnceInvariant(), new TicketAdmitted(Ada, Eve, "N", "d", Bob, "s", Noon), new TicketAdmitted(Ada, Eve, "S", "d", Bob, "s", Noon));
}
