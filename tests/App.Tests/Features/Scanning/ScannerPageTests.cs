using System.Net;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Tests.Support;

namespace App.Tests.Features.Scanning;

public sealed class ScannerPageTests
{
    [Fact]
    public async Task A_code_opens_once_and_the_second_time_says_when_and_where()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2);
        var code = (await OrderTickets.Of(order, app.Db, default))[0].Code;
        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        var path = $"/door/{show.EventId}";
        (await door.Get($"{path}?gate=Gate%20A")).Text.ShouldContain("Gate A");

        var first = await door.PostForm(path, ("code", code), ("gate", "Gate A"), ("scanId", Ids.New(app.Clock.Now).ToString()));
        first.Html.ShouldContain("verdict go");
        first.Text.ShouldContain("Come in");
        first.Text.ShouldContain("Inês Duarte, Standing");
        app.Clock.Now += TimeSpan.FromMinutes(4);
        var again = await door.PostForm(path, ("code", code), ("gate", "Gate B"), ("scanId", Ids.New(app.Clock.Now).ToString()));
        again.Text.ShouldContain("Already in");
        again.Text.ShouldContain("Came in at 12:00, Gate A");
        (await door.PostForm(path, ("code", "NOT A TICKET"), ("gate", "Gate A"), ("scanId", Ids.New(app.Clock.Now).ToString()))).Text.ShouldContain("No entry");

        await app.HandleDueMessages();
        (await door.Get(path + "?handler=counts")).Text.ShouldContain("In 1 Still to come 1");
    }

    [Fact]
    public async Task The_same_upload_twice_is_one_scan()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var code = (await OrderTickets.Of(await app.Sell(show), app.Db, default))[0].Code;
        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        await door.Get($"/door/{show.EventId}");
        var scan = Ids.New(app.Clock.Now).ToString();
        for (var i = 0; i < 2; i++) (await door.PostForm($"/door/{show.EventId}", ("code", code), ("gate", "A"), ("scanId", scan))).Text.ShouldContain("Come in");
    }

    [Fact]
    public async Task Somebody_without_a_code_is_found_by_name_let_in_and_taken_back()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var ticket = (await OrderTickets.Of(await app.Sell(show), app.Db, default))[0];
        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        var path = $"/door/{show.EventId}";
        (await door.Get(path + "?q=duarte")).Html.ShouldContain(ticket.Id.ToString());

        (await door.PostForm(path + "?handler=guest", ("ticketId", ticket.Id.ToString()), ("gate", "A"), ("scanId", Ids.New(app.Clock.Now).ToString()))).Text.ShouldContain("Come in");
        await app.HandleDueMessages();
        (await door.Get(path + "?q=duarte")).Text.ShouldContain("In since 12:00");
        (await door.PostForm(path + "?handler=undo", [("ticketId", ticket.Id.ToString()), ("gate", "A")], follow: true)).Text.ShouldContain("opens once more");
        (await door.PostForm(path, ("code", ticket.Code), ("gate", "A"), ("scanId", Ids.New(app.Clock.Now).ToString()))).Text.ShouldContain("Come in");
    }

    [Fact]
    public async Task A_ticket_of_another_event_stays_out_and_tells_nothing_of_its_holder()
    {
        await using var app = await AppHost.Start();
        var (show, other) = (await app.AddShow(), await app.AddShow(slug: "other", title: "Other"));
        var code = (await OrderTickets.Of(await app.Sell(other), app.Db, default))[0].Code;
        using var door = await app.SignedIn(show.OrganizationId, StaffRole.Door);
        await door.Get($"/door/{show.EventId}");
        var page = await door.PostForm($"/door/{show.EventId}", ("code", code), ("gate", "A"), ("scanId", Ids.New(app.Clock.Now).ToString()));
        page.Text.ShouldContain("This ticket is for another event");
        page.Text.ShouldNotContain("Inês Duarte");
        page.Status.ShouldBe(HttpStatusCode.OK);
    }
}
