using System.Net;
using System.Text.RegularExpressions;
using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;
using Buyer = App.Tests.Faults.Buyer;

namespace App.Tests.Features.Checkout;

/// <summary>ux.md U9 over HTTP, without script.</summary>
public sealed partial class InsteadPageTests
{
    static async Task<(AppHost App, Show Show, Guid Gallery)> House(int standing, int gallery)
    {
        var app = await AppHost.Start();
        var show = await app.AddShow(amount: 4_500, capacity: standing);
        var (type, quota) = (Ids.From(show.TicketTypeId, "gallery"), Ids.From(show.QuotaId, "gallery"));
        await app.Bus.InvokeAsync(new SaveEvent(show.EventId, show.OrganizationId, "", "", "EUR", "Europe/Lisbon")
        {
            Quotas = [new(show.EventId, quota, "Gallery", gallery, app.Clock.Now)],
            Types = [new(type, "Gallery", "", 0, [quota], 10, 2, false, app.Clock.Now)],
        }, default);
        await app.HandleDueMessages();
        return (app, show, type);
    }

    /// <summary>What the page's buttons say and send.</summary>
    static (string Says, string Sends)[] Offers(WebPage page) => [.. Button().Matches(page.Html).Select(m => (WebUtility.HtmlDecode(m.Groups["says"].Value), WebUtility.HtmlDecode(m.Groups["sends"].Value)))];

