using System.Net;
using System.Text.RegularExpressions;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Refunds;

public sealed class RefundPageTests
{
    static (string, string)[] Fields(string html) => [.. Regex.Matches(html, "<input type=\"hidden\" name=\"(ticket|reason|note|confirmed)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))];

    [Fact]
    public async Task The_amount_is_shown_before_and_two_browsers_that_confirm_at_once_give_one_refund()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);
        var order = await app.Sell(show, 2, sandbox: sandbox);
        using var one = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        using var other = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        var path = $"/office/orders/{order}/refund";
        var tickets = Regex.Matches((await one.Get(path)).Html, "name=\"ticket\" value=\"([^\"]+)\"").Select(m => ("ticket", m.Groups[1].Value)).ToArray();
        await other.Get(path);

        var review = await one.PostForm(path + "?handler=choose", [.. tickets, ("reason", "requested")]);
        review.Text.ShouldContain("Refund 2 tickets, €90.00");
        var fields = Fields(review.Html);
        var both = await Task.WhenAll(one.PostForm(path, fields), other.PostForm(path, fields));
        await app.HandleDueMessages();

        both.Count(p => p.Status == HttpStatusCode.Redirect).ShouldBe(1);
        both.Count(p => p.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(1);
        (await RefundsOf.Order(order, app.Db, default)).ShouldHaveSingleItem().Amount.ShouldBe(9000);
        (await sandbox.Ledger()).GetProperty("refunds").GetArrayLength().ShouldBe(1);
        (await one.Get($"/office/orders/{order}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("€90.00 refunded"), t => t.ShouldContain("Told by mail that €90.00 is on its way back."));
    }

    [Fact]
    public async Task A_refund_that_gave_up_is_found_among_the_orders_and_sent_again_by_its_button()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);
        var order = await app.Sell(show, 1, sandbox: sandbox);
        await sandbox.Behave(new(Only: "/v1/refunds", FailRate: 1));
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, null, "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        await using (var give = app.Db.Command("update messages set dead = 'a mistake of ours' where type = 'refund-approved'")) (await give.ExecuteNonQueryAsync()).ShouldBe(1);
        await sandbox.Behave(new());
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);

        (await promoter.Get($"/office/events/{show.EventId}/orders")).Text.ShouldContain("1 refund needs a look.");
        var page = await promoter.Get($"/office/orders/{order}");
        page.Text.ShouldContain("The refund of €45.00 needs a look.");
        var refund = Regex.Match(page.Html, "name=\"refundId\" value=\"([^\"]+)\"").Groups[1].Value;
        (await promoter.PostForm($"/office/orders/{order}/refund?handler=retry", [("refundId", refund)], follow: true)).Text.ShouldContain("€45.00 sent again.");
        await app.HandleDueMessages();

        (await promoter.Get($"/office/orders/{order}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("€45.00 refunded"), t => t.ShouldNotContain("needs a look"));
        (await sandbox.Ledger()).GetProperty("refunds").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_confirmed_is_not_refunded()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/orders/{order}/refund";
        var ticket = Regex.Match((await browser.Get(path)).Html, "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;

        foreach (var fields in new[] { new[] { ("ticket", ticket), ("reason", "requested"), ("confirmed", "5") }, [("ticket", ticket), ("reason", "requested")], [("ticket", ticket), ("reason", "because"), ("confirmed", "0")], [("reason", "requested"), ("confirmed", "0")], [("ticket", order.ToString()), ("reason", "requested"), ("confirmed", "0")] })
            (await browser.PostForm(path, fields)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, string.Join(' ', fields));
        (await RefundsOf.Order(order, app.Db, default)).ShouldBeEmpty();
    }
}
