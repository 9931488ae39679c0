using System.Net;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F7: a process that the machine stops and wakes again knows yesterday's world.</summary>
public sealed class PausedProcessTests
{
    [Fact]
    public async Task A_process_that_was_paused_while_a_rival_sold_the_rest_sells_nothing_twice()
    {
        const int places = 30;
        await using var street = await Street.Open(places, amount: 0);
        await using var rival = await AppHost.Start(connection: street.Connection, clock: new(House.Today));
        var sold = 0;
        for (; sold < 10; sold++) await Bought(street, street.Child.Address, sold);

        await street.Child.Pause();
        var waiting = Enumerable.Range(100, 20).Select(async i => { using var buyer = street.Buyer($"late{i}"); return (await buyer.Choose(street.Show)).Status; }).ToArray();
        for (var i = sold; i < places; i++, sold++) await Bought(street, rival.Address, i);
        street.Child.Resume();

        (await Task.WhenAll(waiting)).ShouldAllBe(status => status == HttpStatusCode.UnprocessableEntity);
        (await street.Ask<long>("select count(*) from events where type = 'places-sold'")).ShouldBe(places);
        await street.Verify();
    }

    static async Task Bought(Street street, Uri at, int number)
    {
        using var buyer = new Buyer(at, $"early{number}");
        var held = await buyer.Choose(street.Show);
        held.Status.ShouldBe(HttpStatusCode.SeeOther, held.Text);
        (await buyer.Send()).Status.ShouldBe(HttpStatusCode.SeeOther);
    }
}
