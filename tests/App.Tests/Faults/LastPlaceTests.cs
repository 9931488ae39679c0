using System.Net;
using App.Features.Checkout;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F1, and two processes that sell one event to its end.</summary>
public sealed class LastPlaceTests
{
    [Fact]
    public async Task Of_two_hundred_buyers_at_two_processes_one_gets_the_last_place_and_the_others_are_told_with_their_choice_kept()
    {
        await using var house = await House.Open(processes: 2);
        var (show, plenty) = await LastOneAndPlenty(house);
        var buyers = Enumerable.Range(0, 200).Select(i => new Browser(house.Processes[i % 2].Address)).ToArray();

        var pages = await Task.WhenAll(buyers.Select(b => b.Post(show.Path, [(show.Field, "1"), (plenty, "2")])));

        pages.Count(p => p.Status == HttpStatusCode.SeeOther).ShouldBe(1);
        foreach (var page in pages.Where(p => p.Status != HttpStatusCode.SeeOther))
        {
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (page.Text.Contains("just went", StringComparison.Ordinal) || page.Text.Contains("is sold out", StringComparison.Ordinal)).ShouldBeTrue(page.Text);
            page.Html.ShouldContain($"name=\"{plenty}\" type=\"number\" inputmode=\"numeric\" min=\"0\" max=\"10\" value=\"2\"");
        }
        (await house.Facts("places-held")).ShouldBe(1);
        await house.Verify();
        foreach (var buyer in buyers) buyer.Dispose();
    }

    [Fact]
    public async Task Two_processes_sell_every_place_once_to_buyers_who_pay_decline_extend_and_walk_away()
    {
        const int places = 40;
        await using var house = await House.Open(places, processes: 2, minutesAgo: 16);
        for (var i = 0; i < 12; i++)
        {
            using var gone = house.Buyer(process: i % 2);
            (await gone.Choose(house.Show)).Status.ShouldBe(HttpStatusCode.SeeOther); // and never comes back
        }
        house.Clock.Now = House.Today;

        var bought = await Task.WhenAll(Enumerable.Range(0, 70).Select(i => Buy(house, i)));
        await house.Settle();

        bought.Count(b => b).ShouldBe(places);
        (await house.Facts("ticket-issued")).ShouldBe(places);
        foreach (var process in house.Processes)
        {
            using var browser = process.Browser();
            await Eventually.Is(async () => (await browser.Get(house.Show.Path)).Text.Contains("Sold out", StringComparison.Ordinal));
        }
        await house.Verify();
    }

    /// <summary>False: told that nothing is left. Each comes through one process or the other, and tries until the answer is final.</summary>
    static async Task<bool> Buy(House house, int number)
    {
        using var buyer = house.Buyer($"buyer{number}", number % 2);
        var held = await buyer.Choose(house.Show);
        if (held.Status == HttpStatusCode.UnprocessableEntity) return false;
        held.Status.ShouldBe(HttpStatusCode.SeeOther);
        if (number % 3 == 1) (await buyer.Extend()).Status.ShouldBeOneOf(HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity); // others may be waiting by now
        (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
        if (number % 3 == 2) await house.Sandbox.Pay(buyer.Intent!, "4000000000000002");
        await house.Sandbox.Pay(buyer.Intent!);
        await house.Becomes(buyer.OrderId, OrderStatus.Paid);
        return true;
    }

    /// <summary>The show, and the field of a second kind of ticket that nobody runs out of.</summary>
    static async Task<(Show, string Plenty)> LastOneAndPlenty(House house)
    {
        var now = house.Clock.Now;
        var show = house.Show with { EventId = Ids.New(now), Slug = "last-one", TicketTypeId = Ids.New(now), QuotaId = Ids.New(now) };
        var (plenty, quota) = (Ids.New(now), Ids.New(now));
        await house.App.Bus.InvokeAsync(new SaveEvent(show.EventId, show.OrganizationId, show.Slug, "The last one", "EUR", "Europe/Lisbon")
        {
            Description = new("The last one", "", "", "", "", "", "", now),
            Place = new("Teatro Salitre", "", "Lisbon", now),
            Dates = new(show.EventId, now.AddDays(59), now.AddDays(60), now.AddDays(61), "Europe/Lisbon", now),
            Quotas = [new(show.EventId, show.QuotaId, "Box", 1, now), new(show.EventId, quota, "Standing", 1000, now)],
            Types = [new(show.TicketTypeId, "Box", "", 4500, [show.QuotaId], 10, 1, false, now), new(plenty, "Standing", "", 1500, [quota], 10, 2, false, now)],
            Published = true,
        }, default);
        await house.App.HandleDueMessages();
        await house.Knows(show);
        return (show, $"t-{plenty:N}");
    }
}
