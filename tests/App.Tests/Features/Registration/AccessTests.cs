using App.Features.Checkout;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Tests.Support;
using static App.Features.Registration.AttendeeAccess;

namespace App.Tests.Features.Registration;

/// <summary>What gives access and what takes it away. The old system only ever gave (plaza.md §5, 12).</summary>
public sealed class AccessTests
{
    static readonly DateTimeOffset Noon = new(2027, 1, 12, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Ada = Guid.Parse("01890000-0000-7000-8000-000000000001"), Fair = Guid.Parse("01890000-0000-7000-8000-000000000002");
    static readonly AccessGround Ticket = new(GroundKind.Ticket, "ticket:1", "Regular"), Talk = new(GroundKind.Speaker, "speaker:1");
    static AttendeeAccess State(params object[] facts) => facts.Aggregate(Empty, Evolve);

    [Fact]
    public void A_reason_told_twice_is_one() => Admit(State(new AttendeeAdmitted(Fair, Ada, Ticket, Noon)), Ada, Fair, [Ticket], Noon).ShouldBeEmpty();

    [Fact]
    public void Access_ends_with_the_last_reason()
    {
        var both = State(new AttendeeAdmitted(Fair, Ada, Ticket, Noon), new AttendeeAdmitted(Fair, Ada, Talk, Noon));
        End(both, Ticket.Key, "refunded", Noon).ShouldBe([new AttendeeAccessEnded(Fair, Ada, Ticket, "refunded", true, Noon)]);
        End(State(new AttendeeAdmitted(Fair, Ada, Talk, Noon)), Talk.Key, "not-speaking", Noon).ShouldBe([new AttendeeAccessEnded(Fair, Ada, Talk, "not-speaking", false, Noon)]);
        End(both, "ticket:2", "refunded", Noon).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_gives_access_and_a_refund_takes_it_at_once_from_who_is_signed_in()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddConference();
        var order = await app.Sell(show, 2);
        using var browser = await app.SignedInAttendee(show, "ines@example.org");
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, [TicketId.Of(order, 1)], "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        (await app.Attendee(show, "ines@example.org"))!.Grounds.Length.ShouldBe(1);
        (await browser.Get(show.Path + "/sign-in")).Location.ShouldNotBeNull("one ticket is left");

        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, null, "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        (await app.Attendee(show, "ines@example.org"))!.HasAccess.ShouldBeFalse();
        (await browser.Get(show.Path + "/sign-in")).Location.ShouldBeNull();
        (await app.AskForLink(app.Browser(), show, "ines@example.org")).ShouldBeNull();
    }

    [Fact]
    public async Task A_corrected_address_takes_access_along_and_two_orders_are_one_person()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddConference();
        var order = await app.Sell(show, 1, email: "Ines@Exmaple.org");
        await app.Sell(show, 1, email: "INES@example.org");
        await app.Bus.InvokeAsync(new CorrectAddress(new OrderContact(order, "Inês Duarte", "ines@example.org"), show.OrganizationId), default);
        await app.HandleDueMessages();
        (await app.Attendee(show, "ines@example.org"))!.Grounds.Length.ShouldBe(2);
        (await app.Attendee(show, "ines@exmaple.org"))!.HasAccess.ShouldBeFalse();
    }

    /// <summary>Only the buyer had access: a colleague's ticket opened nothing.</summary>
    [Fact]
    public async Task A_ticket_that_is_given_away_lets_its_guest_in_and_taken_back_or_refunded_no_more()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddConference();
        var order = await app.Sell(show, 2);
        var path = app.Get<App.Features.Checkout.Contracts.OrderLinks>().OrderPath(order);
        using var buyer = app.Browser();
        app.Own(buyer, order);
        var mails = app.Mails.Count;
        await Give("Rui Costa", "rui@example.org", 0);
        await app.HandleDueMessages();
        var mail = app.Mails.Skip(mails).Single();
        (mail.To, mail.Text.Contains(show.Path + "/sign-in", StringComparison.Ordinal)).ShouldBe(("rui@example.org", true));
        ((await app.Attendee(show, "rui@example.org"))!.HasAccess, (await app.Attendee(show, "ines@example.org"))!.Grounds.Length).ShouldBe((true, 1));
        using var rui = await app.SignedInAttendee(show, "rui@example.org");

