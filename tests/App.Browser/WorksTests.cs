using App.Infrastructure;
using App.Infrastructure.Store;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>Messages that gave up: tried again, dropped, by one person or by two at once.</summary>
[Collection(HouseCollection.Name)]
public sealed class WorksTests(House house)
{
    [Fact]
    public async Task A_message_that_gave_up_is_tried_again_and_is_done()
    {
        var id = await Plant("The mail server was away.");
        await using var owner = await house.Staff("owner", Device.Desk);
        await owner.Open("/office/operations");
        var letter = owner.Page.Locator($"article[aria-labelledby='l-{id:N}']");
        await Expect(letter).ToContainTextAsync("The mail server was away.");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is tried again now.");
        await Eventually.Is(async () => await house.Host.Db.QueryFirst<long>("select count(*) from messages where id = $1", default, id) == 0);
        await owner.Page.ReloadAsync();
        await Expect(letter).ToHaveCountAsync(0);
        owner.HasNoComplaints();
    }

    [Fact]
    public async Task Two_tabs_that_drop_the_same_message_drop_it_once()
    {
        var id = await Plant("Nobody wants it.");
        await using var one = await house.Staff("owner", Device.Phone);
        await using var other = await house.Staff("owner", Device.Desk);
        foreach (var tab in new[] { one, other })
        {
            await tab.Open("/office/operations");
            await tab.Page.Locator($"article[aria-labelledby='l-{id:N}']").GetByRole(AriaRole.Link, new() { Name = "Drop…" }).ClickAsync();
            await Expect(tab.Button("Drop this wake-inventories for good")).ToBeVisibleAsync();
        }
        await one.Button("Drop this wake-inventories for good").ClickAsync();
        await Expect(one.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Dropped.");
        await other.Button("Drop this wake-inventories for good").ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It isn’t here any more.");
        (await house.Host.Db.QueryFirst<long>("select count(*) from messages where id = $1", default, id)).ShouldBe(0);
        one.HasNoComplaints();
    }

    [Fact]
    public async Task A_job_runs_now()
    {
        await using var owner = await house.Staff("owner", Device.Desk);
        await owner.Open("/office/operations");
        var runs = await Runs();
        await owner.Button("Run wake-inventories now").ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("wake-inventories ran.");
        (await Runs()).ShouldBeGreaterThan(runs);

        Task<long> Runs() => house.Host.Db.QueryFirst<long>("select count(*) from job_runs where name = 'wake-inventories'", default);
    }

    async Task<Guid> Plant(string why)
    {
        var id = Ids.New(DateTimeOffset.UnixEpoch.AddYears(57));
        await using var command = house.Host.Get<EventStore>().Command("insert into messages (id, lane, type, body, due, tries, created, dead) values ($1, 2::smallint, 'wake-inventories', '{}', now(), 10, now(), $2)", id, why);
        await command.ExecuteNonQueryAsync();
        return id;
    }
}
