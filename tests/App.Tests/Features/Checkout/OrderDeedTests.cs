using System.Net;
using System.Text.RegularExpressions;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

public sealed class OrderDeedTests
{
    static (string, string)[] Hidden(string html) =>
        [.. Regex.Matches(html, "<input type=\"hidden\" name=\"(order|amounts|batch|confirmed)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))];

    static (string, string)[] Ticked(params Guid[] orders) => [.. orders.Select(o => ("order", o.ToString()))];

    [Fact]
    public async Task Ticked_orders_are_refunded_to_the_cent_once_and_those_that_cannot_be_are_named()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);
        var (one, two, partly) = (await app.Sell(show, 1, "Ada One", sandbox: sandbox), await app.Sell(show, 2, "Bob Two", sandbox: sandbox), await app.Sell(show, 3, "Cleo Three", sandbox: sandbox));
        var gone = await app.Sell(show, 1, "Dora Gone", sandbox: sandbox);
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(gone, show.OrganizationId, null, "ada", RefundReason.Requested), default);
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(partly, show.OrganizationId, [App.Features.Tickets.Contracts.TicketId.Of(partly, 1)], "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        var elsewhere = await app.Sell(await app.AddShow(slug: "other", amount: 4500), 1, sandbox: sandbox);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/orders/refund";
        await browser.Get($"/office/events/{show.EventId}/orders");

        var review = await browser.PostForm(path + "?handler=choose", Ticked(one, two, partly, gone, elsewhere));
        review.Text.ShouldContain("Refund 3 orders, €225.00");
        foreach (var amount in new[] { "€45.00", "€90.00" }) review.Text.ShouldContain(amount);
        review.Text.ShouldContain("1 order can’t be refunded Dora Gone");
        review.Text.ShouldContain("Every ticket is refunded already");
        (await RefundsOf.Order(one, app.Db, default)).ShouldBeEmpty("nothing before it is confirmed");

        var fields = (((string, string)[])[.. Hidden(review.Html), ("reason", RefundReason.EventCancelled)]).ToArray();
        var pressed = await Task.WhenAll(browser.PostForm(path, fields), browser.PostForm(path, fields));
        pressed.ShouldAllBe(p => p.Status == HttpStatusCode.Redirect && p.Location == pressed[0].Location);
        await app.HandleDueMessages();
        (await browser.PostForm(path, fields)).Location.ShouldBe(pressed[0].Location, "late, the same deed");
        await app.HandleDueMessages();

        var deed = await browser.Get(pressed[0].Location!);
        deed.Text.ShouldContain("Refund of 3 orders");
        deed.Text.ShouldContain("All done");
        deed.Text.ShouldContain("€45.00 on its way back");
        (await sandbox.Ledger()).GetProperty("refunds").EnumerateArray().Sum(r => r.GetProperty("amount").GetInt64()).ShouldBe(22_500 + 4_500 + 4_500);
        (await RefundsOf.Order(elsewhere, app.Db, default)).ShouldBeEmpty();
        (await app.Get<App.Infrastructure.Verification.Verifier>().Run(default)).Results.SelectMany(r => r.Faults).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_refunded_meanwhile_stops_the_deed_before_it_begins_and_an_order_that_changes_under_way_stops_only_itself()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var (one, two) = (await app.Sell(show, 1, "Ada One"), await app.Sell(show, 2, "Bob Two"));
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/orders/refund";
        await browser.Get($"/office/events/{show.EventId}/orders");
        var review = await browser.PostForm(path + "?handler=choose", Ticked(one, two));
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(one, show.OrganizationId, null, "ada", RefundReason.Requested), default);

        var late = await browser.PostForm(path, [.. Hidden(review.Html), ("reason", RefundReason.Requested)]);
        late.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        late.Text.ShouldContain("The amount is another one by now");
        (await RefundsOf.Order(two, app.Db, default)).ShouldBeEmpty();

        var (batch, tickets) = (App.Infrastructure.Ids.New(app.Clock.Now), App.Features.Tickets.Contracts.TicketId.Of(one, 1));
        await app.Bus.InvokeAsync(new RefundOrders(batch, show.OrganizationId,
            [new(batch, one, show.OrganizationId, [tickets], 0, "EUR", "ada", RefundReason.Requested), new(batch, two, show.OrganizationId, [App.Features.Tickets.Contracts.TicketId.Of(two, 1)], 0, "EUR", "ada", RefundReason.Requested)]), default);
        await app.HandleDueMessages();
        var deed = await browser.Get(OrderDeeds.Path(show.EventId, batch));
        deed.Text.ShouldContain("1 of 2 done, 1 not");
        deed.Text.ShouldContain("One of these tickets was refunded meanwhile");
        deed.Html.ShouldNotContain("hx-get", customMessage: "it is over, so nothing is asked for any more");
    }

    [Fact]
    public async Task Tickets_of_ticked_orders_go_out_again_once_each()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var (one, two) = (await app.Sell(show, 1, "Ada One", "ada@example.org"), await app.Sell(show, 2, "Bob Two", "bob@example.org"));
        var gone = await app.Sell(show, 1, "Cleo Gone", "cleo@example.org");
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(gone, show.OrganizationId, null, "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        var before = app.Mails.Count;
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/orders/send";
        await browser.Get($"/office/events/{show.EventId}/orders");

        var review = await browser.PostForm(path + "?handler=choose", Ticked(one, two, gone));
        review.Text.ShouldContain("Send the tickets of 2 orders again");
        review.Text.ShouldContain("Every ticket is refunded");
        var pressed = await Task.WhenAll(browser.PostForm(path, Hidden(review.Html)), browser.PostForm(path, Hidden(review.Html)));
        await app.HandleDueMessages();

        (await browser.Get(pressed[0].Location!)).Text.ShouldContain("All done");
        app.Mails.Skip(before).Select(m => m.To).Order().ShouldBe(["ada@example.org", "bob@example.org"]);
        (await browser.PostForm(path + "?handler=choose", [], follow: true)).Address.AbsolutePath.ShouldBe($"/office/events/{show.EventId}/orders");
    }

    [Fact]
    public async Task Ticked_orders_alone_are_exported_and_a_formula_stays_text()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var (one, _) = (await app.Sell(show, 1, "=cmd|' /C calc'!A0", "ada@example.org"), await app.Sell(show, 2, "Bob Two", "bob@example.org"));
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        await browser.Get($"/office/events/{show.EventId}/orders");

        var csv = await browser.PostForm($"/office/events/{show.EventId}/orders?handler=export", Ticked(one));

        csv.Html.ShouldContain("\"'=cmd|' /C calc'!A0\"");
        csv.Html.ShouldNotContain("Bob");
        csv.Html.Trim().Split('\n').Length.ShouldBe(2);
    }
}
