using System.Net;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;

namespace App.Tests.Features.Checkout;

/// <summary>ux.md U9: what is gone can be waited for.</summary>
public sealed class WaitlistTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(capacity: 2);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    string Path => $"{show.Path}/waitlist/{show.TicketTypeId:N}";

    Task<long> Waiting() => app.Db.QueryFirst<long>("select count(*) from waitlist where told_at is null", default);

    async Task Look()
    {
        await app.Get<RecurringJobs>().RunNow("tell-waitlist", app.Bus, default);
        await app.HandleDueMessages();
    }

    async Task<WebPage> Join(string email, string language = "en")
    {
        using var browser = app.Browser();
        browser.Headers["Accept-Language"] = language;
        return await browser.Post(Path, [("email", email)]);
    }

    async Task GiveBack(Guid order)
    {
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/orders/{order}/refund";
        var ticket = System.Text.RegularExpressions.Regex.Match((await promoter.Get(path)).Html, "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;
        (await promoter.PostForm(path, [("ticket", ticket), ("reason", "requested"), ("confirmed", "0")])).Status.ShouldBe(HttpStatusCode.Redirect);
        await app.HandleDueMessages();
    }

    IEnumerable<string> Told => app.Mails.Where(m => m.Key.StartsWith("waitlist.", StringComparison.Ordinal)).Select(m => m.To);

    [Fact]
    public async Task Who_waits_longest_hears_first_in_their_language_once_for_each_place_that_came_back()
    {
        using var buyer = app.Browser();
        (await buyer.Get(show.Path)).Html.ShouldNotContain("/waitlist/");
        (await buyer.Get(Path)).Text.ShouldContain("can be had again");
        var sold = new[] { await app.Sell(show), await app.Sell(show) };
        await app.HandleDueMessages();
        await Eventually.Is(async () => (await buyer.Get(show.Path)).Html.Contains(Path, StringComparison.Ordinal));

        var wrong = await Join("ada@");
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Html.ShouldContain("value=\"ada@\"");
        var joined = await Join("ada@example.org", "de");
        joined.Location.ShouldBe(Path + "?step=done");
        (await buyer.Get(joined.Location!)).Text.ShouldContain("You are on the list for");
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await Join("bob@example.org");
        await Join("ADA@example.org"); // once more keeps her turn
        (await Waiting()).ShouldBe(2);
        await Look();
        Told.ShouldBeEmpty();

        await GiveBack(sold[0]);
        await Look();
        await Look();
        Told.ShouldBe(["ada@example.org"]);
        var mail = app.Mails.Single(m => m.To == "ada@example.org");
        mail.Subject.ShouldBe("Ein Ticket ist wieder frei: Inês Valverde: Slow Harbour");
        mail.Text.ShouldContain(show.Path + "#tickets");

        app.Clock.Now += TimeSpan.FromMinutes(31); // nobody took it
        await Look();
        Told.ShouldBe(["ada@example.org", "bob@example.org"]);
        await Join("ada@example.org");
        (await Waiting()).ShouldBe(1);

        app.Clock.Now += TimeSpan.FromDays(2);
        await Look();
        (await app.Db.QueryFirst<long>("select count(*) from waitlist where email = 'bob@example.org'", default)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_on_sale_has_no_list_and_the_end_of_the_sale_forgets_it()
    {
        await app.Sell(show, 2);
        await Join("ada@example.org");
        using var browser = app.Browser();
        (await browser.Get($"{show.Path}/waitlist/{Guid.NewGuid():N}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get($"/e/{show.Organization}/elsewhere/waitlist/{show.TicketTypeId:N}")).Status.ShouldBe(HttpStatusCode.NotFound);

        app.Clock.Now = (await app.Get<EventCatalogue>().Find(show.EventId))!.Ends.AddMinutes(1);
        (await browser.Get(Path)).Location.ShouldBe(show.Path);
        (await Join("bob@example.org")).Location.ShouldBe(show.Path); // which says that sales have ended
        await Look();
        (await Waiting()).ShouldBe(0);
        Told.ShouldBeEmpty();
    }
}