    /// <summary>Its memory lags behind by up to a second; a no is of now.</summary>
    [Fact]
    public async Task What_another_process_put_on_sale_a_moment_ago_is_sold()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(capacity: 1);
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        using var buyer = rival.Browser();
        for (var places = 1; places < 6; places++)
        {
            (await buyer.Post(show.Path, [(show.Field, "1")])).Status.ShouldBe(HttpStatusCode.SeeOther, $"{places} places");
            var db = new DocumentSession(app.Get<EventStore>(), app.Get<HandlerRegistry>(), Cause.System);
            await SetCapacityHandler.Handle(new(show.EventId, show.QuotaId, "Standing", places + 1, app.Clock.Now.AddSeconds(places)), db, app.Get<HotStreams<Inventory>>());
            await db.SaveChangesAsync(app.Services, default);
        }
    }

    [Fact]
    public async Task Too_few_left_names_what_there_is_at_its_price_and_one_press_takes_it()
    {
        var (app, show, gallery) = await House(standing: 1, gallery: 9);
        await using var _ = app;
        using var buyer = app.Browser();
        (await buyer.Get(show.Path)).Html.ShouldNotContain("Still to be had");

        var page = await buyer.Post(show.Path, [(show.Field, "2"), (Picker.FieldOf(gallery), "1")]);

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain($"name=\"{show.Field}\" type=\"number\" inputmode=\"numeric\" min=\"0\" max=\"1\" value=\"2\"", customMessage: "what was typed stays");
        var offers = Offers(page);
        offers.Select(o => o.Says).ShouldBe(["Take 1 × Standing, €45.00", "Take 3 × Gallery, Free"]);
        page.Text.ShouldContain("€45.00 in all, with the rest of your choice");

        var taken = await buyer.Post(show.Path, [(show.Field, "2"), (Picker.FieldOf(gallery), "1"), (Instead.Field, offers[0].Sends)]);
        taken.Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Lines(app, taken)).ShouldBe(["1 Standing", "1 Gallery"], ignoreOrder: true);

        // The last one went with it, while somebody else looked at the same offer.
        var late = await buyer.Post(show.Path, [(Instead.Field, offers[0].Sends)]);
        (late.Status, Offers(late).Select(o => o.Says).ShouldHaveSingleItem()).ShouldBe((HttpStatusCode.UnprocessableEntity, "Take 2 × Gallery, Free"));
        (await Lines(app, await buyer.Post(show.Path, [(Instead.Field, Offers(late)[0].Sends)]))).ShouldBe(["2 Gallery"]);
        foreach (var wrong in new[] { $"{Picker.FieldOf(show.EventId)}=1", "x", $"{show.Field}=-1", "%ff%00" })
            (await buyer.Post(show.Path, [(Instead.Field, wrong)])).Status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Where_a_hold_has_ended_and_its_places_are_gone_the_details_go_along_to_what_is_taken_instead()
    {
        var (app, show, gallery) = await House(standing: 2, gallery: 9);
        await using var _ = app;
        using Buyer slow = new(app.Address, "slow"), quick = new(app.Address, "quick");
        (await slow.Choose(show, 2)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (string, string)[] typed = [("email", slow.Email), ("name", slow.Name), ("company", "Harbour & Sons")];
        await slow.Browser.Post(slow.Checkout + "?handler=keep", typed);
        app.Clock.Now += TimeSpan.FromMinutes(20);
        await Eventually.Is(async () => (await quick.Choose(show, 1)).Status == HttpStatusCode.SeeOther);

        var page = await slow.Browser.Get(slow.Checkout);
        var offers = Offers(page);
        offers.Select(o => o.Says).ShouldBe(["Take 1 × Standing, €45.00", "Take 2 × Gallery, Free"]);
        page.Html.ShouldContain($"value=\"{slow.Email}\"");

        var taken = await slow.Browser.Post(slow.Checkout + "?handler=Instead", [.. typed, (Instead.Field, offers[1].Sends)]);
        taken.Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Lines(app, taken)).ShouldBe(["2 Gallery"]);
        taken.Location.ShouldNotBe(slow.Checkout);
        var next = await slow.Browser.Get(taken.Location!);
        foreach (var kept in new[] { slow.Email, "Inês Duarte", "Harbour & Sons" }) WebUtility.HtmlDecode(next.Html).ShouldContain($"value=\"{kept}\"");

        // While a hold lives nothing is taken beside it.
        (await slow.Browser.Post(taken.Location! + "?handler=Instead", [(Instead.Field, offers[0].Sends)])).Location.ShouldBe(taken.Location);
        (await app.Db.QueryFirst<long>("select count(*) from events where type = 'places-held'", default)).ShouldBe(3);

        // And if that goes too, what was typed still stands there.
        var refused = await slow.Browser.Post(slow.Checkout + "?handler=Instead", [.. typed, (Instead.Field, $"{Picker.FieldOf(gallery)}=10")]);
        (refused.Status, refused.Html.Contains($"value=\"{slow.Email}\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
    }

    [Fact]
    public async Task Where_the_price_changed_the_same_is_offered_at_todays()
    {
        var (app, show, _) = await House(standing: 5, gallery: 0);
        await using var running = app;
        using Buyer buyer = new(app.Address);
        await buyer.Choose(show, 2);
        app.Clock.Now += TimeSpan.FromMinutes(20);
        await app.Bus.InvokeAsync(new SaveEvent(show.EventId, show.OrganizationId, "", "", "EUR", "Europe/Lisbon") { Types = [new(show.TicketTypeId, "Standing", "", 5_000, [show.QuotaId], 10, 1, false, app.Clock.Now)] }, default);
        await app.HandleDueMessages();

        // Its hold ends with the next look at the clock.
        var page = await buyer.Browser.Get(buyer.Checkout);
        await Eventually.Is(async () => Offers(page = await buyer.Browser.Get(buyer.Checkout)).Length > 0);

        Offers(page).Select(o => o.Says).ShouldBe(["Take 2 × Standing, €100.00"]);
    }

    static async Task<string[]> Lines(AppHost app, WebPage taken) =>
        [.. (await app.Db.FoldFresh<Order>(app.Get<OrderLinks>().Read(taken.Location!.Split('/')[^1])!.Value, default)).State.Lines.Select(l => $"{l.Count} {l.Name}")];

    [GeneratedRegex("<button[^>]*name=\"instead\"[^>]*value=\"(?<sends>[^\"]*)\"[^>]*>(?<says>[^<]*)</button>")]
    private static partial Regex Button();
}
