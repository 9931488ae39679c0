using System.Net;
using System.Text.RegularExpressions;
using App.Features.Checkout.Contracts;
using App.Features.Refunds;
using App.Infrastructure;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

/// <summary>The page of an order just paid is made once for all who bought the same; what is each buyer's own must stay so.</summary>
public sealed class NewOrderTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    async Task<WebPage> Open(Guid order, Action<Browser>? with = null)
    {
        using var browser = app.Browser();
        with?.Invoke(browser);
        return await browser.Get(app.Get<OrderLinks>().OrderPath(order));
    }

    [Fact]
    public async Task An_address_that_the_promoter_corrects_and_one_sent_too_late_are_told_from_the_orders_own()
    {
        using var ada = app.Browser();
        var path = (await ada.Post(show.Path, [(show.Field, "1")])).Location!;
        (await ada.Post(path, [("email", "ada@example.org"), ("name", "Ada")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await ada.Post(path, [("email", "eve@example.com"), ("name", "Eve")]); // a page left open
        var order = app.Get<OrderLinks>().Read(path["/checkout/".Length..])!.Value;
        (await Open(order)).Text.ShouldContain("a•••a@example.org");

        using var promoter = await app.SignedIn(show.OrganizationId, global::App.Features.Shared.StaffRole.Promoter);
        await promoter.PostForm($"/office/orders/{order}", [("name", "Ada"), ("email", "lovelace@example.net")]);
        (await Open(order)).Text.ShouldContain("l•••e@example.net");
    }

    [Fact]
    public async Task Two_buyers_of_the_same_see_the_same_but_for_what_is_their_own()
    {
        var (ada, bob) = (await app.Sell(show, 2, "Ada Lovelace", "ada@example.org"), await app.Sell(show, 2, "<b>Zoë</b> & O’Neill 名", "zoe@example.com"));
        var (adas, bobs) = (await Open(ada), await Open(bob));

        foreach (var (page, order, name, email) in new[] { (adas, ada, "Ada Lovelace", "a•••a@example.org"), (bobs, bob, "<b>Zoë</b> & O’Neill 名", "z•••e@example.com") })
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain(name);
            page.Text.ShouldContain(email);
            page.Text.ShouldContain(Ids.Short(order));
            var tickets = await global::App.Features.Tickets.Contracts.OrderTickets.Of(order, app.Db, default);
            foreach (var ticket in tickets) page.Text.ShouldContain(ticket.Words);
            Regex.Count(page.Html, "/ticket-[12]\\.svg").ShouldBe(2);
            page.Header("Content-Length").ShouldBe($"{System.Text.Encoding.UTF8.GetByteCount(page.Html)}");
        }
        bobs.Html.ShouldNotContain("<b>Zoë");
        foreach (var own in new[] { "Lovelace", "example.org", Ids.Short(ada), app.Get<OrderLinks>().Token(ada) }) bobs.Html.ShouldNotContain(own);
        foreach (var header in new[] { "Content-Security-Policy", "Cache-Control", "Referrer-Policy", "Content-Type", "Permissions-Policy" }) bobs.Header(header).ShouldBe(adas.Header(header), header);
        (await Open(ada)).Html.ShouldBe(adas.Html, "made and filled are the same");
    }

    [Fact]
    public async Task What_is_not_like_others_is_shown_as_it_is()
    {
        var (two, one) = (await app.Sell(show, 2), await app.Sell(show));
        await Open(two);
        Regex.Count((await Open(one)).Html, "class=\"ticket\"").ShouldBe(1);
        (await Open(two, b => b.Headers["Accept-Language"] = "fr")).Html.ShouldContain("<html lang=\"fr\"");

        var tickets = await global::App.Features.Tickets.Contracts.OrderTickets.Of(two, app.Db, default);
        await app.Bus.InvokeAsync(new RefundOrder(two, tickets[0].OrganizationId, [tickets[0].Id], "promoter@example.org", "requested"), default);
        await app.HandleDueMessages();
        var page = await Open(two);
        page.Text.ShouldContain("Refunded");
        page.Text.ShouldNotContain(tickets[0].Words);
        page.Text.ShouldContain(tickets[1].Words);
        (await Open(Ids.New(app.Clock.Now))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_buys_on_a_german_page_gets_a_german_mail()
    {
        using var browser = app.Browser();
        browser.Headers["Accept-Language"] = "de";
        var held = await browser.PostForm(show.Path, (show.Field, "1"));
        await browser.PostForm(held.Location!, ("email", "jana@example.org"), ("name", "Jana Klein"));
        await app.HandleDueMessages();
        app.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("Ihr Ticket: ");
    }

    [Fact]
    public async Task Once_the_mail_went_out_the_page_says_when()
    {
        var order = await app.Sell(show);
        (await Open(order)).Text.ShouldContain("A copy is on its way");
        app.Clock.Now += TimeSpan.FromMinutes(1);
        (await Open(order)).Text.ShouldNotContain("A copy is on its way");
    }
}
