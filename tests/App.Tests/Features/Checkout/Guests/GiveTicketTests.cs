using System.Net;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Guests;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Scanning;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Mail;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static App.Features.Checkout.Guests.GiveTicketHandler;

namespace App.Tests.Features.Checkout.Guests;

public sealed class GiveTicketTests
{
    static readonly DateTimeOffset Noon = new(2027, 5, 1, 12, 0, 0, TimeSpan.Zero), Doors = Noon.AddHours(3);
    static readonly Guid Ticket = Guid.Parse("01890000-0000-7000-8000-000000000001");
    static readonly Order Paid = Order.Empty with { Id = Guid.Parse("01890000-0000-7000-8000-000000000002"), Status = OrderStatus.Paid };

    static Order After(params TicketGiven[] facts) => facts.Aggregate(Paid, (order, fact) => Order.Evolve(order, fact));
    static TicketGiven Given(int revision, bool toGuest = true, bool again = false) => new(Paid.Id, Paid.EventId, Ticket, toGuest, revision, Noon, again);
    static TicketGiven? Give(Order order, int known, bool isSame = false) => Decide(new(order.Id, 1, new(order.Id, "Rui", "rui@example.org"), known), order, Ticket, true, isSame, Doors, Noon);
    static TicketGiven? Back(Order order, int known) => Decide(new(order.Id, 1, null, known), order, Ticket, true, false, Doors, Noon);
    static string Refusal(Order order, bool isValid = true, DateTimeOffset? now = null, int known = 0) =>
        Should.Throw<Refused>(() => Decide(new(order.Id, 1, new(order.Id, "Rui", "rui@example.org"), known), order, Ticket, isValid, false, Doors, now ?? Noon)).Key;

    [Fact]
    public void A_ticket_changes_hands_and_counts_it() => (Give(Paid, 0), Give(After(Given(1)), 1), Back(After(Given(1)), 1)).ShouldBe((Given(1), Given(2), Given(2, toGuest: false)));

    [Fact]
    public void What_is_the_buyers_cannot_be_taken_back() => (Back(Paid, 0), Back(After(Given(1), Given(2, false)), 1)).ShouldBe((null, null));

    [Fact]
    public void Given_to_the_same_person_only_the_mail_goes_again_and_a_second_press_does_nothing() => (Give(After(Given(1)), 1, isSame: true), Give(After(Given(1)), 0, isSame: true)).ShouldBe((Given(2, again: true), null));

    [Fact]
    public void What_another_window_did_is_not_undone_unseen() =>
        (Refusal(After(Given(1)), known: 0), Should.Throw<Refused>(() => Back(After(Given(1), Given(2)), 1)).Key).ShouldBe(("order.guests-changed", "order.guests-changed"));

    [Fact]
    public void Nobody_gives_what_is_not_paid_void_too_late_or_too_often() =>
        (Refusal(Paid with { Status = OrderStatus.Placed }), Refusal(Paid, isValid: false), Refusal(Paid, now: Doors), Refusal(After(Given(MostTimes)), known: MostTimes)).ShouldBe(("checkout.no-such-order", "order.guests-void", "order.guests-closed", "order.guests-too-often"));

    /// <summary>A ticket that was given away kept its code: whoever had it before came in with it.</summary>
    [Fact]
    public async Task A_guest_gets_a_ticket_of_their_own_and_what_others_had_of_it_before_opens_nothing()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var (order, other) = (await app.Sell(show, 2), await app.Sell(show, email: "other@example.org"));
        var path = app.Get<OrderLinks>().OrderPath(order);
        var first = await Code(order, 2);
        using var buyer = app.Browser();
        app.Own(buyer, order);
        (await buyer.Get(path)).Html.ShouldContain($"href=\"{path}/guests\"");
        var page = await buyer.Get(path + "/guests");
        (page.Text.Contains("sign in", StringComparison.OrdinalIgnoreCase), page.Header("Cache-Control"), page.Header("Referrer-Policy")).ShouldBe((false, "no-store", "no-referrer"));
        (await buyer.Get("/order/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/guests")).Status.ShouldBe(HttpStatusCode.NotFound);

