using System.Net;
using App.Features.Checkout;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

public sealed class OrdersPageTests
{
    [Fact]
    public async Task Orders_are_found_by_name_last_name_address_and_code()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var ines = await app.Sell(show, 2, "Inês Duarte", "ines@example.org");
        await app.Sell(show, 1, "Oluwaseun Adebayo", "o.adebayo@example.org");
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var orders = $"/office/events/{show.EventId}/orders";

        foreach (var text in new[] { "inê", "DUARTE", "ines@", App.Infrastructure.Ids.Short(ines).ToLowerInvariant() })
        {
            var page = await browser.Get($"{orders}?q={Uri.EscapeDataString(text)}");
            page.Text.ShouldContain("Inês Duarte", customMessage: text);
            page.Text.ShouldNotContain("Adebayo", customMessage: text);
        }
        var fragment = await browser.Get($"{orders}?handler=list&q=adeb");
        fragment.Html.ShouldStartWith("<form class=\"ticked\"");
        (await browser.Get(orders)).Text.ShouldContain("All 2");
        (await browser.Get($"{orders}?status=refunded")).Text.ShouldContain("No orders in this state");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(capacity: 200);
        await using (var command = app.Get<App.Infrastructure.Store.EventStore>().Command("""
            insert into checkout_orders (id, event_id, organization_id, code, status, tickets, total, currency, placed_at)
            select gen_random_uuid(), $1, $2, 'C' || lpad(n::text, 4, '0'), 'paid', 1, 100, 'EUR', timestamptz '2027-01-01' + (n / 7) * interval '1 minute' from generate_series(1, 120) n
            """, show.EventId, show.OrganizationId)) await command.ExecuteNonQueryAsync();
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);

        var (seen, path) = (new List<string>(), $"/office/events/{show.EventId}/orders?status=paid");
        for (var pages = 1; ; pages++)
        {
            var page = await browser.Get(path);
            seen.AddRange(System.Text.RegularExpressions.Regex.Matches(page.Html, "class=\"sub\">(C[0-9]{4})").Select(m => m.Groups[1].Value));
            var older = System.Text.RegularExpressions.Regex.Match(page.Html, "href=\"([^\"]+)\">Older");
            if (!older.Success) { pages.ShouldBe(3); break; }
            path = WebUtility.HtmlDecode(older.Groups[1].Value);
        }
        seen.Count.ShouldBe(120);
        seen.Distinct().Count().ShouldBe(120);
    }

    [Fact]
    public async Task A_cursor_of_nobodys_begins_at_the_beginning()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        await app.Sell(show);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        foreach (var after in new[] { "x", new string('A', 32), new string('_', 32), "' or 1=1 --" })
            (await browser.Get($"/office/events/{show.EventId}/orders?after={Uri.EscapeDataString(after)}&status=nonsense")).Status.ShouldBe(HttpStatusCode.OK, after);
    }

    [Fact]
    public async Task A_name_that_is_a_formula_is_text_in_the_export()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        await app.Sell(show, 1, "=HYPERLINK(\"http://evil.example\",\"click\")", "ines@example.org");
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);

        var csv = await browser.Get($"/office/events/{show.EventId}/orders?handler=export");

        csv.Header("Content-Disposition")!.ShouldContain("orders-slow-harbour.csv");
        csv.Html.ShouldContain("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"click\"\")\"");
        csv.Html.Trim().Split('\n').Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("  -2", "\"'  -2\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("Ada, Countess", "\"Ada, Countess\"")]
    [InlineData("Ada", "Ada")]
    public void A_cell_never_begins_as_a_formula(string text, string cell) => App.Features.Shared.Csv.Cell(text).ShouldBe(cell);

    [Fact]
    public async Task The_order_tells_its_story_and_a_corrected_address_gets_the_tickets_again()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2, email: "ines@example.rog");
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var page = await browser.Get($"/office/orders/{order}");
        page.Text.ShouldContain("Chose 2 × Standing");
        page.Text.ShouldContain("Took free tickets");

        (await browser.PostForm($"/office/orders/{order}", ("name", "Inês Duarte"), ("email", "ines@"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await browser.PostForm($"/office/orders/{order}", ("name", "Inês Duarte"), ("email", "ines@example.org"));
        (await browser.PostForm($"/office/orders/{order}/send", [], follow: true)).Text.ShouldContain("Tickets are on their way.");
        await app.HandleDueMessages();

        app.Mails.Select(m => m.To).ShouldBe(["ines@example.rog", "ines@example.org"]);
        page = await browser.Get($"/office/orders/{order}");
        page.Text.ShouldContain("Tickets mailed.");
        page.Text.ShouldContain("Tickets mailed again.");
    }
}
