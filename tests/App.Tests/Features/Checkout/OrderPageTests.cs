using System.Net;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

public sealed class OrderPageTests
{
    static string Path(AppHost app, Guid order) => app.Get<OrderLinks>().OrderPath(order);

    [Fact]
    public async Task A_page_that_waits_for_the_bank_asks_for_news_and_is_told_to_open_again_when_there_is_some()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);
        var order = await app.Bus.InvokeAsync<Guid>(new HoldPlaces(show.EventId, [new(show.TicketTypeId, 1)]), default);
        await app.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(order, new(order, "Ada", "ada@example.org"), Hosted: false, "https://foyer.example/", "https://foyer.example/"), default);
        using var browser = app.Browser();
        var path = Path(app, order);

        var page = await browser.Get(path);
        page.Html.ShouldNotContain("http-equiv");
        page.Html.ShouldContain($"hx-get=\"{path}?handler=news\"");
        page.Html.ShouldContain($"href=\"{path}\">Look again"); // without script
        var news = await browser.Get(path + "?handler=news");
        (news.Status, news.Header("HX-Refresh"), news.Header("Cache-Control")).ShouldBe((HttpStatusCode.NoContent, null, "no-store"));

        await sandbox.Pay((await app.Db.FoldFresh<Order>(order, default)).State.PaymentId!);
        news = await browser.Get(path + "?handler=news");
        (news.Status, news.Header("HX-Refresh")).ShouldBe((HttpStatusCode.NoContent, "true"));
        page = await browser.Get(path);
        page.Text.ShouldContain("You’re going");
        page.Html.ShouldNotContain("htmx.min");
        (await browser.Get(path[..^2] + "AA?handler=news")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Inês Duarte", null)]
    [InlineData("สมชาย ใจดี", "The PDF can’t draw some of these letters")]
    public async Task A_pdf_is_offered_with_what_it_can_not_say(string name, string? note)
    {
        await using var app = await AppHost.Start();
        var order = await app.Sell(await app.AddShow(), 1, name);
        using var browser = app.Browser();

        var page = await browser.Get(Path(app, order));

        page.Html.ShouldContain("tickets.pdf");
        if (note is null) page.Text.ShouldNotContain("The PDF"); else page.Text.ShouldContain(note);
        (await browser.Get(Path(app, order) + "/tickets.pdf")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_link_ends_the_old_one_in_every_process_and_is_mailed_to_the_buyer()
    {
        await using var app = await AppHost.Start();
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        var show = await app.AddShow();
        var order = await app.Sell(show);
        var (old, links) = (Path(app, order), app.Get<OrderLinks>());
        using var anybody = app.Browser();
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await anybody.Get(old)).Status.ShouldBe(HttpStatusCode.OK);

        (await promoter.PostForm($"/office/orders/{order}?handler=link", [], follow: true)).Text.ShouldContain("The old link stopped working.");
        await app.HandleDueMessages();

        var fresh = links.OrderPath(order);
        fresh.ShouldNotBe(old);
        foreach (var file in new[] { "", "/tickets.pdf", "/event.ics", "/ticket-1.svg" })
        {
            (await anybody.Get(old + file)).Status.ShouldBe(HttpStatusCode.NotFound, file);
            (await anybody.Get(fresh + file)).Status.ShouldBe(HttpStatusCode.OK, file);
        }
        using var there = rival.Browser();
        await Eventually.Is(async () => (await there.Get(old)).Status == HttpStatusCode.NotFound && (await there.Get(fresh)).Status == HttpStatusCode.OK);
        var mail = app.Mails.Concat(rival.Mails).Single(m => m.Key == $"new-link.{order:N}.1");
        mail.Text.ShouldContain(fresh);
        (await promoter.Get($"/office/orders/{order}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("The order’s page got a new link"), t => t.ShouldContain("The new link was mailed."));

        // One that starts later knows of it before it serves.
        await using var late = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        late.Get<OrderLinks>().OrderPath(order).ShouldBe(fresh);
        using var stranger = await app.SignedIn((await app.AddOrganization("elsewhere")).Id, StaffRole.Owner);
        await stranger.Get("/office/events/new");
        (await stranger.PostForm($"/office/orders/{order}?handler=link")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