        var wrong = await Give("Rui Costa", "no address");
        (wrong.Status, wrong.Html.Contains("value=\"Rui Costa\"", StringComparison.Ordinal), wrong.Html.Contains("value=\"no address\"", StringComparison.Ordinal), wrong.Html.Contains("id=\"email-2-e\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true, true));
        (await Give("Rui Costa", "rui@example.org", number: 3)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "there is no third ticket");

        var mails = app.Mails.Count;
        (await buyer.Get((await Give("Rui Costa", "rui@example.org")).Location!.Split('#')[0])).Text.ShouldContain("Ticket 2 is given. The mail with it is on its way.");
        await app.HandleDueMessages();
        var mail = app.Mails.Skip(mails).ShouldHaveSingleItem();
        // Neither the order's page nor its number: who has those has all its tickets.
        mail.To.ShouldBe("rui@example.org");
        foreach (var words in new[] { mail.Text, mail.Html!, mail.Subject })
            foreach (var secret in new[] { "/order/", path.Split('/')[^1], Ids.Short(order) }) words.ShouldNotContain(secret);
        (mail.Text.Contains("Rui Costa", StringComparison.Ordinal), mail.Text.Contains(show.Path, StringComparison.Ordinal), mail.Files.Select(f => f.Name).ShouldHaveSingleItem()).ShouldBe((true, true, "ticket-2.png"));
        (await buyer.Get(path)).Text.ShouldContain("Ticket 2 of 2, Rui Costa");

        // Who found the page open in another window sees what happened there, and what they typed.
        var late = await Give("Eva Lima", "eva@example.org");
        (late.Status, late.Text.Contains("has changed hands since you opened the page", StringComparison.Ordinal), late.Text.Contains("It is Rui Costa’s.", StringComparison.Ordinal), late.Html.Contains("value=\"Eva Lima\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true, true));
        (await Give("Rui Costa", "rui@example.org")).Status.ShouldBe(HttpStatusCode.Redirect, "a second press of the same button");
        await app.HandleDueMessages();
        app.Mails.Count.ShouldBe(mails + 1);

        // The same again sends the mail again, with the code that it has.
        var ruis = await Code(order, 2);
        await Give("Rui Costa", "rui@example.org", known: 1);
        await app.HandleDueMessages();
        (app.Mails.Count, await Code(order, 2)).ShouldBe((mails + 2, ruis));

        await Give("Ana Luz", "ana@example.org", known: 2);
        await app.HandleDueMessages();
        app.Mails[^1].To.ShouldBe("ana@example.org");
        var anas = await Code(order, 2);
        foreach (var former in new[] { first, ruis }) (await Scan(former)).Scan.Verdict.ShouldBe(Verdict.OldCode);
        (await Guest.Find(show.EventId, "ana", app.Db, default)).Select(g => g.Name).ShouldBe(["Inês Duarte", "Ana Luz"]);
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await office.Get($"/office/orders/{order}")).Text.ShouldContain("Given to Ana Luz, ana@example.org");
        (await office.Get($"/office/events/{show.EventId}/orders?q=luz")).Text.ShouldContain("Inês Duarte");

        (await buyer.PostForm(path + "/guests?handler=Back", ("number", "2"), ("known", "3"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Scan(anas)).Scan.Verdict.ShouldBe(Verdict.OldCode);
        (await buyer.Get(path)).Text.ShouldContain("Ticket 2 of 2, Inês Duarte");
        (await Scan(await Code(order, 2))).Scan.Verdict.ShouldBe(Verdict.Valid);
        (await Scan(await Code(other, 1))).Scan.Verdict.ShouldBe(Verdict.Valid, "another order's ticket is as it was");

        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, [TicketId.Of(order, 1)], "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        (await Give("Ana Luz", "ana@example.org", number: 1)).Text.ShouldContain("This ticket was given back");
        (await buyer.Get(path + "/guests")).Html.ShouldNotContain("name=\"name-1\"");
        (await app.Db.QueryFirst<long>("select count(*) from events where data::text like '%Ana Luz%' or data::text like '%rui@example.org%'", default)).ShouldBe(0);

        app.Clock.Now += TimeSpan.FromDays(61);
        app.Own(buyer, order);
        (await buyer.Get(path + "/guests")).Text.ShouldContain("Doors are open");
        (await Give("Ana Luz", "ana@example.org", known: 4)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        Task<WebPage> Give(string name, string email, int number = 2, int known = 0) => buyer.PostForm(path + "/guests", ("number", $"{number}"), ("known", $"{known}"), ($"name-{number}", name), ($"email-{number}", email));
        async Task<string> Code(Guid of, int number) => (await OrderTickets.Find(of, number, app.Db, default, fresh: true))!.Code;
        Task<ScanResult> Scan(string code) => app.Bus.InvokeAsync<ScanResult>(new ScanTicket(new(Ids.New(app.Clock.Now), show.EventId, "North", "phone", "staff", null), code), default);
    }

    [Fact]
    public async Task A_guests_mail_waits_for_the_events_hour_moves_with_it_and_is_seen_to_be_refused()
    {
        await using var app = await AppHost.Start(more: b => b.Services.AddSingleton(new Mailer((mail, _) => Task.FromResult(mail.To.StartsWith("nobody", StringComparison.Ordinal) ? new MailAnswer("550 nobody") : MailAnswer.Accepted))));
        var show = await app.AddShow();
        var doors = app.Clock.Now.AddDays(60).AddHours(-1);
        await Rule(24);
        var order = await app.Sell(show, 2);
        var path = app.Get<OrderLinks>().OrderPath(order) + "/guests";
        using var buyer = app.Browser();
        app.Own(buyer, order);
        (await buyer.PostForm(path, [("number", "2"), ("known", "0"), ("name-2", "Rui Costa"), ("email-2", "nobody@example.org")], follow: true)).Text.ShouldContain("The mail with it goes out on");
        await app.HandleDueMessages();
        (await Told()).ShouldBeEmpty();

        // The rule moves: so does the mail.
        await Rule(48);
        await app.HandleDueMessages();
        app.Clock.Now = doors.AddHours(-47);
        app.Own(buyer, order);
        await app.HandleDueMessages();
        (await Told()).ShouldBe(["550 nobody"]);
        (await buyer.Get(path)).Text.ShouldContain("nobody@example.org does not take mail. Correct the address");

        (await buyer.PostForm(path, [("number", "2"), ("known", "1"), ("name-2", "Rui Costa"), ("email-2", "rui@example.org")], follow: true)).Text.ShouldNotContain("does not take mail");
        await app.HandleDueMessages();
        (await Told()).ShouldBe(["550 nobody", null]);

        Task Rule(int hours) => app.Bus.InvokeAsync(new SaveEvent(show.EventId, show.OrganizationId, "", "", "EUR", "Europe/Lisbon") { Delivery = new(show.EventId, DeliveryKind.BeforeDoors, null, hours, app.Clock.Now) }, default);
        async Task<string?[]> Told() => [.. (await app.Db.Query<string>("select coalesce(data ->> 'refused', '-') from events where type = 'buyer-told' and data ->> 'mail' = 'guest' order by seq", default)).Select(r => r == "-" ? null : r)];
    }
}
