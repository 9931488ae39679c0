using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Tests.Support;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class TicketKeysTests
{
    [Fact]
    public async Task A_code_says_its_ticket_and_revision_to_any_process_that_knows_the_keys()
    {
        var connection = await Databases.New(CounterModule.Sql);
        await using var house = await Start(connection, workers: false);
        await using var door = await Start(connection, workers: false);
        var ticket = Ids.From(Event, "a ticket");
        var text = await house.Host.Get<TicketKeys>().Sign(Organization, ticket, 3);
        text.Length.ShouldBe(131);
        var code = await door.Host.Get<TicketKeys>().Verify(text, default);
        code.ShouldNotBeNull();
        (code.Value.TicketId, code.Value.Revision).ShouldBe((ticket, 3));
        var published = (await door.Host.Get<TicketKeys>().Published(default)).ShouldHaveSingleItem();
        (published.KeyId, published.OrganizationId).ShouldBe((code.Value.KeyId, Organization));
    }

    [Fact]
    public async Task Of_ten_thousand_damaged_codes_none_is_accepted()
    {
        await using var house = await Start(await Databases.New(CounterModule.Sql), workers: false);
        var keys = house.Host.Get<TicketKeys>();
        var bytes = new byte[TicketCode.Length];
        Base45.TryDecode(await keys.Sign(Organization, Ids.From(Event, "a ticket"), 1), bytes, out _);
        var random = new Random(45);
        for (var i = 0; i < 10_000; i++)
        {
            var damaged = bytes.ToArray();
            // Every single bit once, then two to four at random.
            if (i < bytes.Length * 8) damaged[i / 8] ^= (byte)(1 << i % 8);
            else for (var flips = random.Next(2, 5); flips > 0; flips--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (damaged.AsSpan().SequenceEqual(bytes)) continue;
            (await keys.Verify(Base45.Encode(damaged), default)).ShouldBeNull($"case {i}");
        }
    }

    [Fact]
    public async Task Another_organization_signs_with_another_key_and_twenty_at_once_make_one()
    {
        await using var house = await Start(await Databases.New(CounterModule.Sql), workers: false);
        var keys = house.Host.Get<TicketKeys>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => keys.Sign(Organization, Ids.From(Event, i), 1).AsTask()));
        await keys.Sign(Ids.From(Organization, "rival"), Ids.From(Event, 1), 1);
        (await keys.Published(default)).Select(k => k.OrganizationId).ShouldBe([Organization, Ids.From(Organization, "rival")], ignoreOrder: true);
    }
}
