using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Vendors.Stripe;
using App.Tests.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Refunds;

/// <summary>Refunds on a real database, with a provider that can say no and lose answers.</summary>
public sealed class RefundOrderTests : IAsyncLifetime
{
    BoxOffice office = null!;
    StoreHost Host => office.Host;

    public async Task InitializeAsync() => office = await BoxOffice.Open();
    public async Task DisposeAsync() => await office.DisposeAsync();

    Task<Guid> Refund(Guid order, params Guid[]? tickets) => Host.Bus.InvokeAsync<Guid>(new RefundOrder(order, BoxOffice.Organization, tickets, "ada", RefundReason.Requested), default);
    async Task<IReadOnlyList<RefundCard>> Cards(Guid order) => await RefundsOf.Order(order, Host.Db, default);
    async Task<Order> Order(Guid order) => (await Host.Db.FoldFresh<Order>(order, default)).State;

    [Fact]
    public async Task Ten_promoters_at_once_give_the_money_back_once()
    {
        var order = await office.Buy(BoxOffice.Talks, 2);
        await using var rival = await office.Rival();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try { await (i % 2 == 0 ? Host : rival).Bus.InvokeAsync<Guid>(new RefundOrder(order, BoxOffice.Organization, null, "p" + i, RefundReason.Requested), default); return "refunded"; }
            catch (Refused no) { return no.Key; }
        }));
        outcomes.Count(o => o == "refunded").ShouldBe(1);
        outcomes.Count(o => o == "refunds.nothing-left").ShouldBe(9);
        await Host.HandleDueMessages();
        await rival.HandleDueMessages();
        office.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(20_800);
        (await Order(order)).Refunded.ShouldBe(20_800);
        (await office.Inventory()).Quotas[BoxOffice.TalksQuota].Free.ShouldBe(20);
        await office.Verified();
    }

    [Fact]
    public async Task One_ticket_then_the_rest_comes_to_the_total_to_the_cent()
    {
        var order = await office.Buy(BoxOffice.Talks, 3);
        await Refund(order, TicketId.Of(order, 2));
        await Host.HandleDueMessages();
        (await Order(order)).Refunded.ShouldBe(10_400);
        (await IssuedTicket.Find(TicketId.Of(order, 2), Host.Db, default))!.RevokedAt.ShouldNotBeNull();
        (await IssuedTicket.Find(TicketId.Of(order, 1), Host.Db, default))!.RevokedAt.ShouldBeNull();

        office.Clock.Now += TimeSpan.FromSeconds(1);
        (await Should.ThrowAsync<Refused>(() => Refund(order, TicketId.Of(order, 2)))).Key.ShouldBe("refunds.already-refunded");
        await Refund(order, null);
        await Host.HandleDueMessages();
        office.Stripe.Refunds.Sum(r => r.Amount).ShouldBe(31_200);
        (await Cards(order)).Select(c => (c.Amount, c.Status)).ShouldBe([(10_400L, RefundStatus.Settled), (20_800L, RefundStatus.Settled)]);
        await office.ReadOn();
        (await Host.Db.QueryFirst<string>("select status from checkout_orders where id = $1", default, order)).ShouldBe("refunded");
        await office.Verified();
    }

    [Fact]
    public async Task A_free_order_is_refunded_without_asking_the_provider()
    {
        var order = await office.Buy(BoxOffice.Free, 2);
        await Refund(order, null);
        await Host.HandleDueMessages();
        office.Stripe.Refunds.ShouldBeEmpty();
        (await office.Inventory()).Quotas[BoxOffice.FreeQuota].Free.ShouldBe(5);
        await office.ReadOn();
        (await Host.Db.QueryFirst<string>("select status from checkout_orders where id = $1", default, order)).ShouldBe("refunded");
        await office.Verified();
    }

    [Fact]
    public async Task Seats_that_were_refunded_can_be_sold_to_others_and_stay_theirs()
    {
        var order = await office.Buy(BoxOffice.Stalls, 2);
        await Refund(order, null);
        await Host.HandleDueMessages();
        var (sent, _) = await Host.Db.FoldFresh<OrderRefunds>(OrderRefunds.IdOf(order), default);
        var next = await office.Buy(BoxOffice.Stalls, 2);
        (await office.Inventory()).Holders["A-1"].ShouldBe(next);

        // The same news once more, under another message: nothing is given back twice.
        await office.Hear(db => NoteRefundHandler.Handle(sent.All[0].SentAs("re_1", office.Clock.Now), db, Host.Get<App.Infrastructure.Store.HotStreams<Inventory>>(), default));
        (await office.Inventory()).Holders["A-1"].ShouldBe(next);
        (await office.Inventory()).Quotas[BoxOffice.SeatQuota].Free.ShouldBe(4);
        await office.Verified();
    }

    [Fact]
    public async Task An_answer_that_is_lost_three_times_and_more_sends_the_money_once()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        office.Stripe.LoseAnswers = 3;
        await Refund(order, null);
        await Eventually.Is(async () => { office.Clock.Now += TimeSpan.FromSeconds(1); return (await Cards(order))[0].Status == RefundStatus.Settled; });
        office.Stripe.Refunds.ShouldHaveSingleItem();
        await office.Verified();
    }

    [Fact]
    public async Task A_no_of_the_providers_is_seen_and_can_be_tried_again()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        office.Stripe.RefundFault = "balance_insufficient";
        var refund = await Refund(order, null);
        await Host.HandleDueMessages();
        var card = (await RefundsOf.ThatNeedALook(BoxOffice.Event, Host.Db, default)).ShouldHaveSingleItem();
        card.FailedBecause.ShouldBe("balance_insufficient");
        (await office.Inventory()).Quotas[BoxOffice.TalksQuota].Free.ShouldBe(19); // no place is sold again before the money has gone
        (await IssuedTicket.Find(TicketId.Of(order, 1), Host.Db, default))!.RevokedAt.ShouldNotBeNull();

        office.Stripe.RefundFault = null;
        await Host.Bus.InvokeAsync(new RetryRefund(refund, BoxOffice.Organization, "ada"), default);
        await Host.HandleDueMessages();
        (await Cards(order))[0].Status.ShouldBe(RefundStatus.Settled);
        (await office.Inventory()).Quotas[BoxOffice.TalksQuota].Free.ShouldBe(20);
        await office.Verified();
    }

    [Fact]
    public async Task A_refund_that_waits_at_the_bank_is_settled_or_fails_by_webhook_in_any_order_and_number()
    {
        office.Stripe.RefundStatus = "pending";
        var order = await office.Buy(BoxOffice.Talks, 2);
        var first = await Refund(order, TicketId.Of(order, 1));
        office.Clock.Now += TimeSpan.FromSeconds(1);
        var second = await Refund(order, TicketId.Of(order, 2));
        await Host.HandleDueMessages();
        var ids = office.Stripe.Refunds.ToDictionary(r => r.RefundId, r => r.Id);
        await Note(first, "succeeded", "evt_1");
        await Note(first, "pending", "evt_0");
        await Note(second, "failed", "evt_2");
        await Note(second, "failed", "evt_2");
        (await Cards(order)).Select(c => c.Status).ShouldBe([RefundStatus.Settled, RefundStatus.Failed]);

        office.Stripe.RefundStatus = "succeeded";
        await Host.Bus.InvokeAsync(new RetryRefund(second, BoxOffice.Organization, "ada"), default);
        await Host.HandleDueMessages();
        await Note(second, "failed", "evt_3"); // of the attempt before
        (await Cards(order)).Select(c => c.Status).ShouldBe([RefundStatus.Settled, RefundStatus.Settled]);
        (await office.Inventory()).Quotas[BoxOffice.TalksQuota].Free.ShouldBe(20);
        (await Host.Bus.InvokeAsync<bool>(new NoteRefundOutcome(order, "re_x", "failed", null, null, 10_400, "eur", null), default)).ShouldBeFalse();
        await office.Verified();

        Task Note(Guid refund, string status, string delivery) => Host.Bus.InvokeAsync<bool>(new NoteRefundOutcome(refund, ids[refund], status, null, null, 10_400, "eur", delivery), default);
    }

    [Fact]
    public async Task An_hour_without_the_provider_gives_the_money_back_once_and_by_itself()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        office.Stripe.Away = true;
        await Refund(order, null);
        for (var minutes = 0; minutes < 65; minutes += 5)
        {
            await Host.HandleDueMessages();
            office.Clock.Now += TimeSpan.FromMinutes(5);
        }
        (await Cards(order))[0].Status.ShouldBe(RefundStatus.Approved);
        (await RefundsOf.ThatNeedALook(BoxOffice.Event, Host.Db, default)).ShouldBeEmpty();
        office.Stripe.Away = false;
        office.Clock.Now += TimeSpan.FromMinutes(5);
        await Host.HandleDueMessages();
        (await Cards(order))[0].Status.ShouldBe(RefundStatus.Settled);
        office.Stripe.Refunds.ShouldHaveSingleItem();
        await office.Verified();
    }

    [Fact]
    public async Task A_refund_whose_message_gave_up_needs_a_look_and_goes_on_under_its_own_key()
    {
        var (order, other) = (await office.Buy(BoxOffice.Talks, 1), await office.Buy(BoxOffice.Talks, 1));
        office.Stripe.LoseAnswers = 3; // done, and we don't know
        var refund = await Refund(order, null);
        await Host.HandleDueMessages();
        await Refund(other, null);
        await Host.HandleDueMessages();
        await using (var give = Host.Db.Command("update messages set dead = 'a mistake of ours' where type = 'refund-approved'")) (await give.ExecuteNonQueryAsync()).ShouldBe(1);

        (await RefundsOf.ThatNeedALook(BoxOffice.Event, Host.Db, default)).ShouldHaveSingleItem().Id.ShouldBe(refund);
        (await RefundsOf.Stuck(await Cards(order), Host.Db, default)).ShouldBe([refund]);
        (await RefundsOf.Stuck(await Cards(other), Host.Db, default)).ShouldBeEmpty();

        await Host.Bus.InvokeAsync(new RetryRefund(refund, BoxOffice.Organization, "ada"), default);
        await Host.HandleDueMessages();
        (await Cards(order))[0].Status.ShouldBe(RefundStatus.Settled);
        (await RefundsOf.ThatNeedALook(BoxOffice.Event, Host.Db, default)).ShouldBeEmpty();
        office.Stripe.Refunds.Count.ShouldBe(2);
        await office.Verified();
    }

    [Theory]
    [InlineData("succeeded", RefundStatus.Settled)]
    [InlineData("failed", RefundStatus.Failed)]
    [InlineData("pending", RefundStatus.Sent)]
    public async Task What_became_of_a_refund_is_learned_without_a_webhook(string says, RefundStatus learned)
    {
        office.Stripe.RefundStatus = "pending";
        var order = await office.Buy(BoxOffice.Talks, 1);
        await Refund(order, null);
        await Host.HandleDueMessages();
        office.Stripe.RefundStatus = says;
        await Look(TimeSpan.FromMinutes(9));
        (await Cards(order))[0].Status.ShouldBe(RefundStatus.Sent);
        await Look(TimeSpan.FromMinutes(2));
        (await Cards(order))[0].Status.ShouldBe(learned);
        (await Host.Db.QueryFirst<long>("select count(*) from doc_refund where asked is not null", default)).ShouldBe(1);
        await office.Verified();

        async Task Look(TimeSpan later)
        {
            office.Clock.Now += later;
            await Host.Bus.InvokeAsync(new ReconcileRefunds(), default);
            await Host.HandleDueMessages();
        }
    }

    [Theory]
    [InlineData(10_399, "eur", null)]
    [InlineData(10_400, "usd", null)]
    [InlineData(10_400, "eur", "acct_other")]
    public async Task A_word_about_another_account_amount_or_currency_changes_nothing_and_is_seen(long amount, string currency, string? account)
    {
        office.Stripe.RefundStatus = "pending";
        var order = await office.Buy(BoxOffice.Talks, 1);
        var refund = await Refund(order, null);
        await Host.HandleDueMessages();
        var hearer = Host.Get<IEnumerable<IStripeEvents>>().Single(h => h.Types.Contains("refund.updated"));
        for (var times = 1; times <= 2; times++)
            await hearer.Handle(new($"evt_{times}", "refund.updated", account, null, 0, new(System.Text.Json.JsonSerializer.SerializeToElement(new { id = office.Stripe.Refunds.Single().Id, amount, currency, status = "succeeded", metadata = new { refund_id = refund.ToString() } }))), default);

        var card = (await Cards(order))[0];
        card.Status.ShouldBe(RefundStatus.Sent);
        card.Doubt.ShouldNotBeNull().ShouldSatisfyAllConditions(d => d.Amount.ShouldBe(amount), d => d.Account.ShouldBe(account), d => d.Currency.ShouldBe(currency.ToUpperInvariant()));
        (await Host.Db.QueryFirst<long>("select count(*) from events where type = 'refund-doubted'", default)).ShouldBe(1);
        (await OrderStory.Of(await Order(order), [card], Host.Store, Host.Db, default)).ShouldContain(h => h.Words.Contains("isn’t ours as we know it", StringComparison.Ordinal));
        await office.Verified();
    }

    [Fact]
    public async Task Money_that_came_too_late_goes_back_by_itself_once()
    {
        var order = await office.Hold(BoxOffice.Talks, 10);
        await office.Place(order);
        office.Clock.Now += TimeSpan.FromMinutes(20);
        await office.Buy(BoxOffice.Talks, 10);
        await office.Buy(BoxOffice.Talks, 8);
        var payment = await office.Payment(order);
        (await Should.ThrowAsync<Refused>(() => Host.Bus.InvokeAsync<Confirmed>(payment, default))).Key.ShouldBe("checkout.sold-out-meanwhile");
        for (var i = 0; i < 2; i++)
            await Host.Bus.InvokeAsync(new ReturnPayment(order, payment.PaymentId, null, payment.Amount, "sold-out", null), default);
        await Host.HandleDueMessages();
        var late = new PaymentCameTooLate(order, BoxOffice.Event, BoxOffice.Organization, payment.PaymentId, null, payment.Amount, "EUR", "sold-out", office.Clock.Now);
        await office.Hear(db => ReturnLatePaymentHandler.Handle(late, db, office.Clock, default));
        await Host.HandleDueMessages();
        office.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(104_000);
        (await Cards(order)).ShouldHaveSingleItem().Kind.ShouldBe(RefundKind.LatePayment);
        await office.Verified();
    }

    [Fact]
    public async Task Another_organizations_order_a_foreign_ticket_and_a_note_too_long_are_refused()
    {
        var (order, other) = (await office.Buy(BoxOffice.Talks, 1), await office.Buy(BoxOffice.Talks, 1));
        await No("refunds.no-such-order", new(order, BoxOffice.Event, null, "eve", RefundReason.Requested));
        await No("refunds.no-such-order", new(BoxOffice.Talks, BoxOffice.Organization, null, "ada", RefundReason.Requested));
        await No("refunds.no-such-ticket", new(order, BoxOffice.Organization, [TicketId.Of(other, 1)], "ada", RefundReason.Requested));
        await No("refunds.no-such-ticket", new(order, BoxOffice.Organization, [TicketId.Of(order, 1), TicketId.Of(order, 1)], "ada", RefundReason.Requested));
        await No("refunds.nothing-chosen", new(order, BoxOffice.Organization, [], "ada", RefundReason.Requested));
        await No("refunds.no-such-reason", new(order, BoxOffice.Organization, null, "ada", "because Ada asked"));
        await No("refunds.note-too-long", new(order, BoxOffice.Organization, null, "ada", RefundReason.Requested, new string('x', 501)));
        office.Stripe.Refunds.ShouldBeEmpty();

        async Task No(string key, RefundOrder command) => (await Should.ThrowAsync<Refused>(() => Host.Bus.InvokeAsync<Guid>(command, default))).Key.ShouldBe(key);
    }
}
