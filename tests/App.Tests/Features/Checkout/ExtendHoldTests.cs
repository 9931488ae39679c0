using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Tests.Features.Shared;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Checkout;

public sealed class ExtendHoldTests
{
    static readonly DateTimeOffset Longer = Later.AddMinutes(15);
    static Decision Decide(Inventory state, bool offered = true) => ExtendHoldHandler.Decide(Ada, [On(Floor, 1)], Longer, offered, state);
    static object[] Extended(int times) => [.. Enumerable.Range(0, times).Select(_ => new HoldExtended(Ada, Later))];

    [Fact]
    public void A_living_hold_gets_more_time_whether_or_not_the_same_is_still_on_offer()
    {
        Decide(Given(Room(Floor, 9), Held(Ada, On(Floor, 1)))).ShouldBeFacts(new HoldExtended(Ada, Longer));
        Decide(Given(Room(Floor, 9), Held(Ada, On(Floor, 1))), offered: false).ShouldBeFacts(new HoldExtended(Ada, Longer));
    }

    [Fact]
    public void Ten_times_while_nobody_waits()
    {
        Decide(Given([Room(Floor, 9), Held(Ada, On(Floor, 1)), .. Extended(9)])).ShouldBeFacts(new HoldExtended(Ada, Longer));
        Decide(Given([Room(Floor, 9), Held(Ada, On(Floor, 1)), .. Extended(10)])).ShouldRefuse("checkout.no-more-time");
    }

    [Fact]
    public void Once_while_others_wait()
    {
        Decide(Given(Room(Floor, 1), Held(Ada, On(Floor, 1)))).ShouldBeFacts(new HoldExtended(Ada, Longer));
        Decide(Given([Room(Floor, 1), Held(Ada, On(Floor, 1)), .. Extended(1)])).ShouldRefuse("checkout.no-more-time");
    }

    [Fact]
    public void An_ended_hold_takes_its_places_again_when_they_are_free_and_still_on_offer()
    {
        object[] past = [Room(Floor, 1), Held(Ada, On(Floor, 1)), new HoldsEnded([Ada])];
        Decide(Given(past)).ShouldBeFacts(new PlacesHeld(Ada, [On(Floor, 1)], Longer));
        Decide(Given([.. past, Held(Bob, On(Floor, 1))])).ShouldRefuse("checkout.sold-out");
        Decide(Given(past), offered: false).ShouldRefuse("checkout.offer-changed");
    }

    [Fact]
    public async Task An_old_cart_keeps_no_old_price()
    {
        await using var office = await BoxOffice.Open();
        var (kept, ended) = (await office.Hold(BoxOffice.Talks, 1), await office.Hold(BoxOffice.Talks, 1));
        await office.Host.Bus.InvokeAsync(new ExtendHold(kept), default);
        office.Clock.Now += TimeSpan.FromMinutes(14);
        await office.Host.Bus.InvokeAsync(new ExtendHold(kept), default);
        office.Clock.Now += TimeSpan.FromMinutes(14);
        await office.Host.Bus.InvokeAsync(new SaveEvent(BoxOffice.Event, BoxOffice.Organization, "talks", "talks", "EUR", "Europe/Brussels")
        {
            Types = [new(BoxOffice.Talks, "Talks", "", 15_000, [BoxOffice.TalksQuota], 10, 0, false, office.Clock.Now)],
        }, default);
        await Support.Eventually.Is(async () => (await office.Host.Get<App.Features.Events.Contracts.EventCatalogue>().Find(BoxOffice.Event))!.Type(BoxOffice.Talks)!.Amount == 15_000);
        (await Should.ThrowAsync<Refused>(() => office.Host.Bus.InvokeAsync(new ExtendHold(ended), default))).Key.ShouldBe("checkout.offer-changed");
        var said = await Said(office, ended);
        (said.Ended, said.CanRetake, said.IsChanged, said.EventPath).ShouldBe((true, false, true, "/e/foss/talks"));
        await office.Host.Bus.InvokeAsync(new ExtendHold(kept), default); // alive: its price is its own
        await office.Place(kept);
        (await office.Payment(kept)).Amount.ShouldBe(10_400);
        await office.Host.HandleDueMessages();
    }

    /// <summary>What the hold's page says.</summary>
    static async Task<HoldState> Said(BoxOffice office, Guid id)
    {
        var (order, _) = await office.Host.Db.FoldFresh<Order>(id, default);
        var e = (await office.Host.Get<App.Features.Events.Contracts.EventCatalogue>().Find(BoxOffice.Event))!;
        var organization = (await office.Host.Get<App.Features.Organizations.Contracts.OrganizationDirectory>().Find(BoxOffice.Organization, default))!;
        return HoldState.Of(order, e, organization, await office.Host.Get<HotStreams<Inventory>>().Get(InventoryId.Of(e.Id)), office.Clock.Now, "token");
    }
}
