using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Store;

public sealed class PulseTests
{
    /// <summary>Nothing tells a process what another one committed: it looks.</summary>
    [Fact]
    public async Task What_a_process_without_workers_commits_another_does_by_its_next_look()
    {
        var (connection, id) = (await Databases.New(CounterModule.Sql), Guid.Parse("01890000-0000-7000-8000-000000000001"));
        await using var worker = await StoreHost.Start(connection);
        await using var page = await StoreHost.Start(connection, workers: false);
        for (var message = 1; message <= 3; message++)
        {
            var db = new DocumentSession(page.Store, page.Get<HandlerRegistry>(), Cause.System);
            db.Outbox.Publish(new CountLater(id, 1));
            await db.SaveChangesAsync(page.Get<IServiceProvider>(), default);
            await Eventually.Is(async () => (await page.Db.FoldFresh<Counter>(id, default)).State.Total == message);
        }
    }

    [Fact]
    public void It_looks_once_a_second_and_less_than_twice() => Pulse.Every.ShouldBeInRange(TimeSpan.FromSeconds(0.51), TimeSpan.FromSeconds(1));
}
