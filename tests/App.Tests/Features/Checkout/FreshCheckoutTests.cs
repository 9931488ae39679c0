using System.Net;
using System.Text.RegularExpressions;
using App.Features.Checkout.Contracts;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

/// <summary>A checkout that has just begun is made once for all who see the same; what is each buyer's own must stay so.</summary>
public sealed class FreshCheckoutTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    async Task<string> Begin(Browser browser, int tickets = 2)
    {
        await browser.Get(show.Path);
        return (await browser.PostForm(show.Path, (show.Field, $"{tickets}"))).Location!;
    }

    static string Own(WebPage page, string path) => Regex.Replace(page.Html.Replace(path, "/checkout/…", StringComparison.Ordinal), "data-ms=\"[0-9]+\"", "data-ms");

    [Fact]
    public async Task Two_buyers_of_the_same_see_the_same_each_at_their_own_address()
    {
        using var ada = app.Browser();
        using var bob = app.Browser();
        var (adas, bobs) = (await Begin(ada), await Begin(bob));
        var first = await ada.Get(adas);
        var second = await bob.Get(bobs);

        second.Status.ShouldBe(HttpStatusCode.OK);
        Own(second, bobs).ShouldBe(Own(first, adas));
        second.Html.ShouldNotContain(adas["/checkout/".Length..]);
        Regex.Count(second.Html, Regex.Escape(bobs)).ShouldBe(Regex.Count(first.Html, Regex.Escape(adas)));
        foreach (var header in new[] { "Content-Security-Policy", "Cache-Control", "Referrer-Policy", "Permissions-Policy", "Content-Type", "Cross-Origin-Opener-Policy" }) second.Header(header).ShouldBe(first.Header(header), header);
        second.Header("Cache-Control").ShouldBe("no-store");
        second.Header("Content-Length").ShouldBe($"{System.Text.Encoding.UTF8.GetByteCount(second.Html)}");

        await bob.PostForm(bobs, ("email", "bob@example.org"), ("name", "Bob"));
        await app.HandleDueMessages();
        app.Mails.ShouldHaveSingleItem().To.ShouldBe("bob@example.org");
        (await bob.Get(bobs)).Location.ShouldBe(app.Get<OrderLinks>().OrderPath(app.Get<OrderLinks>().Read(bobs["/checkout/".Length..])!.Value));
    }

    [Fact]
    public async Task What_is_typed_is_there_after_a_reload_and_in_another_tab()
    {
        using var ada = app.Browser();
        using var tab = app.Browser();
        var path = await Begin(ada);
        await ada.Get(path); // made once for all: from the first letter on it isn't the one to show
        (await ada.Post(path + "?handler=Keep", [("email", "ada@"), ("name", "Ada <b>")])).Status.ShouldBe(HttpStatusCode.NoContent);
        foreach (var browser in new[] { ada, tab }) (await browser.Get(path)).Html.ShouldContain("value=\"ada@\"");
        (await tab.Get(path)).Html.ShouldContain("value=\"Ada &lt;b&gt;\"");

        (await ada.Post(path, [("email", "ada@example.org"), ("name", "Ada")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await tab.Post(path + "?handler=Keep", [("email", "eve@"), ("name", "Eve")])).Status.ShouldBe(HttpStatusCode.NoContent);
        await app.HandleDueMessages();
        app.Mails.ShouldHaveSingleItem().To.ShouldBe("ada@example.org");
        (await ada.Post("/checkout/" + new string('A', 43) + "?handler=Keep", [("email", "x@example.org")])).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_sees_their_own_tickets_language_time_and_what_they_typed()
    {
        using var ada = app.Browser();
        var adas = await Begin(ada);
        var first = await ada.Get(adas);

        using var three = app.Browser();
        (await three.Get(await Begin(three, 3))).Text.ShouldContain("3 ×");

        using var german = app.Browser();
        german.Headers["Accept-Language"] = "de";
        (await german.Get(await Begin(german))).Html.ShouldContain("<html lang=\"de\"");

        (await ada.PostForm(adas, ("email", "ada@"), ("name", "Ada"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ada.PostForm(adas + "?handler=Extend", ("email", "ada@example.org"), ("name", "Ada"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await ada.Get(adas)).Html.ShouldContain("value=\"ada@example.org\"");

        app.Clock.Now += TimeSpan.FromMinutes(7);
        using var late = app.Browser();
        var lates = await Begin(late);
        (await late.Get(lates)).Html.ShouldNotBe(first.Html);
        Own(await late.Get(lates), lates).ShouldNotBe(Own(first, adas), "held until another minute");

        app.Clock.Now += TimeSpan.FromMinutes(10);
        (await late.Get(lates)).Text.ShouldContain("5 min left");
        (await late.Get("/checkout/" + new string('A', 43))).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
