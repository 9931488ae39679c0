using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Links;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Tests.Support;
using Buyer = App.Tests.Faults.Buyer;

namespace App.Tests.Features.Checkout.Links;

/// <summary>security.md S26, over HTTP.</summary>
public sealed partial class ProveOrderTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;
    Guid order, other;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow();
        (order, other) = (await app.Sell(show, 2), await app.Sell(show, 1, "Ada Lovelace", "ada@example.org"));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    string Path(Guid of) => app.Get<OrderLinks>().OrderPath(of);

    /// <summary>Asks on a page, and answers the path of the link that is mailed.</summary>
    async Task<string> Mailed(Browser by, string page, string to = "ines@example.org")
    {
        var before = app.Mails.Count;
        (await by.PostForm(page, [], follow: true)).Text.ShouldContain("Look into your mail");
        await app.HandleDueMessages();
        var mail = app.Mails.Skip(before).ShouldHaveSingleItem();
        (mail.To, mail.Html!.Contains("Open my order", StringComparison.Ordinal)).ShouldBe((to, true));
        return Proof().Match(mail.Text).Value;
    }

    static Task<WebPage> Give(Browser by, string path) => by.PostForm(path + "/guests", ("number", "2"), ("known", "0"), ("name-2", "Rui Costa"), ("email-2", "rui@example.org"));
    async Task<long> Gifts() => await app.Db.QueryFirst<long>("select count(*) from events where type = 'ticket-given'", default);

    [Fact]
    public async Task The_link_shows_the_tickets_and_gives_none_away_until_the_mails_link_is_pressed()
    {
        var path = Path(order);
        using var asker = app.Browser();
        (await asker.Get(path)).Text.ShouldContain("Ticket 2 of 2, Inês Duarte");
        foreach (var sent in new[] { await asker.Get(path + "/guests"), await Give(asker, path), await asker.PostForm(path + "/guests?handler=Back", ("number", "2"), ("known", "0")) })
            (sent.Status, sent.Location).ShouldBe((HttpStatusCode.Redirect, path + "/prove"));
        (await Gifts()).ShouldBe(0);
        var page = await asker.Get(path + "/prove");
        (page.Text.Contains("Show that this order is yours", StringComparison.Ordinal), page.Header("Cache-Control"), page.Header("Referrer-Policy")).ShouldBe((true, "no-store", "no-referrer"));
        foreach (var personal in new[] { "Duarte", "ines", "example.org", Ids.Short(order) }) page.Html.ShouldNotContain(personal);

        var link = await Mailed(asker, path + "/prove");
        for (var look = 0; look < 2; look++) (await app.Browser().Get(link)).Text.ShouldContain("Open my order", customMessage: "a scanner looks");

        // Pressed on the phone: the phone has the order, the browser that asked hasn't.
        using var phone = app.Browser();
        (await phone.Post(link, [])).Location.ShouldBe(link.Split("/prove")[0] + "/guests");
        (await Give(phone, path)).Location!.ShouldContain("done=given");
        (await Gifts()).ShouldBe(1);
        (await asker.Get(path + "/guests")).Location.ShouldBe(path + "/prove");
        phone.SetCookies.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.ShouldContain("httponly"), c => c.ShouldContain("samesite=lax"));

        // Used: whoever has it goes on, nobody else gets anything.
        (await phone.Get(link)).Location.ShouldBe(link.Split("/prove")[0] + "/guests");
        await IsNothing(asker, link);
        // Of another order it says nothing either.
        (await phone.Get(Path(other) + "/guests")).Location.ShouldBe(Path(other) + "/prove");
    }

    [Fact]
    public async Task A_mails_link_that_is_forged_over_or_another_orders_is_the_same_404_as_any()
    {
        using var asker = app.Browser();
        var link = await Mailed(asker, Path(order) + "/prove");
        var (own, word) = (link.Split("/prove/")[0], link.Split("/prove/")[1]);
        var bytes = Base64Url.DecodeFromChars(word);
        foreach (var bad in new[]
        {
            Path(other) + "/prove/" + word, own[..^1] + (own[^1] == 'A' ? 'Q' : 'A') + "/prove/" + word, own + "/prove/x", own + "/prove/" + word + "A",
            own + "/prove/" + Base64Url.EncodeToString([.. bytes[..^1], (byte)(bytes[^1] ^ 1)]), own + "/prove/" + Base64Url.EncodeToString([(byte)(bytes[0] ^ 1), .. bytes[1..]]),
            own + "/prove/" + own.Split('/')[^1], "/order/" + word,
        }) await IsNothing(asker, bad);

        // The code over an id is good for nothing but what it was made for.
        foreach (var cookie in new[] { word, own.Split('/')[^1], "x", "", new string('.', 5000) })
        {
            asker.Cookies["foyer-orders"] = cookie;
            (await asker.Get(Path(order) + "/guests")).Location.ShouldBe(Path(order) + "/prove");
        }
        asker.Cookies.Clear();

        app.Clock.Now += LinkProofs.Lives;
        await IsNothing(asker, link);
    }

    [Fact]
    public async Task Of_ten_presses_at_once_one_opens_it()
    {
        using var asker = app.Browser();
        var link = await Mailed(asker, Path(order) + "/prove");
        var pressed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Browser().Post(link, [])));
        pressed.Count(p => p.Status == HttpStatusCode.Redirect).ShouldBe(1);
        pressed.Count(p => p.Status == HttpStatusCode.NotFound).ShouldBe(9);
    }

    [Fact]
    public async Task A_link_of_any_age_opens_the_tickets_at_the_door_and_what_a_browser_may_manage_ends_after_thirty_days()
    {
        var path = Path(order);
        using var buyer = app.Browser();
        var link = await Mailed(buyer, path + "/prove");
        (await buyer.Post(link, [], follow: true)).Text.ShouldContain("Who comes with these tickets?");

        app.Clock.Now += TimeSpan.FromDays(OrderAccess.Days);
        (await buyer.Get(path)).Text.ShouldContain("Inês Duarte");
        foreach (var file in new[] { "/tickets.pdf", "/event.ics", "/ticket-1.svg" }) (await buyer.Get(path + file)).Status.ShouldBe(HttpStatusCode.OK, file);
        (await buyer.Get(path + "/guests")).Location.ShouldBe(path + "/prove");
        await IsNothing(buyer, link);
    }

    [Fact]
    public async Task Where_it_was_bought_it_is_managed_at_once_until_staff_change_its_address()
    {
        using var buyer = new Buyer(app.Address);
        (await buyer.Choose(show, 2)).Status.ShouldBe(HttpStatusCode.SeeOther);
        await buyer.Send();
        await app.HandleDueMessages();
        (await buyer.Browser.Get(buyer.Order + "/guests")).Text.ShouldContain("Who comes with these tickets?");
        (await Give(buyer.Browser, buyer.Order)).Location!.ShouldContain("done=given");
        (await app.Browser().Get(buyer.Order + "/guests")).Location.ShouldBe(buyer.Order + "/prove", "a friend who was shown the page");

        await app.Bus.InvokeAsync(new RenewOrderLink(buyer.OrderId, show.OrganizationId, "ada"), default);
        await app.HandleDueMessages();
        (await buyer.Browser.Get(buyer.Order + "/guests")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await buyer.Browser.Get(Path(buyer.OrderId) + "/guests")).Location.ShouldBe(Path(buyer.OrderId) + "/prove");
    }

    [Fact]
    public void A_browser_keeps_its_last_sixteen_orders()
    {
        var orders = Enumerable.Range(0, 17).Select(n => Ids.From(order, n)).ToArray();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        foreach (var id in orders)
        {
            context.Response.Headers.Remove("Set-Cookie");
            app.Get<OrderAccess>().Keep(context, id, OrderAccess.ByMail);
            context.Request.Headers.Cookie = context.Response.Headers.SetCookie[0]!.Split(';')[0];
        }
        var kept = orders.Select(id => app.Get<OrderAccess>().Of(context, app.Get<OrderLinks>().Token(id))!.Value.Manages(1));
        kept.ShouldBe([false, .. Enumerable.Repeat(true, 16)]);
    }

    [Fact]
    public async Task Asked_for_too_often_it_waits_and_who_has_no_address_any_more_gets_the_same_answer()
    {
        await app.Db.QueryFirst<long>("with gone as (delete from doc_order_contact where id = $1 returning 1) select count(*) from gone", default, other);
        var mails = app.Mails.Count;
        var (known, erased) = (await AskTenTimes(order), await AskTenTimes(other));
        known.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Redirect, LinkProofs.PerOrder), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 7)]);
        erased.ShouldBe(known);
        await app.HandleDueMessages();
        app.Mails.Skip(mails).Select(m => m.To).ShouldBe(Enumerable.Repeat("ines@example.org", LinkProofs.PerOrder));

        using var browser = app.Browser();
        var no = await browser.Post(Path(order) + "/prove", []);
        (no.Status, no.Header("Retry-After"), no.Text.Contains("wait 15 minutes", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.TooManyRequests, "900", true));
        string[] said = [.. await Task.WhenAll(new[] { order, other }.Select(async of => (await browser.Get(Path(of) + "/prove?step=sent")).Html.Replace(Path(of), "", StringComparison.Ordinal)))];
        said[0].ShouldBe(said[1]);
        app.Clock.Now += LinkProofs.Window;
        (await browser.Post(Path(order) + "/prove", [])).Status.ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpStatusCode[]> AskTenTimes(Guid of) => [.. (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Browser().Post(Path(of) + "/prove", [])))).Select(p => p.Status).Order()];
    }

    /// <summary>What any address is at which there is nothing.</summary>
    async Task IsNothing(Browser browser, string path)
    {
        var nothing = (await app.Browser().Get("/order/x")).Html;
        foreach (var page in new[] { await browser.Get(path), await browser.Post(path, []) })
        {
            page.Status.ShouldBe(HttpStatusCode.NotFound, path);
            page.Html.ShouldBe(nothing);
        }
    }

    [GeneratedRegex(@"/order/[\w-]+/prove/[\w-]+")]
    private static partial Regex Proof();
}
