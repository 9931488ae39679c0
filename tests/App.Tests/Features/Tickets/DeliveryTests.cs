using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Vendors.SendGrid;
using App.Tests.Support;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class DeliveryTests
{
    static readonly Delivery BeforeDoors = new(DeliveryKind.BeforeDoors, null, 24);
    static DateTimeOffset DayBefore => Doors.AddHours(-24);

    [Fact]
    public async Task A_paid_order_gets_its_tickets_at_once_and_once()
    {
        await using var house = await Open();
        var order = await house.Sell();
        await house.Host.HandleDueMessages();
        var mail = house.Sent.ShouldHaveSingleItem();
        mail.To.ShouldBe("ines@example.com");
        mail.Key.ShouldBe($"tickets.{order:N}.1");
        await house.Do(new SendTickets(order, 1));
        house.Sent.Count.ShouldBe(1);
        (await house.State(order)).ShouldSatisfyAllConditions(s => s.SentAt.ShouldBe(Noon), s => s.Waits.ShouldBeFalse(), s => s.Failed.ShouldBeNull());
    }

    [Fact]
    public async Task A_rule_of_hours_before_doors_holds_tickets_back_until_then_and_says_when_they_come()
    {
        await using var house = await Open(BeforeDoors);
        var order = await house.Sell();
        await house.Host.HandleDueMessages();
        var told = house.Sent.ShouldHaveSingleItem();
        told.Key.ShouldStartWith("tickets-scheduled.");
        told.Text.ShouldContain("Thursday 11 March 2027, 19:00, Lisbon time");
        told.Files.ShouldBeEmpty();
        (await house.State(order)).ShouldSatisfyAllConditions(s => s.Waits.ShouldBeTrue(), s => s.Due.ShouldBe(DayBefore));
        await house.MoveTo(DayBefore.AddSeconds(-1));
        house.TicketsSent.ShouldBeEmpty();
        await house.MoveTo(DayBefore);
        house.TicketsSent.Count.ShouldBe(1);
        (await house.Waiting()).ShouldBeEmpty();
        (await house.State(order)).Waits.ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_of_a_date_sends_on_that_date()
    {
        await using var house = await Open(new(DeliveryKind.AtDate, Noon.AddDays(10), null));
        await house.Sell();
        await house.MoveTo(Noon.AddDays(10).AddSeconds(-1));
        house.TicketsSent.ShouldBeEmpty();
        await house.MoveTo(Noon.AddDays(10));
        house.TicketsSent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_moves_later_takes_its_mails_along()
    {
        await using var house = await Open(BeforeDoors);
        await house.Sell();
        await house.Date(Doors.AddDays(7));
        await house.Settle();
        await house.MoveTo(DayBefore.AddHours(1));
        house.TicketsSent.ShouldBeEmpty();
        await house.MoveTo(DayBefore.AddDays(7));
        house.TicketsSent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_moves_earlier_takes_its_mails_along()
    {
        await using var house = await Open(BeforeDoors);
        await house.Sell();
        await house.Date(Doors.AddDays(-7));
        await house.Settle();
        await house.MoveTo(DayBefore.AddDays(-7));
        house.TicketsSent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_rule_that_becomes_at_once_sends_all_that_waits_page_by_page()
    {
        await using var house = await Open(BeforeDoors);
        for (var i = 0; i < 12; i++) await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => house.Sell(1, email: null)));
        var (late, waiting) = (await house.Sell(), await house.Waiting());
        waiting.Count.ShouldBe(1201);
        await house.Rule(new(DeliveryKind.AtOnce, null, null));
        await Eventually.Is(async () => (await house.Waiting()).Count == 0);
        house.TicketsSent.ShouldHaveSingleItem().Key.ShouldContain(late.ToString("N"));
    }

    [Fact]
    public async Task An_order_sold_by_an_old_rule_just_after_the_change_is_caught_by_the_second_look()
    {
        await using var house = await Open(BeforeDoors);
        await house.Rule(new(DeliveryKind.AtOnce, null, null));
        await house.Settle();
        var order = await house.Sell();
        await house.Host.HandleDueMessages();
        // As if a process that had not heard yet had sold it.
        await house.Do(new Delay(order, Event, DayBefore, 2));
        await house.MoveTo(Noon.AddSeconds(31));
        house.TicketsSent.Select(m => m.Key).ShouldContain($"tickets.{order:N}.2");
    }

    [Fact]
    public async Task What_waits_survives_a_restart()
    {
        var connection = await Databases.New(CounterModule.Sql);
        await using (var first = await Open(BeforeDoors, connection: connection))
        {
            await first.Sell();
            await first.Settle();
        }
        await using var second = await Start(connection, new TestClock(DayBefore.AddMinutes(1)));
        await Eventually.Is(() => Task.FromResult(second.TicketsSent.Count == 1));
    }

    [Fact]
    public async Task Two_workers_send_each_order_once()
    {
        var connection = await Databases.New(CounterModule.Sql);
        await using var house = await Open(BeforeDoors, connection: connection);
        await using var rival = await Start(connection, house.Clock);
        for (var i = 0; i < 30; i++) await house.Sell(1);
        await house.Settle();
        house.Clock.Now = DayBefore;
        await Eventually.Is(async () => (await house.Waiting()).Count == 0);
        house.TicketsSent.Concat(rival.TicketsSent).Select(m => m.Key).ShouldBeUnique();
        (house.TicketsSent.Count + rival.TicketsSent.Count).ShouldBe(30);
    }

    [Fact]
    public async Task A_refused_address_is_a_fact_for_the_promoter_and_no_endless_retry()
    {
        var tries = 0;
        await using var house = await Open(provider: _ => { tries++; return Task.FromResult(new MailAnswer("refused")); });
        var order = await house.Sell();
        await house.Host.HandleDueMessages();
        (await house.State(order)).ShouldSatisfyAllConditions(s => s.Failed.ShouldBe("refused"), s => s.SentAt.ShouldBeNull());
        tries.ShouldBe(1);
        (await house.Host.Db.QueryFirst<long>("select count(*) from messages where type = 'send-tickets'", default)).ShouldBe(0);
    }

    [Fact]
    public async Task An_outage_is_tried_again_under_the_same_key()
    {
        var keys = new List<string>();
        await using var house = await Open(provider: mail =>
        {
            lock (keys) keys.Add(mail.Key);
            return keys.Count < 3 ? throw new HttpRequestException("no answer") : Task.FromResult(MailAnswer.Accepted);
        });
        await house.Sell();
        await Eventually.Is(() => { house.Clock.Now += TimeSpan.FromSeconds(1); return Task.FromResult(house.TicketsSent.Count == 1); });
        keys.Distinct().ShouldHaveSingleItem();
        keys.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_hour_without_the_provider_loses_no_mail_and_only_a_day_is_given_up_on()
    {
        var (away, keys) = (true, new HashSet<string>());
        await using var house = await Open(provider: mail =>
        {
            lock (keys) keys.Add(mail.Key);
            return away ? throw new SendGridUnavailableException("SendGrid answered 503.") : Task.FromResult(MailAnswer.Accepted);
        });
        var order = await house.Sell();
        for (var minutes = 0; minutes < 65; minutes += 5) await house.MoveTo(Noon.AddMinutes(minutes));
        house.TicketsSent.ShouldBeEmpty();
        (await house.GivenUp()).ShouldBeEmpty();
        away = false;
        await house.MoveTo(Noon.AddMinutes(70));
        house.TicketsSent.ShouldHaveSingleItem();

        away = true;
        await house.Do(new ResendTickets(order));
        await house.Host.HandleDueMessages();
        await house.MoveTo(Noon.AddHours(25));
        (await house.GivenUp()).ShouldBeEmpty(); // not a day since it began
        await house.MoveTo(Noon.AddHours(26));
        (await house.GivenUp()).ShouldHaveSingleItem().Dead.ShouldContain("503");
        (await DeliveryState.GaveUp(order, house.Host.Db, default)).ShouldBeTrue();
        keys.Order(StringComparer.Ordinal).ShouldBe([$"tickets.{order:N}.1", $"tickets.{order:N}.2"]);
    }

    [Fact]
    public async Task Sending_again_revives_a_first_mail_that_gave_up_and_moves_none_that_is_held_back()
    {
        var broken = true;
        await using var house = await Open(provider: _ => broken ? throw new InvalidOperationException("a mistake of ours") : Task.FromResult(MailAnswer.Accepted));
        var order = await house.Sell();
        for (var tries = 0; tries < 12; tries++) await house.MoveTo(Noon.AddMinutes(6 * tries));
        (await house.GivenUp()).ShouldHaveSingleItem();
        broken = false;
        (await house.Host.Bus.InvokeAsync<Resent>(new ResendTickets(order), default)).HeldUntil.ShouldBeNull();
        await house.Host.HandleDueMessages();
        house.TicketsSent.ShouldHaveSingleItem().Key.ShouldBe($"tickets.{order:N}.1");

        await house.Rule(BeforeDoors);
        await house.Settle();
        var held = await house.Sell();
        (await house.Host.Bus.InvokeAsync<Resent>(new ResendTickets(held), default)).HeldUntil.ShouldBe(DayBefore);
        await house.Host.HandleDueMessages();
        house.TicketsSent.Count.ShouldBe(1);
        (await house.Host.Bus.InvokeAsync<Resent>(new ResendTickets(order), default)).HeldUntil.ShouldBeNull(); // what went out once isn't held back again
        await house.Host.HandleDueMessages();
        await house.MoveTo(DayBefore);
        house.TicketsSent.Select(m => m.Key).ShouldBe([$"tickets.{order:N}.1", $"tickets.{order:N}.2", $"tickets.{held:N}.1"]);
    }

    [Fact]
    public async Task Refunded_tickets_are_left_out_and_an_order_without_any_is_not_mailed()
    {
        await using var house = await Open(BeforeDoors);
        var (one, all) = (await house.Sell(), await house.Sell());
        await house.Do(new Revoke(TicketId.Of(one, 1)));
        await house.Do(new Revoke(TicketId.Of(all, 1)));
        await house.Do(new Revoke(TicketId.Of(all, 2)));
        await house.MoveTo(DayBefore);
        var mail = house.TicketsSent.ShouldHaveSingleItem();
        mail.Key.ShouldContain(one.ToString("N"));
        mail.Text.ShouldContain("Ticket 2 of 2");
        mail.Text.ShouldNotContain("Ticket 1 of 2");
        (await house.Waiting()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_buyer_may_have_the_mail_again_as_another_revision_but_not_for_ever()
    {
        await using var house = await Open();
        var order = await house.Sell();
        await house.Host.HandleDueMessages();
        for (var i = 2; i <= 10; i++)
        {
            await house.Do(new ResendTickets(order));
            await house.Host.HandleDueMessages();
        }
        house.TicketsSent.Select(m => m.Key).ShouldBe(Enumerable.Range(1, 10).Select(r => $"tickets.{order:N}.{r}"));
        (await Should.ThrowAsync<Refused>(() => house.Do(new ResendTickets(order)))).Key.ShouldBe("tickets.sent-too-often");
    }

    [Fact]
    public async Task Each_mail_without_tickets_is_a_fact_and_goes_out_once_however_often_it_is_asked_for()
    {
        await using var house = await Open(BeforeDoors);
        var order = await house.Sell();
        PaymentCameTooLate late = new(order, Event, Organization, "pi_9", null, 9116, "EUR", "paid-twice", Noon);
        OrderRefundNoted first = new(Ids.From(order, "refund 1"), order, Event, Organization, 4558, "EUR", [TicketId.Of(order, 1)], Noon), second = first with { RefundId = Ids.From(order, "refund 2") };
        await house.Host.HandleDueMessages();
        for (var times = 0; times < 2; times++)
            foreach (var fact in new object[] { new MailSchedule(order, Event), late, first, second }) await house.Do(new TellAgain(fact));

        house.Sent.Select(m => m.Key[..m.Key.IndexOf('.', StringComparison.Ordinal)]).Order(StringComparer.Ordinal).ShouldBe(["refunded", "refunded", "tickets-scheduled", "too-late"]);
        (await house.Told(order, [first.RefundId, second.RefundId], ["pi_9"])).Select(m => (m.Mail, m.About, m.Refused)).ShouldBe(
            [(OrderMail.Scheduled, "1", null), (OrderMail.TooLate, "pi_9", null), (OrderMail.Refunded, first.RefundId.ToString(), null), (OrderMail.Refunded, second.RefundId.ToString(), null)]);
    }

    [Fact]
    public async Task A_mail_about_money_that_is_refused_or_has_no_address_is_settled_with_its_reason()
    {
        await using var house = await Open(provider: mail => Task.FromResult(mail.Key.StartsWith("refunded", StringComparison.Ordinal) ? new MailAnswer("550 to") : MailAnswer.Accepted));
        var (order, nobody) = (await house.Sell(), await house.Sell(email: null));
        OrderRefundNoted refund = new(Ids.From(order, "refund"), order, Event, Organization, 4558, "EUR", [TicketId.Of(order, 1)], Noon);
        await house.Host.HandleDueMessages();
        await house.Do(new TellAgain(refund));
        await house.Do(new TellAgain(new PaymentCameTooLate(nobody, Event, Organization, "pi_9", null, 9116, "EUR", "paid-twice", Noon)));

        (await house.Told(order, [refund.RefundId], [])).Select(m => m.Refused).ShouldBe([null, "550 to"]);
        (await house.Told(nobody, [], ["pi_9"])).Select(m => m.Refused).ShouldBe(["no-address", "no-address"]);
    }
}

/// <summary>Puts an order among those that wait.</summary>
public sealed record Delay(Guid OrderId, Guid EventId, DateTimeOffset Due, int Revision);

public static class DelayHandler
{
    public static Task Handle(Delay d, App.Infrastructure.Store.DocumentSession db)
    {
        db.Store(WaitingTickets.Until(d.Due, d.OrderId, d.EventId, d.Revision));
        SendTickets.At(d.Due, d.OrderId, d.Revision, db);
        return Task.CompletedTask;
    }
}

/// <summary>Something that a mail follows from is heard, perhaps once more.</summary>
public sealed record TellAgain(object Fact);

public static class TellAgainHandler
{
    public static Task Handle(TellAgain command, App.Infrastructure.Store.DocumentSession db, TicketPapers papers, TicketMails mails, Mailer mailer, CancellationToken ct) => command.Fact switch
    {
        MailSchedule m => MailScheduleHandler.Handle(m, db, papers, mails, mailer, ct),
        PaymentCameTooLate e => MailMoneyBackHandler.Handle(e, db, papers, mails, mailer, ct),
        var e => MailMoneyBackHandler.Handle((OrderRefundNoted)e, db, papers, mails, mailer, ct),
    };
}

static class DeliveryAsked
{
    public static ValueTask<DeliveryState> State(this TicketHouse house, Guid order) =>
        DeliveryState.Of(order, Event, house.Host.Db, house.Host.Get<EventCatalogue>(), house.Clock.Now, default);

    public static Task<IReadOnlyList<DeadLetter>> GivenUp(this TicketHouse house) => house.Host.Get<DeadLetters>().List(10, default);

    public static Task<IReadOnlyList<OrderMail>> Told(this TicketHouse house, Guid order, Guid[] refunds, string[] latePayments) =>
        OrderMail.Of(order, refunds, latePayments, 0, house.Host.Store, house.Host.Db, default);
}