        // Named again: the one before has nothing; taken back: the buyer has it.
        await Give("Ana Luz", "ana@example.org", 1);
        await app.HandleDueMessages();
        ((await app.Attendee(show, "rui@example.org"))!.HasAccess, (await app.Attendee(show, "ana@example.org"))!.HasAccess).ShouldBe((false, true));
        (await buyer.PostForm(path + "/guests?handler=Back", ("number", "2"), ("known", "2"))).Status.ShouldBe(System.Net.HttpStatusCode.Redirect);
        await app.HandleDueMessages();
        ((await app.Attendee(show, "ana@example.org"))!.HasAccess, (await app.Attendee(show, "ines@example.org"))!.Grounds.Length).ShouldBe((false, 2));

        // Whoever deletes themselves is named nowhere, and the ticket is still not its buyer's.
        await Give("Rui Costa", "rui@example.org", 3);
        await app.HandleDueMessages();
        using var again = await app.SignedInAttendee(show, "rui@example.org");
        await again.Get(show.Path + "/profile?deleting=true");
        (await again.PostForm(show.Path + "/profile?handler=delete")).Location.ShouldBe(show.Path);
        await app.HandleDueMessages();
        foreach (var table in new[] { "doc_ticket_guest", "events", "messages" }) (await app.Db.QueryFirst<long>($"select count(*) from {table} t where t::text like '%Rui Costa%' or t::text like '%rui@example.org%'", default)).ShouldBe(0, table);
        ((await buyer.Get(path)).Text.Contains("Ticket 2 of 2, guest", StringComparison.Ordinal), (await buyer.Get(path + "/guests")).Text.Contains("somebody who has deleted their name", StringComparison.Ordinal)).ShouldBe((true, true));
        (await App.Features.Scanning.Guest.Find(show.EventId, "ines@", app.Db, default)).Select(g => g.Name).ShouldBe(["Inês Duarte", "A guest of Inês Duarte"]);
        await app.Bus.InvokeAsync(new CorrectAddress(new OrderContact(order, "Inês Duarte", "duarte@example.org"), show.OrganizationId), default);
        await app.HandleDueMessages();
        (await app.Attendee(show, "duarte@example.org"))!.Grounds.Length.ShouldBe(1);

        await Give("Rui Costa", "rui@example.org", 4);
        await app.HandleDueMessages();
        (await app.Attendee(show, "rui@example.org"))!.HasAccess.ShouldBeTrue("the buyer wants it so");
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, [TicketId.Of(order, 2)], "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        (await app.Attendee(show, "rui@example.org"))!.HasAccess.ShouldBeFalse();

        Task<WebPage> Give(string name, string email, int known) => buyer.PostForm(path + "/guests", ("number", "2"), ("known", $"{known}"), ("name-2", name), ("email-2", email));
    }

    [Fact]
    public async Task A_concert_has_no_attendees()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        await app.Sell(show);
        (await app.Attendee(show, "ines@example.org")).ShouldBeNull();
        (await app.Browser().Get(show.Path + "/sign-in")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_confirmed_speaker_has_access_and_who_speaks_no_more_loses_it()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddConference();
        var e = (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!;
        await SetEmail("AdaQuill@example.org");
        await app.Get<Roster>().Compare(e, default);
        (await app.Attendee(show, "adaquill@example.org")).ShouldBeNull("nobody is written down before they ask");
        using var browser = await app.SignedInAttendee(show, "adaquill@example.org");
        (await app.Attendee(show, "adaquill@example.org"))!.ToAttendee().Roles.ShouldBe([AttendeeRole.Speaker]);
        await SetEmail("");
        await app.Get<Roster>().Compare(e, default);
        (await app.Attendee(show, "adaquill@example.org"))!.HasAccess.ShouldBeFalse();

        async Task SetEmail(string email)
        {
            await using var command = app.Db.Command("update doc_speaker set data = data || jsonb_build_object('email', $1::text) where data ->> 'name' = 'Ada Quill'", email);
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(" Ada@Example.ORG ", "ada@example.org")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada+fair@example.org", "ada+fair@example.org")]
    [InlineData("no address", null)]
    [InlineData("Ada <ada@example.org>", null)]
    [InlineData("ada@example.org,bo@example.org", null)]
    public void An_address_has_one_spelling(string typed, string? stored) => EmailAddress.Normalise(typed).ShouldBe(stored);
}
