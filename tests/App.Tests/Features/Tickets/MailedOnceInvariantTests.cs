using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;
using App.Tests.Features.Checkout;
using App.Tests.Features.Shared;
using Microsoft.Extensions.DependencyInjection;
using static App.Tests.Features.Checkout.Stock;

namespace App.Tests.Features.Tickets;

public sealed class MailedOnceInvariantTests
{
    static Task<List<string>> FaultsOf(params (Guid Stream, int Version, object Fact)[] log)
    {
        var invariant = new MailedOnceInvariant();
        foreach (var (stream, version, fact) in log) invariant.Observe(new LogFact(stream, version, fact, Noon));
        return FaultsOf(invariant);
    }

    static async Task<List<string>> FaultsOf(IInvariant invariant) => [.. await invariant.Faults(null!, default)];

    static readonly Guid Delivery = TicketDelivery.IdOf(Ada), Refunded = BuyerNotice.IdOf(Ada, OrderMail.Refunded, "r1");
    static TicketsSent Sent(int revision) => new(Ada, Eve, Eve, 2, revision, Noon);
    static BuyerTold Told(string about) => new(Ada, Eve, Eve, OrderMail.Refunded, about, Noon);

    [Fact]
    public async Task Each_revision_and_each_notice_once_is_what_should_be() =>
        (await FaultsOf((Delivery, 1, Sent(1)), (Delivery, 2, new DeliveryFailed(Ada, Eve, Eve, 2, "550", Noon)), (Delivery, 3, Sent(3)), (Refunded, 1, Told("r1")))).ShouldBeEmpty();

    [Fact]
    public async Task A_second_time_is_found_on_the_same_stream_and_on_another()
    {
        (await FaultsOf((Delivery, 1, Sent(1)), (Delivery, 2, Sent(1)))).ShouldHaveSingleItem().ShouldContain("settled as number 2");
        (await FaultsOf((Delivery, 1, Sent(1)), (Eve, 1, Sent(1)))).ShouldHaveSingleItem().ShouldContain("isn't its own");
        (await FaultsOf((Refunded, 1, Told("r1")), (Refunded, 2, Told("r1")))).ShouldHaveSingleItem().ShouldContain("'refunded'");
    }

    [Fact]
    public async Task Verify_reports_a_mail_that_was_planted_in_the_log()
    {
        await using var office = await BoxOffice.Open();
        var order = await office.Buy(BoxOffice.Talks, 1);
        await office.Verified();

        await office.Hear(async db => (await db.FetchForWriting<TicketDelivery>(TicketDelivery.IdOf(order), default)).Append([new TicketsSent(order, BoxOffice.Event, BoxOffice.Organization, 1, 1, office.Clock.Now)]));

        (await office.Verify()).Results.Where(r => !r.Holds).ShouldHaveSingleItem().Faults.ShouldHaveSingleItem().ShouldContain($"order {order}: the mail 'tickets'");
    }
}
