using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Store;
using App.Tests.Features.Shared;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class ConfirmPaymentTests
{
    static Confirmed Verdict(ConfirmPayment payment, params object[] past)
    {
        var order = Order(past);
        return ConfirmPaymentHandler.Verdict(payment, order, order.PaymentId is null ? "acct_1" : order.Account);
    }

    static ConfirmPayment Payment(string id = "pi_1", string? account = "acct_1", long amount = 2_000, string currency = "eur") => new(Ada, id, account, amount, currency, null);
    static readonly PaymentPrepared Prepared = new(1, "pi_1", "acct_1", Noon);

    [Fact]
    public void An_order_that_is_not_there_is_unknown() => Verdict(Payment()).ShouldBe(Confirmed.Unknown);

    [Fact]
    public void The_right_money_pays_also_before_our_own_commit_says_so()
    {
        Verdict(Payment(), Started(Line(2)), Placed, Prepared).ShouldBe(Confirmed.Paid);
        Verdict(Payment(), Started(Line(2)), Placed).ShouldBe(Confirmed.Paid);
    }

    [Fact]
    public void Another_amount_currency_or_account_pays_nothing()
    {
        foreach (var wrong in new[] { Payment(amount: 1_999), Payment(amount: 2_001), Payment(currency: "usd"), Payment(account: "acct_2"), Payment(account: null), Payment(id: "pi_2", account: "acct_2") })
        {
            Verdict(wrong, Started(Line(2)), Placed, Prepared).ShouldBe(Confirmed.Mismatch);
            Verdict(wrong, Started(Line(2)), Placed).ShouldBe(Confirmed.Mismatch);
        }
    }

    [Fact]
    public void Money_that_does_not_fit_is_noted_once_each_and_five_times_at_the_most()
    {
        object[] past = [Started(Line(2)), Placed, Prepared];
        var noted = ConfirmPaymentHandler.Noted(Payment("pi_9", amount: 1_999), Order(past), Noon).ShouldHaveSingleItem();
        noted.ShouldBe(new PaymentMismatched("pi_9", "acct_1", 1_999, "EUR", Noon));
        ConfirmPaymentHandler.Noted(Payment("pi_9", amount: 1_999), Order([.. past, noted]), Noon).ShouldBeEmpty();
        var many = Enumerable.Range(0, 5).Select(i => new PaymentMismatched($"pi_{i}", null, 1, "EUR", Noon));
        ConfirmPaymentHandler.Noted(Payment("pi_9", amount: 1_999), Order([.. past, .. many]), Noon).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_payment_again_is_already_there() => Verdict(Payment(), Started(Line(2)), Placed, Prepared, PaidWith("pi_1", "acct_1")).ShouldBe(Confirmed.Already);

    [Fact]
    public void A_second_payment_is_returned_once()
    {
        Verdict(Payment("pi_2"), Started(Line(2)), Placed, Prepared, PaidWith("pi_1", "acct_1")).ShouldBe(Confirmed.Returned);
        Verdict(Payment("pi_2"), Started(Line(2)), Placed, Prepared, PaidWith("pi_1", "acct_1"), Late("pi_2")).ShouldBe(Confirmed.Already);
    }

    [Fact]
    public void Money_for_an_order_that_came_too_late_before_is_returned() => Verdict(Payment("pi_2"), Started(Line(2)), Placed, Prepared, Late("pi_1")).ShouldBe(Confirmed.Returned);

    [Fact]
    public async Task One_payment_told_twenty_times_at_once_to_two_processes_is_one_sale_and_hurts_nobody_else()
    {
        await using var office = await BoxOffice.Open();
        await using var rival = await office.Rival();
        var order = await office.Hold(BoxOffice.Talks, 2);
        await office.Place(order);
        var payment = await office.Payment(order);
        var told = Enumerable.Range(0, 20).Select(async i =>
        {
            try { return await (i % 2 == 0 ? office.Host : rival).Bus.InvokeAsync<Confirmed>(payment with { Delivery = i % 3 == 0 ? "evt_1" : "evt_" + i }, default); }
            catch (DuplicateException) { return Confirmed.Already; }
        });
        var others = Enumerable.Range(0, 10).Select(_ => office.Hold(BoxOffice.Talks, 1));
        var (verdicts, _) = (await Task.WhenAll(told), await Task.WhenAll(others));
        verdicts.Count(v => v == Confirmed.Paid).ShouldBe(1);
        verdicts.Count(v => v == Confirmed.Already).ShouldBe(19);
        var talks = (await office.Inventory()).Quotas[BoxOffice.TalksQuota];
        (talks.Sold, talks.Held).ShouldBe((2, 10));
        await office.Verified();
    }

    [Fact]
    public async Task A_payment_after_the_hold_takes_places_again_when_there_are_some()
    {
        await using var office = await BoxOffice.Open();
        var order = await office.Hold(BoxOffice.Talks, 10);
        await office.Place(order);
        office.Clock.Now += TimeSpan.FromMinutes(20);
        await office.Buy(BoxOffice.Talks, 10);
        (await office.Host.Bus.InvokeAsync<Confirmed>(await office.Payment(order), default)).ShouldBe(Confirmed.Paid);
        (await office.Inventory()).Quotas[BoxOffice.TalksQuota].Sold.ShouldBe(20);
        await office.Verified();
    }
}
