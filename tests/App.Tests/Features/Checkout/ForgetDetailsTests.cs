using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Infrastructure.Messaging;
using App.Tests.Features.Shared;

namespace App.Tests.Features.Checkout;

public sealed class ForgetDetailsTests
{
    [Fact]
    public async Task What_came_to_nothing_is_forgotten_after_a_day_and_what_was_bought_is_kept_whatever_the_lists_say()
    {
        await using var office = await BoxOffice.Open();
        var typed = await Typed();
        var bought = await office.Buy(BoxOffice.Talks, 1);
        var free = await office.Buy(BoxOffice.Free, 1);
        var (waits, left) = (await office.Hold(BoxOffice.Talks, 1), await office.Hold(BoxOffice.Talks, 1));
        await office.Place(waits);
        await office.Place(left);
        await office.Hear(async db => (await db.FetchForWriting<Order>(left, default)).Append(new OrderAbandoned(left, office.Clock.Now)));
        office.Clock.Now = office.Clock.Now.AddHours(2);
        var fresh = await Typed();
        await using (var lists = office.Host.Db.Command("truncate checkout_orders")) await lists.ExecuteNonQueryAsync(); // as after a reset, or while its reader stands still

        office.Clock.Now = office.Clock.Now.AddHours(23);
        await office.Host.Get<RecurringJobs>().RunNow("forget-details", office.Host.Bus, default);
        await office.Host.HandleDueMessages();

        foreach (var id in new[] { bought, free, waits, fresh }) (await office.Host.Db.Load<OrderContact>(id, default)).ShouldNotBeNull();
        foreach (var id in new[] { typed, left }) (await office.Host.Db.Load<OrderContact>(id, default)).ShouldBeNull();

        async Task<Guid> Typed()
        {
            var id = await office.Hold(BoxOffice.Talks, 1);
            await office.Host.Bus.InvokeAsync(new KeepDetails(new(id, "Ada", "ada@"), AreWhole: false, Giver: null), default);
            return id;
        }
    }
}
