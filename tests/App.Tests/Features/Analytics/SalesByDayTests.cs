using App.Features.Analytics;
using App.Features.Refunds;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Tests.Support;

namespace App.Tests.Features.Analytics;

public sealed class SalesByDayTests
{
    [Fact]
    public async Task A_day_ends_at_midnight_where_the_event_is_and_refunds_are_taken_off()
    {
        // 23:30 in UTC is the next day in Lisbon's summer.
        var clock = new TestClock(new(2027, 6, 1, 22, 30, 0, TimeSpan.Zero));
        await using var app = await AppHost.Start(clock: clock);
        var show = await app.AddShow();
        await app.Sell(show, 2);
        clock.Now += TimeSpan.FromHours(1);
        var late = await app.Sell(show, 3);
        await app.Bus.InvokeAsync<Guid>(new RefundOrder(late, show.OrganizationId, null, "somebody", "requested"), default);
        await app.HandleDueMessages();

        var days = await SalesFigures.ByDay(show.EventId, new(2027, 6, 2), 7, app.Db, default);
        days.Count.ShouldBe(7);
        days[^2].ShouldBe(new DaySales(new(2027, 6, 1), 2, 0, 0));
        days[^1].ShouldBe(new DaySales(new(2027, 6, 2), 3, 3, 0));
        (await SalesFigures.Of(show.EventId, app.Db, default)).ShouldBe(new SalesFigures(2, 2, 3, 0, 0));

        var live = await app.Db.Query<string>("select (d.*)::text from analytics_days d order by 1", default);
        await app.Get<Projections>().Rebuild("sales-by-day", default);
        (await app.Db.Query<string>("select (d.*)::text from analytics_days d order by 1", default)).ShouldBe(live);
    }

    [Fact]
    public async Task The_board_says_what_was_sold_and_what_is_left()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(capacity: 10);
        await app.Sell(show, 4);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);

        var page = await browser.Get($"/office/events/{show.EventId}");
        page.Text.ShouldContain("Sold today 4");
        page.Text.ShouldContain("of 10 places, 40 %");
        page.Html.ShouldContain("<rect class=\"sold\" width=\"40\"");
        (await browser.Get("/office")).Text.ShouldContain("4 of 10");
    }
}
