using App.Features.Checkout.Contracts;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Tests.Features.Checkout;

namespace App.Tests.Features.Refunds;

/// <summary>Given refunds, when a command or the provider's word, then facts or a refusal.</summary>
public sealed class RefundRulesTests
{
    static readonly DateTimeOffset Noon = Stock.Noon;
    static readonly Guid Order = Stock.Ada, Promoter = Stock.Bob, Event = Stock.Eve;
    static readonly OrderLine[] Lines = [new(Order, "Floor", 2, new Price(900, 100, 210), [Stock.Floor], null), new(Event, "Free", 1, default, [Stock.Balcony], null)];
    static readonly PaidOrder Paid = new(Order, Event, Promoter, Lines, 2_420, "EUR", "pi_1", "acct_1", Noon);

    static OrderRefunds Given(params object[] facts) => facts.Aggregate(OrderRefunds.Empty, OrderRefunds.Evolve);
    static RefundOrder Command(params int[] numbers) => new(Order, Promoter, numbers.Length == 0 ? null : [.. numbers.Select(n => TicketId.Of(Order, n))], "ada", RefundReason.Requested);
    static RefundApproved Approve(OrderRefunds refunds, params int[] numbers) => (RefundApproved)RefundOrderHandler.Decide(Command(numbers), Paid, refunds, Noon)[0];

    [Fact]
    public void All_of_an_order_is_all_of_its_money()
    {
        var approved = RefundOrderHandler.Decide(Command(), Paid, Given(), Noon).ShouldHaveSingleItem().ShouldBeOfType<RefundApproved>();
        approved.Amount.ShouldBe(Paid.Total);
        approved.TicketIds.ShouldBe([TicketId.Of(Order, 1), TicketId.Of(Order, 2), TicketId.Of(Order, 3)]);
        (approved.PaymentId, approved.Account).ShouldBe(("pi_1", "acct_1"));
    }

    [Fact]
    public void A_free_ticket_of_a_paid_order_needs_no_money_and_no_waiting() =>
        RefundOrderHandler.Decide(Command(3), Paid, Given(), Noon).Select(f => f.GetType()).ShouldBe([typeof(RefundApproved), typeof(RefundSent), typeof(RefundSettled)]);

    [Fact]
    public void The_rest_is_what_is_left_and_then_nothing()
    {
        var refunds = Given(Approve(Given(), 1));
        Approve(refunds).TicketIds.ShouldBe([TicketId.Of(Order, 2), TicketId.Of(Order, 3)]);
        refunds = OrderRefunds.Evolve(refunds, Approve(refunds));
        Should.Throw<Refused>(() => Approve(refunds)).Key.ShouldBe("refunds.nothing-left");
        Should.Throw<Refused>(() => Approve(refunds, 2)).Key.ShouldBe("refunds.already-refunded");
    }

    [Fact]
    public void A_ticket_whose_refund_failed_is_tried_again_and_not_refunded_a_second_time()
    {
        var approved = Approve(Given(), 1);
        var failed = Given(approved, new RefundFailed(approved.RefundId, Order, Event, Promoter, null, "no", Noon));
        Should.Throw<Refused>(() => Approve(failed, 1)).Key.ShouldBe("refunds.already-refunded");
        var again = RetryRefundHandler.Decide(new(approved.RefundId, Promoter, "ada"), failed.All[0], Noon).ShouldHaveSingleItem().ShouldBeOfType<RefundRetried>();
        var retried = OrderRefunds.Evolve(failed, again).All[0];
        (retried.Status, retried.Key).ShouldBe((RefundStatus.Approved, $"refund-{approved.RefundId}-2"));
        RetryRefundHandler.Decide(new(approved.RefundId, Promoter, "ada"), retried, Noon).ShouldBeEmpty();
        Should.Throw<Refused>(() => RetryRefundHandler.Decide(new(Order, Promoter, "ada"), null, Noon)).Key.ShouldBe("refunds.no-such-refund");
    }

    [Fact]
    public void A_late_payment_goes_back_whole_once_under_its_own_key()
    {
        var late = new PaymentCameTooLate(Order, Event, Promoter, "pi_9", "acct_1", 2_420, "EUR", "sold-out", Noon);
        var approved = ReturnLatePaymentHandler.Decide(late, Given(), Noon)!;
        approved.Amount.ShouldBe(2_420);
        var refunds = Given(approved);
        refunds.All[0].Key.ShouldBe($"late-{Order}-pi_9");
        ReturnLatePaymentHandler.Decide(late, refunds, Noon).ShouldBeNull();
        ReturnLatePaymentHandler.Decide(late with { PaymentId = "pi_10" }, refunds, Noon).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "succeeded", "sent settled")]
    [InlineData("", "pending", "sent")]
    [InlineData("", "requires_action", "sent")]
    [InlineData("", "failed", "failed")]
    [InlineData("", "canceled", "failed")]
    [InlineData("", "something new", "")]
    [InlineData("sent", "succeeded", "settled")]
    [InlineData("sent", "pending", "")]
    [InlineData("sent", "failed", "failed")]
    [InlineData("sent settled", "succeeded", "")]
    [InlineData("sent settled", "pending", "")]
    [InlineData("sent settled", "failed", "failed")]
    [InlineData("sent failed", "succeeded", "")]
    [InlineData("sent failed", "failed", "")]
    public void What_the_provider_says_in_any_order_leads_to_one_end(string past, string says, string facts)
    {
        var approved = Approve(Given(), 1);
        var state = Given(approved);
        foreach (var word in past.Split(' ', StringSplitOptions.RemoveEmptyEntries)) state = OrderRefunds.Evolve(state, Fact(word, state.All[0]));
        string.Join(' ', NoteRefundOutcomeHandler.Decide(state.All[0], "re_1", says, null, Noon).Select(Word)).ShouldBe(facts);
        // What it says of another refund than the one that was sent changes nothing.
        if (past.Length > 0) NoteRefundOutcomeHandler.Decide(state.All[0], past.EndsWith("failed", StringComparison.Ordinal) ? "re_1" : "re_2", says, null, Noon).ShouldBeEmpty();
    }

    static object Fact(string word, Refund refund) => word switch
    {
        "sent" => refund.SentAs("re_1", Noon),
        "settled" => new RefundSettled(refund.Approved.RefundId, Order, "re_1", Noon),
        _ => refund.FailedAs("re_1", "no", Noon),
    };

    static string Word(object fact) => fact switch { RefundSent => "sent", RefundSettled => "settled", RefundFailed => "failed", _ => "?" };
}
